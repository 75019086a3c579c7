import type { LineTable } from '#mailast';

/** Depths and starts of the lines of a text, as the plain rule read them: each `>` at the start of a line is a mark. */
export interface PeeledLines {
  text: string;
  table: LineTable;
  first: number;
  depths: Uint32Array;
  starts: Uint32Array;
}

/** Lines that may be an exception, seen while the marks were peeled. */
export interface Suspects {
  /** Lines with a mark that hold next to nothing: `>:`, `> wrote:`. */
  short: number[];
  /** Lines with three or more marks and `On ` or a name in quotes behind them. */
  decorated: number[];
  /** Lines that begin with a word and `>`. */
  initials: number[];
}

/** Sets right what the plain rule read wrong. Linear in the suspects; each looks at a bounded number of lines. */
export function settle(lines: PeeledLines, suspects: Suspects): void {
  for (const line of suspects.short) closeBracket(lines, line);
  for (const line of suspects.decorated) takeDecoration(lines, line);
  takeInitials(lines, suspects.initials);
}

function own({ text, table, starts }: PeeledLines, line: number): string {
  return text.slice(starts[line] ?? 0, Math.min(table.end(line), (starts[line] ?? 0) + 500));
}

/**
 * A bracket that a mailer wrapped to the next line is no mark.
 *
 *     Am 3. Juli 2023 schrieb Ada Example <ada@example.org
 *     >:
 */
function closeBracket(lines: PeeledLines, line: number): void {
  const { depths, starts, text, first } = lines;
  const depth = depths[line] ?? 0;
  if (line <= first || (depths[line - 1] ?? 0) !== depth - 1) return;
  const end = own(lines, line).trim();
  const before = own(lines, line - 1);
  const above = line - 2 >= first && depths[line - 2] === depth - 1 ? own(lines, line - 2) : '';
  const isOpen = unclosed(above) + unclosed(before) > 0;
  const isLink = /<(?:https?:\/\/|mailto:|[^\s<>@]{1,100}@)\S{0,400}$/.test(before.trimEnd());
  if (!isOpen || !(end === '' ? isLink : /^(?:[^\s:]{1,20}\s?){0,3}[:\uff1a]$/.test(end))) return;
  depths[line] = depth - 1;
  starts[line] = text.lastIndexOf('>', starts[line] ?? 0);
}

/** How many brackets are open at the end of a line. What compares or shifts, `a < b` and `1 << 0`, is none. */
function unclosed(line: string): number {
  let open = 0;
  for (let at = 0; at < line.length; at++) {
    const sign = line[at];
    if (sign === '<' && line[at - 1] !== '<' && !/[<\s=]/.test(line[at + 1] ?? '')) open++;
    else if (sign === '>' && open > 0) open--;
  }
  return open;
}

/**
 * Three or five marks before an attribution that some mailers put there for decoration: the quote begins below, with one. Where quotes
 * of that depth stand around it, the marks are marks.
 *
 *     >>> On 7/3/2023 at 10:00 AM, in message <1@example.org>, Ada Example wrote:
 *     >>>>> "Ada" == Ada Example <ada@example.org> writes:
 */
function takeDecoration(lines: PeeledLines, line: number): void {
  const { depths, starts, table, text, first } = lines;
  const start = starts[line] ?? 0;
  const marks = /(?:^|\s)(>{3}|>{5})\s?$/.exec(text.slice(Math.max(table.start(line), start - 80), start))?.[1]?.length;
  const said = own(lines, line);
  const isName = marks === 5 && /^"[^"]{1,60}" == /.test(said);
  const isDate = marks === 3 && /^On \d{1,4}[./-]\d{1,2}[./-]\d{2,4} at \d/.test(said);
  if (marks === undefined || (!isName && !isDate)) return;
  const base = (depths[line] ?? 0) - marks;
  const before = line > first ? (depths[line - 1] ?? 0) : 0;
  let below = line + 1;
  while (below < Math.min(table.count, line + 4) && depths[below] === base) below++;
  if (base < 0 || before > base || (depths[below] ?? 0) > base + 1) return;
  depths[line] = base;
}

/**
 * Initials or a name before the mark, where two lines or more have the same and an attribution above names their owner.
 *
 *     Ada Example wrote:
 *     AE> The pot is cold.
 *     AE> Who warms it?
 */
function takeInitials(lines: PeeledLines, suspects: readonly number[]): void {
  const byName = new Map<string, number[]>();
  for (const line of suspects) {
    const name = INITIALS.exec(own(lines, line))?.[1];
    if (name === undefined) continue;
    const known = byName.get(name);
    if (known) known.push(line);
    else byName.set(name, [line]);
  }
  for (const [name, at] of byName) {
    const [top] = at;
    if (at.length < 2 || top === undefined || !isNamedAbove(lines, top, name)) continue;
    for (const line of at) {
      const marks = INITIALS.exec(own(lines, line));
      if (!marks) continue;
      lines.depths[line] = (lines.depths[line] ?? 0) + (marks[2]?.length ?? 1);
      lines.starts[line] = (lines.starts[line] ?? 0) + marks[0].length;
    }
  }
}

/** Up to four marks, and the one space behind them. */
const INITIALS = /^[ \t]{0,2}([A-Za-z][A-Za-z.]{0,14})(>{1,4})(?: |(?=\s|$))/;

function isNamedAbove(lines: PeeledLines, top: number, name: string): boolean {
  for (let line = top - 1; line >= Math.max(lines.first, top - 4); line--) {
    const said = own(lines, line);
    if (!/[:\uff1a]\s{0,4}$/.test(said)) continue;
    const words = said.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
    const initials = words
      .filter((word) => /^\p{Lu}/u.test(word))
      .map((word) => word[0])
      .join('');
    const wanted = name.replaceAll('.', '');
    return words.includes(wanted) || (wanted.length > 1 && initials.includes(wanted.toUpperCase()));
  }
  return false;
}

const SIGNED = '-----BEGIN PGP SIGNED MESSAGE-----';
const SEAL = '-----BEGIN PGP SIGNATURE-----';

/** A line that begins with a dash is written with `- ` before it in a signed message (RFC 4880, 7.1). */
export function peelDashEscapes(lines: PeeledLines): void {
  const { text, table, depths, starts, first } = lines;
  if (!text.includes(SIGNED)) return;
  let signed: number | undefined;
  for (let line = first; line < table.count; line++) {
    const start = starts[line] ?? 0;
    if (text.charCodeAt(start) !== DASH) continue;
    if (text.startsWith(SIGNED, start)) signed = depths[line];
    else if (text.startsWith(SEAL, start)) signed = undefined;
    else if (signed === depths[line] && text.startsWith('- -', start)) starts[line] = start + 2;
  }
}

const DASH = 45;
