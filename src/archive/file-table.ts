import type { Units } from '#cut';
import { Numbers } from './growing.ts';
import { type IndexedSource, type IndexProgress, indexInSlices } from './mailbox-index.ts';
import { type IdTable, NamedIdNumbers } from './named-ids.ts';
import { GrowingShown, SHOWN, type ShownFields, shownText, shownValues } from './shown-fields.ts';

/** A file of an archive, and by what it is known again. */
export interface FileState {
  /** Under the folder of the archive; empty where the archive is one file. */
  path: string;
  /** In bytes, as it lies on the disk. */
  size: number;
  /** When it was last changed, in milliseconds since 1970. */
  modified: number;
}

/** The messages of several files, or of one that is compressed: one file behind the other. */
export interface FileTable extends ShownFields {
  files: readonly FileState[];
  /** How long the content of each file is, decompressed, in units. */
  lengths: Float64Array;
  /** The first message of each file, and how many there are in all. */
  firsts: Float64Array;
  /** Where each message stands in the content of its file, decompressed. */
  starts: Float64Array;
  ends: Float64Array;
  /** As in `MessageTable`. */
  dates: Float64Array;
  ids: IdTable;
}

/** A table that files are added to, fresh ones or such as an older table has. */
export class GrowingFileTable {
  #named = new NamedIdNumbers();
  #files: FileState[] = [];
  #lengths = new Numbers();
  #firsts = new Numbers();
  #starts = new Numbers();
  #ends = new Numbers();
  #dates = new Numbers();
  #shown = new GrowingShown();
  #takes = new Map<FileTable, (start: number, end: number) => void>();

  get messages(): number {
    return this.#starts.length;
  }

  /** Adds the messages of a file, in slices of about `budget` units. What is no mail has none; what something is said of is not known again. */
  *add(file: FileState, units: Units, budget: number): Generator<IndexProgress, IndexedSource> {
    const source = yield* indexInSlices(units, budget, this.#named);
    this.#begin(source.complaints.length === 0 ? file : { ...file, modified: Number.NaN }, units.length);
    for (let index = 0; index < source.count; index++) {
      const { start, end } = source.span(index);
      this.#starts.push(start);
      this.#ends.push(end);
      this.#dates.push(source.time(index));
      this.#shown.add(source.written(index, SHOWN));
    }
    return source;
  }

  /** Adds the messages that an older table has of file `at` in it. */
  addKept(file: FileState, table: FileTable, at: number): void {
    const [first = 0, end = first] = [table.firsts[at], table.firsts[at + 1]];
    const take = this.#takes.get(table) ?? this.#named.taking(table.ids);
    this.#takes.set(table, take);
    this.#begin(file, table.lengths[at] ?? 0);
    take(first, end);
    for (let index = first; index < end; index++) {
      this.#starts.push(table.starts[index] ?? 0);
      this.#ends.push(table.ends[index] ?? 0);
      this.#dates.push(table.dates[index] ?? Number.NaN);
      this.#shown.addKept(table, index);
    }
  }

  finish(): FileTable {
    const firsts = new Float64Array(this.#files.length + 1);
    firsts.set(this.#firsts.all());
    firsts[this.#files.length] = this.messages;
    return {
      files: this.#files,
      lengths: this.#lengths.finish(),
      firsts,
      starts: this.#starts.finish(),
      ends: this.#ends.finish(),
      dates: this.#dates.finish(),
      ...this.#shown.finish(),
      ids: this.#named.table(),
    };
  }

  #begin(file: FileState, length: number): void {
    this.#files.push(file);
    this.#lengths.push(length);
    this.#firsts.push(this.messages);
  }
}

/** The number of the file that a message of a table stands in. */
export function fileOf({ firsts }: Pick<FileTable, 'firsts'>, message: number): number {
  let low = 0;
  let high = firsts.length - 2;
  // The last file that begins at or before the message; one without messages begins where the next one does.
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((firsts[middle] ?? 0) <= message) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The messages of a table; those of one of its files where that is said. */
export function filesSource(table: FileTable, file?: number): IndexedSource {
  const { files, firsts, starts, ends, dates } = table;
  const first = file === undefined ? 0 : (firsts[file] ?? 0);
  const end = file === undefined ? starts.length : (firsts[file + 1] ?? first);
  return {
    dialect: 'files',
    complaints: [],
    count: end - first,
    span: (index) => ({ start: starts[first + index] ?? 0, end: ends[first + index] ?? 0 }),
    time: (index) => dates[first + index] ?? Number.NaN,
    file: (index) => files[fileOf(table, first + index)]?.path ?? '',
    header: (index, names) => shownValues(table, first + index, names),
    written: (index) => shownText(table, first + index),
  };
}

/** In a maildir a mail moves and gets other flags while it is the same file: `new/1.a.host` as `cur/1.a.host:2,S`. */
const DELIVERED = /(^|\/)(?:new|cur)\/([^/]{1,300}?)(?::2,[^/]{0,100})?$/;

/** Finds the file of an older table that a file is: of the same name, size and time. */
export function knownFiles({ files }: FileTable): (file: FileState) => number | undefined {
  const places = new Map(files.map((file, at) => [stateText(file), at]));
  return (file) => places.get(stateText(file));
}

function stateText({ path, size, modified }: FileState): string {
  return `${size} ${modified} ${path.replace(DELIVERED, '$1$2')}`;
}

/** Whether a table has these files and no others, under these names and in this order. */
export function hasFiles({ files }: FileTable, now: readonly FileState[]): boolean {
  return (
    files.length === now.length &&
    files.every(({ path, size, modified }, at) => {
      const other = now[at];
      return other?.path === path && other.size === size && other.modified === modified;
    })
  );
}
