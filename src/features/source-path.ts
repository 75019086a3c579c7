import { nodesAt } from '#mailast';
import type { Place } from './plain.ts';
import type { Page, Reading } from './reading.ts';

/** A name in a mail that may be a file, a function or an option of the source tree. */
export interface SourceName {
  place: Place;
  /** The parts of a path, each the name of a folder or, the last, of a file. */
  path?: readonly string[];
  /** From 1. */
  line?: number;
  /** The name of a function, a structure or a macro. */
  symbol?: string;
  /** The name of an option of Kconfig, without `CONFIG_`. */
  option?: string;
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

const PATH = /(?:[ab]\/)?((?:[\w.+-]{1,100}\/){1,20}[\w.+-]{0,99}[\w+-])(?::(\d{1,7})\b)?/g;
const OPTION = /\bCONFIG_([A-Za-z0-9]\w{0,100})(?![\w*])/g;
const SYMBOL = /[A-Za-z_]\w{2,80}(?:\(\))?/g;
/** So much of a line is looked at, in UTF-16 units. */
const MOST_OF_A_LINE = 2000;

/** The file, the function or the option that the text names at an offset of the source. Prose and diffs are looked at, and the words of one line. */
export function sourceNameAt(reading: Reading, offset: number): SourceName | undefined {
  const index = reading.mailbox.messageAt(offset);
  const page = index === undefined ? undefined : reading.page(index);
  const readable = page?.message.way.toReadable(offset);
  const point = readable === undefined ? undefined : page?.body.point(readable);
  if (!page || readable === undefined || !point || isTaken(page, readable)) return undefined;
  for (const { start, end, name } of namesOnRow(page, point.line - 1))
    if (start <= readable && readable < end) return { place: page.place({ start, end }), ...name };
  return undefined;
}

/** An address and a trailer say by themselves where they lead. */
function isTaken(page: Page, readable: number): boolean {
  return nodesAt(page.message.tree, readable).some(({ type }) => type === 'link' || type === 'trailer');
}

interface NameOnRow {
  /** Offsets of the readable text. */
  start: number;
  end: number;
  name: Omit<SourceName, 'place'>;
}

/** The names on one line of a body: paths first, then options, then the rest; a later one may lie within an earlier one. */
export function* namesOnRow(page: Page, row: number): Generator<NameOnRow> {
  const line = page.body.lines[row];
  if (!line) return;
  const text = page.message.text.slice(line.own, Math.min(line.end, line.own + MOST_OF_A_LINE));
  const found = (start: number, length: number, name: NameOnRow['name']): NameOnRow => ({
    start: line.own + start,
    end: line.own + start + length,
    name,
  });
  for (const { 0: all, 1: label = '', 2: number, index } of text.matchAll(PATH)) {
    const path = pathInside(label);
    const line = Number(number ?? 0);
    // There is no line 0: the file is meant.
    if (path) yield found(index, all.length, { path, ...(line > 0 ? { line } : {}) });
  }
  for (const { 0: all, 1: option = '', index } of text.matchAll(OPTION)) yield found(index, all.length, { option });
  const code = page.code.get(row);
  for (const { index, option } of code ? bareOptions(text, code.path) : [])
    yield found(index, option.length, { option });
  for (const { 0: all, index } of text.matchAll(SYMBOL)) {
    // A word of prose is the name of something only when it looks like one.
    if (code || /\(\)$|_/.test(all)) yield found(index, all.length, { symbol: all.replace('()', '') });
  }
}

/** `+\tdepends on KVM && (TDX || !SEV)`, the sign of the diff in front. */
const KCONFIG_LINE = /^[-+ ]?\s{0,80}(?:(?:menu)?config|select|imply|depends on|visible if|default .{1,80} if|if)\s/;

/** The options that a line of a Kconfig file names without `CONFIG_`. Where the file is not known, only what no other language writes is taken. */
function* bareOptions(text: string, path: string | undefined): Generator<{ index: number; option: string }> {
  const [head = ''] = KCONFIG_LINE.exec(text) ?? [];
  const name = path?.slice(path.lastIndexOf('/') + 1);
  if (head === '' || (name !== undefined && !name.startsWith('Kconfig'))) return;
  if (name === undefined && /\b(?:default|if)\s/.test(head)) return;
  for (const { 0: option, index } of text.matchAll(/\b[A-Z0-9][A-Z0-9_]{1,100}\b/g))
    if (index >= head.length) yield { index, option };
}
