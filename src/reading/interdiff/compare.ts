import { type Compared, compareLines } from './lines.ts';
import type { Patch, PatchFile, PatchHunk, PatchLine } from './patch.ts';

/** `context`: the change is the same, what stands around it is not. `unknown`: one of the two cannot be read line by line. */
export type PatchState = 'unchanged' | 'context' | 'changed' | 'new' | 'dropped' | 'unknown';

/** A line of a patch that came, went or stayed from one version to the next. */
export interface InterdiffLine {
  side: ' ' | '-' | '+';
  mark: PatchLine['mark'];
  text: string;
  /** UTF-16 offset in the readable text of the mail it stands in: of the older one when it went, else of the newer one. */
  at: number;
  /** Of a line that both have: its offset in the older mail. */
  was?: number;
}

/** Where two versions differ within one file. */
export interface InterdiffHunk {
  path: string;
  section?: string;
  lines: readonly InterdiffLine[];
  /** What is said of the file beside its lines, when that changed. */
  said?: { before: readonly string[]; after: readonly string[] };
}

/** Two versions of a text, line by line. Absent where they are the same. */
export type TextChange = readonly { side: ' ' | '-' | '+'; text: string }[];

export interface TrailerChange {
  added: readonly string[];
  removed: readonly string[];
}

export interface Interdiff {
  state: PatchState;
  hunks: readonly InterdiffHunk[];
  subject?: { before: string; after: string };
  message?: TextChange;
  trailers?: TrailerChange;
  /** Why nothing can be told. */
  because?: string;
}

/** What the second version of a patch has other than the first. */
export function comparePatches(before: Patch, after: Patch): Interdiff {
  const files = compareFiles(before.files, after.files);
  const hunks = files.flatMap((file) => file.hunks);
  const damaged = before.damaged ?? after.damaged;
  const because = damaged ?? emptiness(before, after);
  const same = files.every(({ context }) => !context);
  const state =
    because !== undefined && (hunks.length > 0 || damaged === undefined)
      ? 'unknown'
      : hunks.length > 0
        ? 'changed'
        : same
          ? 'unchanged'
          : 'context';
  return {
    state,
    hunks,
    ...(state === 'unknown' && because !== undefined ? { because } : {}),
    ...(before.subject === after.subject ? {} : { subject: { before: before.subject, after: after.subject } }),
    ...messageChange(before, after),
    ...trailerChange(before, after),
  };
}

function emptiness(before: Patch, after: Patch): string | undefined {
  if (before.files.length > 0 && after.files.length > 0) return undefined;
  return before.files.length + after.files.length === 0
    ? 'Neither of the two has a diff.'
    : 'One of the two has no diff.';
}

function messageChange(before: Patch, after: Patch): { message?: TextChange } {
  const compared = compareLines(before.message, after.message, (line) => line);
  if (compared.every(({ side }) => side === ' ')) return {};
  return { message: compared.map(({ side, line }) => ({ side, text: line })) };
}

function trailerChange(before: Patch, after: Patch): { trailers?: TrailerChange } {
  const added = after.trailers.filter((line) => !before.trailers.includes(line));
  const removed = before.trailers.filter((line) => !after.trailers.includes(line));
  return added.length + removed.length === 0 ? {} : { trailers: { added, removed } };
}

/** What became of one file; `context`: only what stands around its changes differs. */
interface FileChange {
  hunks: InterdiffHunk[];
  context: boolean;
}

function compareFiles(before: readonly PatchFile[], after: readonly PatchFile[]): FileChange[] {
  const left = new Map<string, PatchFile[]>();
  for (const file of before) left.set(pathOf(file), [...(left.get(pathOf(file)) ?? []), file]);
  const changes = after.map((file) => {
    const others = left.get(pathOf(file)) ?? [];
    const other = others.shift();
    return compareFile(pathOf(file), other, file);
  });
  for (const [path, files] of left) for (const file of files) changes.push(compareFile(path, file, undefined));
  return changes;
}

/** What a file is called in the newer tree, or was called before it was deleted. */
export function pathOf({ before, after }: PatchFile): string {
  return after ?? before ?? '';
}

/** A line of a hunk, or of its head; heads hold hunks apart and are no change by themselves. */
interface Row extends PatchLine {
  section?: string;
  head?: true;
  /** A line that did not change, past which a change has moved. */
  moved?: true;
}

function compareFile(path: string, before: PatchFile | undefined, after: PatchFile | undefined): FileChange {
  const compared = steady(compareLines(rowsOf(before), rowsOf(after), nameOf));
  const said = saidChange(before, after);
  const hunks = hunksOf(path, compared);
  if (said) {
    const [first] = hunks;
    if (first) hunks[0] = { ...first, said };
    else hunks.push({ path, lines: [], said });
  }
  const context = compared.some(({ side, line }) => side !== ' ' && !line.head);
  return { hunks, context: context && hunks.length === 0 };
}

/**
 * Where a line around a change stands before it in one version and behind it in the other, it is the change that moved. Then both stretches are
 * told as they stand.
 */
function steady(compared: Compared<Row>[]): Compared<Row>[] {
  const moved = new Set<string>();
  const gone = new Set<string>();
  for (const { side, line } of compared) {
    const name = /\w{3}/.test(line.text) && line.mark === ' ' ? line.text : undefined;
    if (line.head) gone.clear();
    else if (name !== undefined && side !== ' ') {
      const key = `${side}${name}`;
      if (gone.has(`${side === '+' ? '-' : '+'}${name}`)) moved.add(name);
      gone.add(key);
    }
  }
  return moved.size === 0
    ? compared
    : compared.map((one) =>
        one.side !== ' ' && moved.has(one.line.text) && one.line.mark === ' '
          ? { ...one, line: { ...one.line, moved: true } }
          : one,
      );
}

function saidChange(before: PatchFile | undefined, after: PatchFile | undefined): InterdiffHunk['said'] {
  const [one, other] = [before?.said ?? [], after?.said ?? []];
  return one.join('\n') === other.join('\n') ? undefined : { before: one, after: other };
}

function rowsOf(file: PatchFile | undefined): Row[] {
  return (file?.hunks ?? []).flatMap((hunk) => [headOf(hunk), ...settled(hunk.lines)]);
}

function headOf({ section, lines: [first] }: PatchHunk): Row {
  return { mark: ' ', text: '', at: first?.at ?? 0, head: true, ...(section === undefined ? {} : { section }) };
}

/** In one stretch of changes the lines that go stand before those that come: whichever way a program mixed them, it is the same change. */
function settled(lines: readonly PatchLine[]): PatchLine[] {
  const rows: PatchLine[] = [];
  let added: PatchLine[] = [];
  for (const line of lines) {
    if (line.mark === '+') added.push(line);
    else {
      if (line.mark === ' ') {
        rows.push(...added);
        added = [];
      }
      rows.push(line);
    }
  }
  return [...rows, ...added];
}

function nameOf({ head, mark, text }: Row): string {
  return head ? '@' : mark + text;
}

/** So many lines around a change are shown with it. */
const AROUND = 3;

/** Lines around changes that differ because something else moved are no changes: they are shown as what the newer version has. */
function hunksOf(path: string, compared: readonly Compared<Row>[]): InterdiffHunk[] {
  const kept = compared.filter(({ side, line }) => side !== '-' || isChange(line));
  const rows = kept.map(({ side, line, before }) => ({
    side: isChange(line) ? side : (' ' as const),
    line,
    ...(before ? { was: before.at } : {}),
  }));
  const hunks: InterdiffHunk[] = [];
  let open: { lines: InterdiffLine[]; section?: string } | undefined;
  let end = -1;
  let section: string | undefined;
  for (const [index, { side, line }] of rows.entries()) {
    if (line.head) section = line.section;
    if (side === ' ') continue;
    if (!open || index - AROUND > end + AROUND) {
      if (open) finish(path, open, rows, end, hunks);
      open = { lines: [], ...(section === undefined ? {} : { section }) };
      end = Math.max(end, index - AROUND - 1);
      end = startOf(rows, index, end);
    }
    for (let at = end + 1; at <= index; at++) push(open.lines, rows[at]);
    end = index;
  }
  if (open) finish(path, open, rows, end, hunks);
  return hunks;
}

function isChange({ mark, moved }: Row): boolean {
  return mark !== ' ' || moved === true;
}

type SidedRow = { side: ' ' | '-' | '+'; line: Row; was?: number };

/** A hunk does not reach over the head of its hunk in the patch. */
function startOf(rows: readonly SidedRow[], index: number, end: number): number {
  for (let at = index - 1; at > end; at--) if (rows[at]?.line.head) return at;
  return end;
}

function finish(
  path: string,
  open: { lines: InterdiffLine[]; section?: string },
  rows: readonly SidedRow[],
  end: number,
  hunks: InterdiffHunk[],
): void {
  for (let at = end + 1; at <= end + AROUND && rows[at] && !rows[at]?.line.head && rows[at]?.side === ' '; at++)
    push(open.lines, rows[at]);
  hunks.push({ path, ...(open.section === undefined ? {} : { section: open.section }), lines: open.lines });
}

function push(lines: InterdiffLine[], row: SidedRow | undefined): void {
  if (!row || row.line.head) return;
  const { side, line, was } = row;
  lines.push({ side, mark: line.mark, text: line.text, at: line.at, ...(was === undefined ? {} : { was }) });
}
