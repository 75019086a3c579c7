/** What a piece of C is, as far as one line tells. */
export type CodeKind = 'keyword' | 'type' | 'function' | 'macro' | 'string' | 'comment' | 'number' | 'code';

/** Columns [start, end) of a line, from 0. */
export interface CodePiece {
  start: number;
  end: number;
  kind: CodeKind;
}

const KEYWORDS = new Set(
  'auto break case const continue default do else enum extern for goto if inline register restrict return sizeof static struct switch typedef typeof union volatile while __always_inline __init __exit __user __iomem __percpu __rcu __must_check __maybe_unused asm NULL true false'.split(
    ' ',
  ),
);
const TYPES = new Set(
  'bool char double float int long short signed unsigned void u8 u16 u32 u64 s8 s16 s32 s64 __u8 __u16 __u32 __u64 __s32 __s64 size_t ssize_t phys_addr_t dma_addr_t gfp_t gfn_t pfn_t hpa_t gpa_t kvm_pfn_t loff_t pid_t atomic_t spinlock_t'.split(
    ' ',
  ),
);

/** Each alternative is one run of characters: none can be read in two ways. */
const PIECE =
  /\/\*|\/\/.*|"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.){0,8}'|^\s*#\s*\w+|\b\d[\w.]*|[A-Za-z_]\w*(?=\()|[A-Za-z_]\w*/g;

/** A line of C that begins inside of a comment which began above it. */
const INSIDE = /^\s*\*(?:\s|\/|$)/;

/**
 * The pieces of one line that are no plain code. `inside` says whether the line begins in a comment; so does the answer for the line below. A line of a hunk
 * that begins like one of a comment is taken for one, for the hunk may begin inside of it.
 */
export function codePieces(line: string, inside: boolean): { pieces: CodePiece[]; inside: boolean } {
  const pieces: CodePiece[] = [];
  let from = 0;
  if (inside || INSIDE.test(line)) {
    const end = line.indexOf('*/');
    if (end === -1) return { pieces: line === '' ? [] : [{ start: 0, end: line.length, kind: 'comment' }], inside };
    pieces.push({ start: 0, end: end + 2, kind: 'comment' });
    from = end + 2;
  }
  PIECE.lastIndex = from;
  for (let match = PIECE.exec(line); match; match = PIECE.exec(line)) {
    const [text] = match;
    const start = match.index;
    if (text === '/*') {
      const close = line.indexOf('*/', start + 2);
      pieces.push({ start, end: close === -1 ? line.length : close + 2, kind: 'comment' });
      if (close === -1) return { pieces, inside: true };
      PIECE.lastIndex = close + 2;
      continue;
    }
    const kind = kindOf(text, line[start + text.length] === '(');
    if (kind) pieces.push({ start, end: start + text.length, kind });
  }
  return { pieces, inside: false };
}

function kindOf(text: string, called: boolean): CodeKind | undefined {
  const [first = ''] = text;
  if (first === '/') return 'comment';
  if (first === '"' || first === "'") return 'string';
  if (text.trimStart().startsWith('#')) return 'macro';
  if (/\d/.test(first)) return 'number';
  if (KEYWORDS.has(text)) return 'keyword';
  if (TYPES.has(text)) return 'type';
  return called ? 'function' : undefined;
}

/** Whether a file is C, by its name. */
export function isC(path: string | undefined): boolean {
  return path !== undefined && /\.(?:c|h|cc|cpp|hpp)$/i.test(path);
}
