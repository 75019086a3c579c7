import { type Annotation, type Note, readNote, referenceOf } from '#annotations';
import { messageIdsOf } from '#reading';
import { type NotePlace, type NotePlacing, notePlacings } from '../annotating/index.ts';
import type { Page, Reading } from '../reading.ts';

/** A file of a brief; absent at the index of one that could not be opened. */
export type BriefFile = { path: string; reading: Reading } | undefined;

/** A note with its place. */
export interface BriefNote {
  /** Its number among the notes that have a place, from 1, in the order of the mails. */
  number: number;
  note: Note;
  /** Lines of the text of its mail; absent for a note about the whole mail. */
  place?: NotePlace;
  /** The words that it is about as they stand there, cut where they are many. */
  quote: string;
  /** What a reader has to know about the place, in a sentence. */
  remark?: string;
}

/** Where a note shows besides its place. */
export interface FaintNote {
  of: BriefNote;
  /** The last line that it is on, from 1, of the text of its mail. */
  line: number;
  /** `quoted`: the line of the note in a quote; `said`: where a quoted line was said; else the version of the patch. */
  as: 'quoted' | 'said' | number;
}

export interface UnplacedNote {
  note: Note;
  quote: string;
  reason: string;
  candidates: readonly NotePlace[];
}

/** The notes of a reader beside the mails of a brief. */
export interface BriefNotes {
  /** By the keys of mails, in the order of the lines. */
  placed: ReadonlyMap<string, readonly BriefNote[]>;
  faint: ReadonlyMap<string, readonly FaintNote[]>;
  unplaced: readonly UnplacedNote[];
  /** How many notes were left out because they are about other mail. */
  others: number;
}

export const NO_NOTES: BriefNotes = { placed: new Map(), faint: new Map(), unplaced: [], others: 0 };

const MOST_QUOTED = 600;

/**
 * Places notes in the mails of a brief. A note that has no place is listed with the reason where it is about these mails; of a whole workspace of notes
 * (`all` false) those that are about other mail are counted only.
 */
export function briefNotes(files: readonly BriefFile[], annotations: readonly Annotation[], all: boolean): BriefNotes {
  if (annotations.length === 0) return NO_NOTES;
  const byId = new Map(annotations.map((annotation) => [annotation.id, annotation]));
  const placings = notePlacings(files, annotations);
  const found = placings
    .flatMap((placing) => {
      const annotation = byId.get(placing.id);
      return annotation && placing.where ? [{ placing, where: placing.where, annotation }] : [];
    })
    .sort((one, other) => inOrder(one.where, other.where));
  const placed = new Map<string, BriefNote[]>();
  const faint = new Map<string, FaintNote[]>();
  for (const [index, { placing, where, annotation }] of found.entries()) {
    const note = noteAt(index + 1, annotation, placing, where, files);
    push(placed, where.key, note);
    for (const { key, one } of faintOf(note, placing)) push(faint, key, one);
  }
  for (const list of faint.values()) list.sort((one, other) => one.line - other.line);
  const isHere = all ? () => true : concernTest(files);
  const lost = placings.filter(({ state }) => state !== 'placed');
  const unplaced = lost.flatMap((placing) => {
    const annotation = byId.get(placing.id);
    return annotation && isHere(annotation, placing) ? [unplacedNote(annotation, placing)] : [];
  });
  return { placed, faint, unplaced, others: lost.length - unplaced.length };
}

function noteAt(
  number: number,
  annotation: Annotation,
  placing: NotePlacing,
  where: NotePlace,
  files: readonly BriefFile[],
): BriefNote {
  const note = readNote(annotation);
  if (referenceOf(annotation).whole) return { number, note, quote: '' };
  const remark = remarkOn(placing);
  const quote = quotedWords(pageOf(files, where.key), where);
  return { number, note, place: where, quote, ...(remark === undefined ? {} : { remark }) };
}

function remarkOn({ carried, match, depthChange = 0 }: NotePlacing): string | undefined {
  if (carried) return `Carried from another version of the patch, same text.`;
  if (match === 'altered') return 'Some of the words are others since the note was written.';
  return depthChange > 0 ? 'The mail it was written on is not here; this is a quote of its line.' : undefined;
}

function faintOf(of: BriefNote, { carriedTo = [], echoes = [] }: NotePlacing): { key: string; one: FaintNote }[] {
  return [
    ...carriedTo.map(({ key, endLine, version }) => ({ key, one: { of, line: endLine, as: version } })),
    ...echoes.map(({ key, endLine, depth }) => {
      const as: FaintNote['as'] = depth === 0 ? 'said' : 'quoted';
      return { key, one: { of, line: endLine, as } };
    }),
  ];
}

function unplacedNote(annotation: Annotation, { reason, candidates = [] }: NotePlacing): UnplacedNote {
  return { note: readNote(annotation), quote: cut(referenceOf(annotation).quote?.exact ?? ''), reason, candidates };
}

/** The words at a place: from its first to its last column. */
function quotedWords(page: Page | undefined, { line, column, endLine, endColumn }: NotePlace): string {
  const rows = page?.body.lines.slice(line - 1, endLine) ?? [];
  const texts = rows.map(({ start, end }) => page?.message.text.slice(start, end) ?? '');
  const last = texts.length - 1;
  return cut(
    texts.map((text, at) => text.slice(at === 0 ? column - 1 : 0, at === last ? endColumn - 1 : undefined)).join('\n'),
  );
}

function cut(text: string): string {
  return text.length <= MOST_QUOTED ? text : `${text.slice(0, MOST_QUOTED)} \u2026`;
}

/** A note that is ambiguous here, about a mail that is here or that one here answers, or about a file of this name. */
function concernTest(files: readonly BriefFile[]): (annotation: Annotation, placing: NotePlacing) => boolean {
  const ids = new Set<string>();
  const paths = new Set(files.map((file) => file?.path));
  for (const file of files) {
    for (let index = 0; index < (file?.reading.messages ?? 0); index++) {
      const fields = file?.reading.page(index)?.fields;
      for (const name of ['message-id', 'references', 'in-reply-to'])
        for (const id of (fields?.get(name) ?? []).flatMap(messageIdsOf)) ids.add(id);
    }
  }
  return (annotation, { state }) => {
    const { messageId, path } = referenceOf(annotation);
    return (
      state === 'ambiguous' ||
      (messageId !== undefined && ids.has(messageId)) ||
      (path !== undefined && paths.has(path))
    );
  };
}

export function pageOf(files: readonly BriefFile[], key: string): Page | undefined {
  const [file = '', message = ''] = key.split(':');
  return files[Number(file)]?.reading.page(Number(message));
}

function inOrder(one: NotePlace, other: NotePlace): number {
  const [file = 0, message = 0] = one.key.split(':').map(Number);
  const [otherFile = 0, otherMessage = 0] = other.key.split(':').map(Number);
  return file - otherFile || message - otherMessage || one.line - other.line || one.column - other.column;
}

function push<One>(lists: Map<string, One[]>, key: string, one: One): void {
  const known = lists.get(key);
  if (known) known.push(one);
  else lists.set(key, [one]);
}
