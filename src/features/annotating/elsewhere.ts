import { type Annotation, referenceOf, type Where } from '#annotations';
import type { Place } from '../plain.ts';
import type { Progress } from '../terms/index.ts';
import type { NotedMail } from './candidate.ts';
import { type Echo, Echoes, type QuotedThread, threadsOfFiles } from './echoes.ts';
import { type Carried, carriedIn, type LaterPlace, LaterVersions } from './later-versions.ts';
import type { NotedFile } from './noted-file.ts';
import type { NotedReading, PlacedNote } from './noted-reading.ts';

/** Where a note that has its place shows besides. */
interface Elsewhere {
  carried?: Carried;
  carriedTo: readonly LaterPlace[];
  echoes: readonly Echo[];
}

/** Quotes and later versions of what notes are on. Threads and versions are looked at when the first note asks for them. */
export class NotesElsewhere {
  readonly #files: readonly (NotedFile | undefined)[];
  readonly #mails: ReadonlyMap<string, NotedMail>;
  readonly #threadOf: ((key: string) => QuotedThread | undefined) | undefined;
  #echoes: Echoes | undefined;
  #versions: LaterVersions | undefined;

  /** Without `threadOf` the threads of the files are worked out here. */
  constructor(
    files: readonly (NotedFile | undefined)[],
    mails: ReadonlyMap<string, NotedMail>,
    threadOf?: (key: string) => QuotedThread | undefined,
  ) {
    this.#files = files;
    this.#mails = mails;
    this.#threadOf = threadOf;
  }

  of(annotation: Annotation, where: Where): Elsewhere {
    // A note about a whole message is not quoted, and the next version is another message.
    if (referenceOf(annotation).whole) return { carriedTo: [], echoes: [] };
    this.#echoes ??= new Echoes(this.#mails, this.#threadOf ?? threadsOfFiles(this.#files));
    const [file, message] = where.key.split(':').map(Number);
    const page = this.#files[file ?? -1]?.reading.page(message ?? -1);
    const carried = page && carriedIn(annotation, where, page);
    return {
      ...(carried === undefined ? {} : { carried }),
      carriedTo: page?.carried.diff === true ? this.#laterVersions().of(annotation, where.key) : [],
      echoes: this.#echoes.of(where),
    };
  }

  #laterVersions(): LaterVersions {
    this.#versions ??= new LaterVersions(this.#files, this.#mails);
    return this.#versions;
  }
}

/** Where a note shows besides its place, in the source. */
export interface FaintMarks {
  id: string;
  carriedTo: readonly { place: Place; version: number; fromVersion: number }[];
  /** `depth`: quote marks before it; 0 where the words were said. */
  echoes: readonly { place: Place; depth: number }[];
}

/**
 * What is to be shown faintly of the notes that were placed in a source: quotes of their lines, and later versions of their patches.
 * Pauses after each note. `threadOf` gives the thread of a mail as far as it is known.
 */
export function* faintMarks(
  noted: NotedReading,
  placed: readonly PlacedNote[],
  threadOf?: (key: string) => QuotedThread | undefined,
): Generator<Progress, FaintMarks[]> {
  const elsewhere = new NotesElsewhere([{ reading: noted.reading }], noted.mails, threadOf);
  const marks: FaintMarks[] = [];
  for (const [done, { annotation, placing }] of placed.entries()) {
    yield { done, total: placed.length };
    if (placing.state !== 'placed') continue;
    const { carriedTo, echoes } = elsewhere.of(annotation, placing.where);
    marks.push({
      id: annotation.id,
      carriedTo: carriedTo.flatMap(({ where, ...versions }) =>
        placedAt(noted, where, (place) => ({ place, ...versions })),
      ),
      echoes: echoes.flatMap((echo) => placedAt(noted, echo, (place) => ({ place, depth: echo.depth }))),
    });
  }
  return marks;
}

function placedAt<Mark>(
  noted: NotedReading,
  where: Pick<Where, 'key' | 'start' | 'end'>,
  mark: (place: Place) => Mark,
): Mark[] {
  const place = noted.placeOf(where);
  return place === undefined ? [] : [mark(place)];
}
