import { nodesAt } from '#mailast';
import type { Place } from './plain.ts';
import type { Reading } from './reading.ts';

/** A name in a mail that may be a file or a function of the source tree. */
interface SourceName {
  place: Place;
  /** The parts of a path, each the name of a folder or, the last, of a file. */
  path?: readonly string[];
  /** From 1. */
  line?: number;
  /** The name of a function, a structure or a macro. */
  symbol?: string;
}

const LONGEST = 1000;

/**
 * The parts of a path that a mail gives, when they can only lead down from the folder in which they are looked up: no way up, no absolute path, no repository's own files, no
 * name that some system reads as something else. A path of a mail is a label until then.
 */
export function pathInside(label: string): readonly string[] | undefined {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  if (label.length > LONGEST || /[\u0000-\u001f\u007f\\:*?"<>|\u202a-\u202e\u2066-\u2069]/.test(label))
    return undefined;
  const parts = label.split('/');
  return parts.every(isName) ? parts : undefined;
}

/** Names that end in a dot or a space, and those of devices, are other files on Windows; `git~1` is the short name of `.git` there. */
function isName(part: string): boolean {
  if (part === '' || part === '.' || part === '..' || /[. ]$/.test(part)) return false;
  return !/^(?:\.git|git~\d+|con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i.test(part.normalize('NFKC'));
}

const PATH = /(?:[ab]\/)?((?:[\w.+-]{1,100}\/){1,20}[\w.+-]{1,100})(?::(\d{1,7})\b)?/g;
const SYMBOL = /[A-Za-z_]\w{2,80}(?:\(\))?/g;

/** The file or the function that the text names at an offset of the source. Prose and headers of diffs are looked at, and the words of one line. */
export function sourceNameAt(reading: Reading, offset: number): SourceName | undefined {
  const index = reading.mailbox.messageAt(offset);
  const page = index === undefined ? undefined : reading.page(index);
  const readable = page?.message.way.toReadable(offset);
  if (!page || readable === undefined) return undefined;
  const point = page.body.point(readable);
  const line = point && page.body.lines[point.line - 1];
  if (!line || nodesAt(page.message.tree, readable).some(({ type }) => type === 'link' || type === 'trailer'))
    return undefined;
  const text = page.message.text.slice(line.own, Math.min(line.end, line.own + 2000));
  const at = readable - line.own;
  const placed = (start: number, length: number): Place =>
    page.place({ start: line.own + start, end: line.own + start + length });
  for (const { 0: all, 1: label = '', 2: number, index: start } of text.matchAll(PATH)) {
    const path = start <= at && at < start + all.length ? pathInside(label) : undefined;
    if (path)
      return { place: placed(start, all.length), path, ...(number === undefined ? {} : { line: Number(number) }) };
  }
  const code = page.code.has(point.line - 1);
  for (const { 0: all, index: start } of text.matchAll(SYMBOL)) {
    if (at < start || at >= start + all.length) continue;
    // A word of prose is the name of something only when it looks like one.
    if (!code && !/\(\)$|_/.test(all)) return undefined;
    return { place: placed(start, all.length), symbol: all.replace('()', '') };
  }
  return undefined;
}
