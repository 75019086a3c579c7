/** Lines whose units know where in the original they stood, so that the truth survives every change made to them. */
export interface TrackedLine {
  text: string;
  /** For each UTF-16 unit its offset in the original text; -1 for one that is new. */
  at: readonly number[];
}

export function trackedLines(text: string): TrackedLine[] {
  let start = 0;
  return text.split('\n').map((line) => {
    const from = start;
    start += line.length + 1;
    return { text: line, at: units(line.length, (unit) => from + unit) };
  });
}

function units(length: number, of: (unit: number) => number): number[] {
  return Array.from({ length }, (_, unit) => of(unit));
}

export function newLine(text: string): TrackedLine {
  return { text, at: units(text.length, () => -1) };
}

export function joined(...parts: readonly TrackedLine[]): TrackedLine {
  return { text: parts.map(({ text }) => text).join(''), at: parts.flatMap(({ at }) => at) };
}

export function cut({ text, at }: TrackedLine, from: number, to = text.length): TrackedLine {
  return { text: text.slice(from, to), at: at.slice(from, to) };
}

/** Every match replaced by other words; the truth of what is replaced is lost. */
export function replaced(line: TrackedLine, pattern: RegExp, by: (match: RegExpExecArray) => string): TrackedLine {
  const parts: TrackedLine[] = [];
  let from = 0;
  for (const match of line.text.matchAll(pattern)) {
    parts.push(cut(line, from, match.index), newLine(by(match)));
    from = match.index + match[0].length;
  }
  return parts.length === 0 ? line : joined(...parts, cut(line, from));
}

/** Prose broken anew at a width; code, lists, diffs and quotes of other depths stay apart. */
export function rewrapped(lines: readonly TrackedLine[], width: number): TrackedLine[] {
  const made: TrackedLine[] = [];
  let open: { mark: string; words: TrackedLine[] } | undefined;
  const close = (): void => {
    if (open) made.push(...filled(open.words, open.mark, width));
    open = undefined;
  };
  for (const line of lines) {
    const mark = /^(?:> ?)*/.exec(line.text)?.[0] ?? '';
    if (!PROSE.test(line.text.slice(mark.length))) {
      close();
      made.push(line);
      continue;
    }
    if (open?.mark !== mark) close();
    open ??= { mark, words: [] };
    for (const match of line.text.slice(mark.length).matchAll(/\S+/g)) {
      open.words.push(cut(line, mark.length + match.index, mark.length + match.index + match[0].length));
    }
  }
  close();
  return made;
}

const PROSE = /^[A-Za-z(][^|=;{}]{30,}$/;

function filled(words: readonly TrackedLine[], mark: string, width: number): TrackedLine[] {
  const made: TrackedLine[] = [];
  let line = newLine(mark);
  for (const word of words) {
    const empty = line.text.length === mark.length;
    if (!empty && line.text.length + 1 + word.text.length > width) {
      made.push(line);
      line = newLine(mark);
    }
    line = joined(line, newLine(line.text.length === mark.length ? '' : ' '), word);
  }
  return [...made, line];
}

/** What is left of lines when white space and the quote marks at their heads do not count, unit by unit. */
export function bareUnits(lines: readonly TrackedLine[]): TrackedLine {
  const at: number[] = [];
  let text = '';
  for (const line of lines) {
    const head = /^[\s>]*/.exec(line.text)?.[0].length ?? 0;
    for (let unit = head; unit < line.text.length; unit++) {
      const sign = line.text[unit] ?? '';
      if (/\s/.test(sign)) continue;
      text += sign;
      at.push(line.at[unit] ?? -1);
    }
  }
  return { text, at };
}
