/** Answers made by a machine: what a reply quotes, how its quotes were spoilt on the way, and where each quoted line was said. */

/** Numbers in [0, 1), the same ones for the same seed. */
export function chances(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** A line of a mail's body: its text, and where the first of its words was said. Own words say so by having no `said`. */
export interface MadeLine {
  text: string;
  said?: { mail: number; line: number };
  /** Lines that a mail program joined to it. */
  joined?: { mail: number; line: number }[];
  /** A word of it was changed, here or in a quote on the way. */
  altered?: true;
}

export interface MadeMail {
  lines: MadeLine[];
}

export type Kind =
  | 'whole'
  | 'trimmed'
  | 'rewrapped'
  | 'joined'
  | 'tight'
  | 'recoded'
  | 'altered'
  | 'doubled'
  | 'squeezed';

/** What the quote of a mail looks like, before the marks are put before it. `mail` is the number of the one that is quoted. */
export function quoted({ lines }: MadeMail, mail: number, kind: Kind, chance: () => number): MadeLine[] {
  const known = lines.map(
    (line, index): MadeLine => (line.said ? { ...line } : { ...line, said: { mail, line: index } }),
  );
  const kept = kind === 'whole' ? known : trimmed(known, chance);
  switch (kind) {
    case 'rewrapped':
      return rewrapped(kept, 50 + Math.floor(chance() * 16));
    case 'joined':
      return rewrapped(kept, 10_000);
    case 'recoded':
      return kept.map((line) => ({ ...line, text: line.text.replace(/['"\u0080-\uffff]/g, '?') }));
    case 'squeezed':
      return kept.map((line) => ({ ...line, text: line.text.trim().replace(/\s+/g, ' ') }));
    case 'altered':
      return kept.map((line) => (chance() < 0.25 ? altered(line, chance) : line));
    default:
      return kept;
  }
}

/** Some stretches are cut out, as a reader does who answers to the rest. */
function trimmed(lines: readonly MadeLine[], chance: () => number): MadeLine[] {
  const kept: MadeLine[] = [];
  for (let at = 0; at < lines.length; ) {
    const length = 1 + Math.floor(chance() * 12);
    if (chance() < 0.6) kept.push(...lines.slice(at, at + length));
    at += length;
  }
  return kept;
}

const PROSE = /^[A-Za-z(][^|=;{}]{30,}$/;

/** Prose is broken anew, line ends and all; code, lists and diffs stay. */
function rewrapped(lines: readonly MadeLine[], width: number): MadeLine[] {
  const made: MadeLine[] = [];
  let open: MadeLine | undefined;
  const close = (): void => {
    if (open) made.push(open);
    open = undefined;
  };
  for (const line of lines) {
    if (!PROSE.test(line.text)) {
      close();
      made.push(line);
      continue;
    }
    for (const word of line.text.split(/\s+/).filter((one) => one !== '')) {
      if (open && open.text.length + 1 + word.length > width) close();
      if (open) {
        open.text += ` ${word}`;
        if (line.said) open.joined = [...(open.joined ?? []), line.said];
      } else open = { ...line, text: word };
    }
  }
  close();
  return made;
}

function altered(line: MadeLine, chance: () => number): MadeLine {
  const words = line.text.split(' ');
  const longs = [...words.keys()].filter((at) => /^[a-z]{4,}$/.test(words[at] ?? ''));
  const chosen = longs[Math.floor(chance() * longs.length)];
  if (chosen === undefined || words.length < 4) return line;
  words[chosen] = `un${[...(words[chosen] ?? '')].reverse().join('')}`;
  return { ...line, text: words.join(' '), altered: true };
}

/** The quote behind its marks, with words of the answer between its stretches. */
export function answer(quote: readonly MadeLine[], kind: Kind, own: () => string[], chance: () => number): MadeMail {
  const lines: MadeLine[] = [];
  for (const line of quote) {
    const mark = kind === 'tight' || line.text.startsWith('>') ? '>' : '> ';
    lines.push({ ...line, text: line.text === '' ? '>' : `${mark}${line.text}` });
    if (line.text === '' && chance() < 0.15) lines.push({ text: '' }, ...own().map((text) => ({ text })), { text: '' });
  }
  lines.push({ text: '' }, ...own().map((text) => ({ text })));
  return { lines };
}

/** One of the longer paragraphs stands once more at the end: of two places where a quote may come from nothing tells which. */
export function withDouble({ lines }: MadeMail, chance: () => number): MadeMail {
  const starts = [...lines.keys()].filter(
    (at) => at > 0 && lines[at - 1]?.text === '' && PROSE.test(lines[at]?.text ?? ''),
  );
  const start = starts[Math.floor(chance() * starts.length)];
  if (start === undefined) return { lines };
  let end = start;
  while (end < lines.length && lines[end]?.text !== '') end++;
  return { lines: [...lines, { text: '' }, ...lines.slice(start, end)] };
}
