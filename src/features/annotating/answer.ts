import { type Annotation, type Placing, placeAll, type Where } from '#annotations';
import type { NotedMail } from './candidate.ts';
import { NotesElsewhere } from './elsewhere.ts';
import type { Carried } from './later-versions.ts';
import { candidatesOf, type NotedFile, notedMails } from './noted-file.ts';

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
  const elsewhere = new NotesElsewhere(files, mails);
  return annotations.flatMap((annotation) => {
    const placing = placings.get(annotation.id);
    return placing ? [answerOf(annotation, placing, mails, elsewhere)] : [];
  });
}

function answerOf(
  annotation: Annotation,
  placing: Placing,
  mails: ReadonlyMap<string, NotedMail>,
  elsewhere: NotesElsewhere,
): NotePlacing {
  const { id } = annotation;
  const { state } = placing;
  if (placing.state === 'lost') return { id, state, reason: placing.reason };
  if (placing.state === 'ambiguous')
    return { id, state, candidates: placing.candidates.map((one) => notePlace(one, mails)), reason: placing.reason };
  const { by, match, depthChange, copies } = placing.where;
  const { carried, carriedTo, echoes } = elsewhere.of(annotation, placing.where);
  const versions = carriedTo.map(({ where, version }) => ({ ...notePlace(where, mails), version }));
  const quotes = echoes.map((echo) => ({ ...notePlace(echo, mails), depth: echo.depth }));
  return {
    id,
    state,
    where: notePlace(placing.where, mails),
    by,
    match,
    ...(depthChange === 0 ? {} : { depthChange }),
    ...(copies === undefined ? {} : { copies }),
    ...(carried === undefined ? {} : { carried }),
    ...(versions.length === 0 ? {} : { carriedTo: versions }),
    ...(quotes.length === 0 ? {} : { echoes: quotes }),
    reason: placing.because,
  };
}

/** An end behind a line end stands at the end of that line's text, not before the next one. */
function notePlace(
  { key, start, end }: Pick<Where, 'key' | 'start' | 'end'>,
  mails: ReadonlyMap<string, NotedMail>,
): NotePlace {
  const body = mails.get(key)?.body;
  const from = body?.point(start) ?? { row: 0, column: 0 };
  const to = body?.point(end) ?? from;
  return { key, line: from.row + 1, column: from.column + 1, endLine: to.row + 1, endColumn: to.column + 1 };
}
