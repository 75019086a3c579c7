import { type Threads, threadsOf } from '#archive';
import type { PostedTraits } from '#reading';
import { type Families, familiesIn, postedTraits } from '../answers/families.ts';
import { joinShownTrees, keyOf, type Mail, mailOf } from '../answers/threads.ts';
import type { Reading } from '../reading.ts';

/** The threads of one source or of several. Keys name the sources by their place among them. */
export interface JoinedThreads extends Threads {
  mails: ReadonlyMap<string, Mail>;
  /** Which of the threads hold versions of one series. */
  families: Families;
}

interface KnownMails {
  mails: readonly { index: number; mail: Mail }[];
  traits: ReadonlyMap<number, PostedTraits>;
}

const knownMails = new WeakMap<Reading, KnownMails>();
/** By the first source; the others are those that were asked for last. */
const knownThreads = new WeakMap<Reading, { others: readonly Reading[]; threads: JoinedThreads }>();

/** All threads of a source and of those beside it, kept with its reading. Pauses after each message that it looks at. */
export function* threadsIn(reading: Reading, others: readonly Reading[] = []): Generator<void, JoinedThreads> {
  const kept = knownThreads.get(reading);
  if (kept && kept.others.length === others.length && kept.others.every((one, at) => one === others[at]))
    return kept.threads;
  const mails = new Map<string, Mail>();
  const traits = new Map<string, PostedTraits>();
  for (const [file, one] of [reading, ...others].entries()) {
    const known = yield* mailsIn(one);
    for (const { index, mail } of known.mails) mails.set(keyOf(file, index), inFile(mail, file));
    for (const [index, posted] of known.traits) traits.set(keyOf(file, index), posted);
    yield;
  }
  joinShownTrees(mails);
  const threads = threadsOf([...mails.values()].map(({ member }) => member));
  yield;
  const joined = { ...threads, mails, families: familiesIn(threads.threads, traits) };
  knownThreads.set(reading, { others, threads: joined });
  return joined;
}

function* mailsIn(reading: Reading): Generator<void, KnownMails> {
  const kept = knownMails.get(reading);
  if (kept) return kept;
  const mails: KnownMails['mails'][number][] = [];
  const traits = new Map<number, PostedTraits>();
  for (let index = 0; index < reading.messages; index++) {
    const page = reading.page(index);
    if (!page) continue;
    mails.push({ index, mail: mailOf(keyOf(0, index), page, () => reading.page(index)) });
    const posted = postedTraits(page);
    if (posted) traits.set(index, posted);
    yield;
  }
  const known = { mails, traits };
  knownMails.set(reading, known);
  return known;
}

/** A mail of another file than the first; a new object, for threads name parents in it. */
function inFile(mail: Mail, file: number): Mail {
  const renamed = (key: string): string => keyOf(file, Number(key.slice(key.indexOf(':') + 1)));
  return {
    ...mail,
    member: { ...mail.member, key: renamed(mail.member.key) },
    ...(mail.answers === undefined ? {} : { answers: renamed(mail.answers) }),
  };
}
