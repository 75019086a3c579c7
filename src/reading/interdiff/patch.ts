import { type Diff, type DiffFile, type Hunk, type HunkLine, type Message, walk } from '#mailast';
import type { MessageReading } from '#parse';
import { commitOf } from '../commit/index.ts';

/** One line of a hunk: its mark (`+`, `-` or a space) and its text. */
export interface PatchLine {
  mark: ' ' | '+' | '-';
  text: string;
  /** UTF-16 offset in the mail's readable text. */
  at: number;
}

export interface PatchHunk {
  section?: string;
  lines: readonly PatchLine[];
}

export interface PatchFile {
  /** Paths as labels; absent on the side where the file does not exist. */
  before?: string;
  after?: string;
  /** What is said of the file beside its lines: modes, renames, whether it is binary. */
  said: readonly string[];
  hunks: readonly PatchHunk[];
}

/** A patch as far as versions of it are compared. */
export interface Patch {
  /** Names the mail. */
  key: string;
  subject: string;
  /** The lines of the message without its trailers, and without empty lines at the ends. */
  message: readonly string[];
  trailers: readonly string[];
  files: readonly PatchFile[];
  /** Why the diff cannot be compared line by line, when it cannot. */
  damaged?: string;
}

/** What a mail brings as a patch. */
export function patchOf(key: string, reading: MessageReading): Patch {
  const commit = commitOf(reading);
  const { message, trailers } = splitTrailers(commit.message);
  const files = diffsOf(reading.tree).flatMap(({ children }) => children);
  const damaged = damageOf(files);
  return {
    key,
    subject: commit.subject ?? '',
    message,
    trailers,
    files: joined(files).map(patchFile),
    ...(damaged === undefined ? {} : { damaged }),
  };
}

/** The diffs that the mail says itself, not those in its quotes or in mails that it holds. */
function diffsOf(tree: Message): Diff[] {
  const diffs: Diff[] = [];
  walk(tree, (node) => {
    if (node.type === 'diff') diffs.push(node);
    return node === tree || node.type === 'body' || node.type === 'part' ? undefined : 'skip';
  });
  return diffs;
}

const TRAILER = /^[A-Za-z][\w-]*: \S|^\(cherry picked from commit|^\[[^\]]+: [^\]]*\]$/;

/** The last paragraph is trailers when most of its lines are. */
function splitTrailers(text: string): { message: string[]; trailers: string[] } {
  const lines = trimmed(text.split('\n').map((line) => line.trimEnd()));
  const start = lines.lastIndexOf('') + 1;
  const last = lines.slice(start);
  const isTrailers = last.length > 0 && last.filter((line) => TRAILER.test(line)).length * 2 > last.length;
  return isTrailers ? { message: trimmed(lines.slice(0, start)), trailers: last } : { message: lines, trailers: [] };
}

function trimmed(lines: readonly string[]): string[] {
  let end = lines.length;
  while (end > 0 && lines[end - 1] === '') end--;
  let start = 0;
  while (start < end && lines[start] === '') start++;
  return lines.slice(start, end);
}

function damageOf(files: readonly DiffFile[]): string | undefined {
  for (const { children } of files) {
    for (const child of children) if (child.type === 'hunk' && child.damaged !== undefined) return child.damaged;
  }
  return undefined;
}

/** A file that goes on behind somebody's words is one with the file above it. */
function joined(files: readonly DiffFile[]): DiffFile[] {
  const whole: DiffFile[] = [];
  for (const file of files) {
    const above = file.continues ? whole.pop() : undefined;
    whole.push(above ? { ...above, children: [...above.children, ...file.children] } : file);
  }
  return whole;
}

function patchFile(file: DiffFile): PatchFile {
  const said = [
    ...(file.beforeMode === undefined ? [] : [`old mode ${file.beforeMode}`]),
    ...(file.afterMode === undefined ? [] : [`new mode ${file.afterMode}`]),
    ...(file.moved === undefined ? [] : [`${file.moved} from ${file.before ?? ''}`]),
    ...(file.binary ? ['binary'] : []),
  ];
  return {
    ...(file.before === undefined ? {} : { before: file.before }),
    ...(file.after === undefined ? {} : { after: file.after }),
    said,
    hunks: file.children.filter((child) => child.type === 'hunk').map(patchHunk),
  };
}

const MARKS = { added: '+', removed: '-', context: ' ' } as const;

function patchHunk({ section, children }: Hunk): PatchHunk {
  const lines: PatchLine[] = [];
  for (const line of children) {
    const above = lines.at(-1);
    // The rest of a line that a mail program has broken belongs to the line.
    if (line.wrapped && above) lines[lines.length - 1] = { ...above, text: above.text + line.value };
    else if (line.change !== 'note') lines.push(patchLine(line, MARKS[line.change]));
  }
  return { ...(section === undefined ? {} : { section }), lines };
}

function patchLine({ value, position }: HunkLine, mark: PatchLine['mark']): PatchLine {
  return { mark, text: value, at: position.start.offset };
}
