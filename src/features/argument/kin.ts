import { commitSubject, messageIdsOf, withoutReply } from '#reading';
import type { Page, Reading } from '../reading.ts';

/** By what two sources may be seen to hold one thread, or versions of one series. */
export interface Kinship {
  /** Which message has a Message-ID; of two the first. */
  ids: ReadonlyMap<string, number>;
  /** All ids that its messages name, and the titles of its patches. */
  marks: ReadonlySet<string>;
}

/** In UTF-16 units: `fix` and the like are titles of anything. */
const SHORTEST_TITLE = 10;

const known = new WeakMap<Reading, Kinship>();

/** Looks at the headers of a source, and pauses after each message. */
export function* kinshipOf(reading: Reading): Generator<void, Kinship> {
  const kept = known.get(reading);
  if (kept) return kept;
  const ids = new Map<string, number>();
  const marks = new Set<string>();
  for (let index = 0; index < reading.messages; index++) {
    const page = reading.page(index);
    if (!page) continue;
    const [id] = messageIdsOf(page.fields.get('message-id')?.[0] ?? '');
    if (id !== undefined && !ids.has(id)) ids.set(id, index);
    for (const mark of marksOf(page)) marks.add(mark);
    yield;
  }
  const found = { ids, marks };
  known.set(reading, found);
  return found;
}

function* marksOf({ fields, subject = '' }: Page): Generator<string> {
  for (const name of ['message-id', 'in-reply-to', 'references'])
    for (const value of fields.get(name) ?? []) for (const id of messageIdsOf(value)) yield `<${id}>`;
  const plain = withoutReply(subject);
  const title = commitSubject(plain).toLowerCase();
  if (/^\[[^\]]*\b(?:patch|rfc)\b/i.test(plain) && title.length >= SHORTEST_TITLE) yield title;
}

/** Whether two sources have anything to do with each other; that is seen before any of their threads is read. */
export function areKin(one: Kinship, other: Kinship): boolean {
  const [few, many] = one.marks.size < other.marks.size ? [one, other] : [other, one];
  for (const mark of few.marks) if (many.marks.has(mark)) return true;
  return false;
}
