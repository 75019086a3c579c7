import { type Annotation, referenceOf, type Where } from '#annotations';
import type { Place } from '../plain.ts';
import type { Reading } from '../reading.ts';
import type { NotedMail } from './candidate.ts';
import { type Echo, Echoes } from './echoes.ts';
import { type Carried, carriedIn, LaterVersions } from './later-versions.ts';
import { type NotedFile, notedMails, type PlacedNote } from './place.ts';

/** Where a note that has its place shows besides. */
interface Elsewhere {
  carried?: Carried;
  carriedTo: readonly { where: Where; version: number }[];
  echoes: readonly Echo[];
}

/** Quotes and later versions of what notes are on. Threads and versions are looked at when the first note asks for them. */
export class NotesElsewhere {
  readonly #files: readonly (NotedFile | undefined)[];
  readonly #mails: ReadonlyMap<string, NotedMail>;
  #echoes: Echoes | undefined;
  #versions: LaterVersions | undefined;

  constructor(files: readonly (NotedFile | undefined)[], mails: ReadonlyMap<string, NotedMail>) {
    this.#files = files;
    this.#mails = mails;
  }

  of(annotation: Annotation, where: Where): Elsewhere {
    // A note about a whole message is not quoted, and the next version is another message.
    if (referenceOf(annotation).whole) return { carriedTo: [], echoes: [] };
    this.#echoes ??= new Echoes(this.#files, this.#mails);
    this.#versions ??= new LaterVersions(this.#files, this.#mails);
    const [file, message] = where.key.split(':').map(Number);
    const page = this.#files[file ?? -1]?.reading.page(message ?? -1);
    const carried = page && carriedIn(annotation, where, page);
    return {
      ...(carried === undefined ? {} : { carried }),
      carriedTo: this.#versions.of(annotation, where.key),
      echoes: this.#echoes.of(where),
    };
  }
}

/** Where a note shows besides its place, in the source. */
export interface FaintMarks {
  id: string;
  carried?: Carried;
  carriedTo: readonly { place: Place; version: number }[];
  /** `depth`: quote marks before it; 0 where the words were said. */
  echoes: readonly { place: Place; depth: number }[];
}

/** What is to be shown faintly of the notes that were placed in a reading: quotes of their lines, and later versions of their patches. */
export function faintMarks(reading: Reading, placed: readonly PlacedNote[]): FaintMarks[] {
  const files = [{ reading }];
  const mails = notedMails(files);
  const elsewhere = new NotesElsewhere(files, mails);
  const placeOf = ({ key, start, end }: Pick<Where, 'key' | 'start' | 'end'>): Place[] => {
    const page = reading.page(Number(key.split(':')[1]));
    const body = mails.get(key)?.body;
    return page && body ? [page.place({ start: body.toReadable(start), end: body.toReadable(end) })] : [];
  };
  return placed.flatMap(({ annotation, placing }): FaintMarks[] => {
    if (placing.state !== 'placed') return [];
    const { carried, carriedTo, echoes } = elsewhere.of(annotation, placing.where);
    return [
      {
        id: annotation.id,
        ...(carried === undefined ? {} : { carried }),
        carriedTo: carriedTo.flatMap(({ where, version }) => placeOf(where).map((place) => ({ place, version }))),
        echoes: echoes.flatMap((echo) => placeOf(echo).map((place) => ({ place, depth: echo.depth }))),
      },
    ];
  });
}
