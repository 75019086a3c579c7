import { type Annotation, type Placing, placeAll, referenceOf, type Where } from '#annotations';
import type { NotedMail } from './candidate.ts';
import { Echoes } from './echoes.ts';
import { type Carried, carriedIn, LaterVersions } from './later-versions.ts';
import { candidatesOf, type NotedFile, notedMails } from './place.ts';

/** A place in the text of a message, as `read --json` gives it; lines and columns from 1, end exclusive. */
export interface NotePlace {
  key: string;
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
}

/** A note and where it stands. Of one that is not placed, the reason, and where it may stand. */
export interface NotePlacing {
  id: string;
  state: Placing['state'];
  where?: NotePlace;
  /** How the message was recognised, and how the words agree. */
  by?: Where['by'];
  match?: Where['match'];
  /** Quote marks more than where the note was written. */
  depthChange?: number;
  /** Further copies of the same mail, by their keys. */
  copies?: readonly string[];
  candidates?: readonly NotePlace[];
  /** It stands in another version of the patch that it was written on. */
  carried?: Carried;
  /** Where it stands in later versions of its patch, besides. */
  carriedTo?: readonly (NotePlace & { version: number })[];
  /** Quotes of its lines in other mails, and, of a note on a quote, where the lines were said (depth 0). */
  echoes?: readonly (NotePlace & { depth: number })[];
  reason: string;
}

/** Where each note of a store stands in some files. */
export function notePlacings(
  files: readonly (NotedFile | undefined)[],
  annotations: readonly Annotation[],
): NotePlacing[] {
  const mails = notedMails(files);
  const placings = placeAll(annotations, candidatesOf(mails));
  const around = { files, mails, echoes: new Echoes(files, mails), versions: new LaterVersions(files, mails) };
  return annotations.flatMap((annotation) => {
    const placing = placings.get(annotation.id);
    return placing ? [answerOf(annotation, placing, around)] : [];
  });
}

interface Around {
  files: readonly (NotedFile | undefined)[];
  mails: ReadonlyMap<string, NotedMail>;
  echoes: Echoes;
  versions: LaterVersions;
}

function answerOf(annotation: Annotation, placing: Placing, around: Around): NotePlacing {
  const { mails } = around;
  const { id } = annotation;
  const { state } = placing;
  if (placing.state === 'lost') return { id, state, reason: placing.reason };
  if (placing.state === 'ambiguous')
    return { id, state, candidates: placing.candidates.map((one) => notePlace(one, mails)), reason: placing.reason };
  const { by, match, depthChange, copies } = placing.where;
  return {
    id,
    state,
    where: notePlace(placing.where, mails),
    by,
    match,
    ...(depthChange === 0 ? {} : { depthChange }),
    ...(copies === undefined ? {} : { copies }),
    ...(referenceOf(annotation).whole ? {} : elsewhere(annotation, placing.where, around)),
    reason: placing.because,
  };
}

function elsewhere(
  annotation: Annotation,
  where: Where,
  { files, mails, echoes, versions }: Around,
): Pick<NotePlacing, 'carried' | 'carriedTo' | 'echoes'> {
  const [file, message] = where.key.split(':').map(Number);
  const page = files[file ?? -1]?.reading.page(message ?? -1);
  const carried = page && carriedIn(annotation, where, page);
  const carriedTo = versions.of(annotation, where.key).map((one) => {
    return { ...notePlace(one.where, mails), version: one.version };
  });
  const quoted = echoes.of(where).map((one) => ({ ...notePlace(one, mails), depth: one.depth }));
  return {
    ...(carried === undefined ? {} : { carried }),
    ...(carriedTo.length === 0 ? {} : { carriedTo }),
    ...(quoted.length === 0 ? {} : { echoes: quoted }),
  };
}

/** An end behind a line end stands at the end of that line's text, not before the next one. */
export function notePlace(
  { key, start, end }: Pick<Where, 'key' | 'start' | 'end'>,
  mails: ReadonlyMap<string, NotedMail>,
): NotePlace {
  const body = mails.get(key)?.body;
  const from = body?.point(start) ?? { row: 0, column: 0 };
  const to = body?.point(end) ?? from;
  return { key, line: from.row + 1, column: from.column + 1, endLine: to.row + 1, endColumn: to.column + 1 };
}
