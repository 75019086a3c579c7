import {
  type Annotation,
  CandidateIndex,
  type Placing,
  placeEach,
  referenceOf,
  subjectKey,
  type Where,
} from '#annotations';
import { keyOf } from '../answers/index.ts';
import type { Place } from '../plain.ts';
import type { Page, Reading } from '../reading.ts';
import type { Progress } from '../terms/index.ts';
import { type NotedMail, notedMail } from './candidate.ts';
import { type Carried, carriedIn } from './later-versions.ts';

/** A note with what came of looking for it. */
export interface PlacedNote {
  annotation: Annotation;
  placing: Placing;
  /** Where it stands; there when it was placed. */
  place?: Place;
  /** It stands in another version of the patch that it was written on. */
  carried?: Carried;
  /** Its mail is not here: it stands in a quote of its line. */
  inQuote?: true;
  /** Where it may stand; there when it is ambiguous. */
  candidates?: readonly Place[];
}

/** In units of the source. Of a larger one only the mails are looked into that notes name. */
const MOST_READ = 4 * 2 ** 20;

/** A source made ready for placing notes in it: once for each version of a text, however often notes change. */
export class NotedReading {
  readonly reading: Reading;
  /** The source's label. */
  readonly path: string | undefined;
  /** By their keys, in order. */
  readonly mails: ReadonlyMap<string, NotedMail>;
  /** Whether only those mails are here that notes name. */
  readonly isPart: boolean;
  readonly #index: CandidateIndex;
  #own: Record<'ids' | 'subjects' | 'nameless', ReadonlySet<string>> | undefined;

  constructor(reading: Reading, path: string | undefined, mails: ReadonlyMap<string, NotedMail>, isPart: boolean) {
    this.reading = reading;
    this.path = path;
    this.mails = mails;
    this.isPart = isPart;
    this.#index = new CandidateIndex([...mails.values()].map(({ candidate }) => candidate));
  }

  /** Places notes. Every note comes back, also those that are ambiguous or lost, with the reason. Pauses after each note. */
  *place(annotations: readonly Annotation[]): Generator<Progress, PlacedNote[]> {
    const steps = placeEach(annotations, this.#index);
    for (let step = steps.next(); ; step = steps.next()) {
      if (step.done)
        return annotations.flatMap((annotation) => this.#placed(annotation, step.value.get(annotation.id)));
      yield { done: step.value, total: annotations.length };
    }
  }

  #placed(annotation: Annotation, placing: Placing | undefined): PlacedNote[] {
    if (placing === undefined) return [];
    if (placing.state === 'lost') return [{ annotation, placing }];
    if (placing.state === 'ambiguous')
      return [{ annotation, placing, candidates: placing.candidates.flatMap((one) => this.placeOf(one) ?? []) }];
    const { where } = placing;
    const place = this.placeOf(where);
    const page = this.page(where.key);
    const carried = page && carriedIn(annotation, where, page);
    return [
      {
        annotation,
        placing,
        ...(place === undefined ? {} : { place }),
        ...(carried === undefined ? {} : { carried }),
        ...(where.by === 'content' && where.depthChange > 0 && { inQuote: true }),
      },
    ];
  }

  page(key: string): Page | undefined {
    return this.reading.page(Number(key.slice(key.indexOf(':') + 1)));
  }

  /** Where a stretch of a mail's text stands in the source. */
  placeOf({ key, start, end }: Pick<Where, 'key' | 'start' | 'end'>): Place | undefined {
    const page = this.page(key);
    const body = this.mails.get(key)?.body;
    return page && body && page.place({ start: body.toReadable(start), end: body.toReadable(end) });
  }

  /**
   * Whether a note that has no place here is about this source at all: its mail is here, or may be, for mails of its subject have no id;
   * or it may stand in several places of mails of its subject.
   */
  concerns({ annotation, placing }: PlacedNote): boolean {
    this.#own ??= this.#identities();
    const { messageId, path, subject } = referenceOf(annotation);
    const { ids, subjects, nameless } = this.#own;
    if (messageId !== undefined && ids.has(messageId)) return true;
    if (messageId === undefined && path !== undefined && path === this.path) return true;
    const key = subject === undefined ? '' : subjectKey(subject);
    return nameless.has(key) || (placing.state === 'ambiguous' && subjects.has(key));
  }

  #identities() {
    const ids = new Set<string>();
    const subjects = new Set<string>();
    /** Subjects of mails without an id. */
    const nameless = new Set<string>();
    for (const { candidate } of this.mails.values()) {
      const { messageId, subject } = candidate;
      const key = subject === undefined ? '' : subjectKey(subject);
      if (messageId !== undefined) ids.add(messageId);
      if (key !== '') subjects.add(key);
      if (key !== '' && messageId === undefined) nameless.add(key);
    }
    return { ids, subjects, nameless };
  }
}

/** Makes a source ready for placing some notes. Pauses after each message. */
export function* notedReading(
  reading: Reading,
  annotations: readonly Annotation[],
  path?: string,
): Generator<Progress, NotedReading> {
  const isPart = reading.mailbox.source.text.length > MOST_READ;
  const messages = isPart ? [...named(reading, annotations)] : Array.from({ length: reading.messages }, (_, at) => at);
  const mails = new Map<string, NotedMail>();
  for (const [done, message] of messages.entries()) {
    const page = reading.page(message);
    const key = keyOf(0, message);
    if (page) mails.set(key, notedMail(key, page, path));
    yield { done, total: messages.length };
  }
  return new NotedReading(reading, path, mails, isPart);
}

/** The messages whose ids notes name, by the lines that say so: reading them all would take too long. */
function named({ mailbox }: Reading, annotations: readonly Annotation[]): Set<number> {
  const wanted = new Set(annotations.flatMap((annotation) => referenceOf(annotation).messageId ?? []));
  const found = new Set<number>();
  for (const { 1: id = '', index } of mailbox.source.text.matchAll(
    /^message-id:[ \t]{0,8}(?:\r?\n[ \t]{1,8})?<([^<>\s]{1,998})>/gim,
  )) {
    const message = wanted.has(id) ? mailbox.messageAt(index) : undefined;
    if (message !== undefined) found.add(message);
  }
  return found;
}
