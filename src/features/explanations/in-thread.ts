import { type ThreadMember, threadsOf } from '#archive';
import { joinShownTrees, keyOf, memberOf } from '../answers/threads.ts';
import { ourGlossary } from '../packs.ts';
import type { Reading } from '../reading.ts';
import { explanationsIn, type LocalExplanation, type SaidOfConcept } from './in-mail.ts';

/** So many messages around the one that is asked about are looked at for its thread. */
const WINDOW = 2000;
/** A step ends when it has read so much, whatever it was allowed. */
const UNITS_A_STEP = 100_000;
/** Longer messages are large patches: they are left out. */
const LONGEST = 150_000;

/** What all mails of one thread say. */
interface ThreadSays {
  concepts: ReadonlyMap<string, SaidOfConcept>;
  local: ReadonlyMap<string, LocalExplanation>;
}

const kept = new WeakMap<Reading, { notes: unknown; windows: Map<number, ThreadExplanations> }>();

/** What the thread of message `index` explains, as far as it was worked out: whoever asks drives it with `step`. */
export function explanationsOf(reading: Reading, index: number): ThreadExplanations {
  // What was found with other notes is not used again.
  const notes = ourGlossary();
  const before = kept.get(reading);
  const windows = before?.notes === notes ? before.windows : new Map<number, ThreadExplanations>();
  kept.set(reading, { notes, windows });
  const half = WINDOW / 2;
  const from = reading.messages <= WINDOW ? 0 : Math.max(0, (Math.floor(index / half) - 1) * half + half / 2);
  const known = windows.get(from) ?? new ThreadExplanations(reading, from, Math.min(reading.messages, from + WINDOW));
  windows.set(from, known);
  return known;
}

/**
 * Who explained or first said a term in a thread. The mails are read in steps, a few at a time; until the last one is, nothing is known
 * but what a mail says itself. Of a mailbox with many messages a window of 2,000 is looked at.
 */
export class ThreadExplanations {
  readonly #reading: Reading;
  readonly #to: number;
  #next: number;
  #mails = new Map<string, { member: ThreadMember; answers?: string; index: number }>();
  #found: { mail: number; said: ReadonlyMap<string, SaidOfConcept>; local: ReadonlyMap<string, LocalExplanation> }[] =
    [];
  #threads: Map<number, ThreadSays> | undefined;

  constructor(reading: Reading, from: number, to: number) {
    this.#reading = reading;
    this.#next = from;
    this.#to = to;
  }

  get complete(): boolean {
    return this.#threads !== undefined;
  }

  /** Reads at most so many more messages; tells whether all is known. The last step puts the threads together. */
  step(messages: number): boolean {
    let units = 0;
    for (let read = 0; read < messages && units < UNITS_A_STEP && this.#next < this.#to; read++, this.#next++) {
      units += this.#read(this.#next);
    }
    if (this.#next >= this.#to && units === 0) this.#threads ??= this.#joined();
    return this.complete;
  }

  /** What the thread of a message says of a concept; absent when it is not known yet. */
  of(concept: string, index: number): SaidOfConcept | undefined {
    return this.#threads?.get(index)?.concepts.get(concept);
  }

  /** The abbreviations that the thread of a message writes out; absent when they are not known yet. */
  local(index: number): ReadonlyMap<string, LocalExplanation> | undefined {
    return this.#threads?.get(index)?.local;
  }

  /** Gives the units it read. */
  #read(index: number): number {
    const span = this.#reading.mailbox.spans[index];
    const length = span ? span.end - span.start : 0;
    const page = length > LONGEST ? undefined : this.#reading.page(index);
    if (!page) return 1;
    const key = keyOf(0, index);
    const { answers } = page.message;
    this.#mails.set(key, {
      member: memberOf(key, page),
      index,
      ...(answers === undefined ? {} : { answers: keyOf(0, answers) }),
    });
    const explained = explanationsIn(page);
    const said = [...explained.concepts].flatMap((concept) => {
      const found = explained.of(concept);
      return found ? [[concept, found] as const] : [];
    });
    this.#found.push({ mail: index, said: new Map(said), local: explained.local });
    return length;
  }

  #joined(): Map<number, ThreadSays> {
    joinShownTrees(this.#mails);
    const found = new Map(this.#found.map((one) => [one.mail, one]));
    const joined = new Map<number, ThreadSays>();
    for (const { messages } of threadsOf([...this.#mails.values()].map(({ member }) => member)).threads) {
      const mails = messages.flatMap((key) => this.#mails.get(key) ?? []).sort(byDate);
      const says = together(mails.flatMap(({ index }) => found.get(index) ?? []));
      for (const { index } of mails) joined.set(index, says);
    }
    this.#mails.clear();
    this.#found = [];
    return joined;
  }
}

type Dated = { member: ThreadMember; index: number };

function byDate(one: Dated, other: Dated): number {
  const [a, b] = [one.member.posting?.date, other.member.posting?.date];
  return (a !== undefined && b !== undefined ? a - b : 0) || one.index - other.index;
}

/** Mails in the order in which they were sent: the first who says it said it first, and who says most explains it; words of one's own go before quotes. */
function together(
  mails: readonly { said: ReadonlyMap<string, SaidOfConcept>; local: ReadonlyMap<string, LocalExplanation> }[],
): ThreadSays {
  const concepts = new Map<string, SaidOfConcept>();
  const local = new Map<string, LocalExplanation>();
  for (const mail of mails) {
    for (const [id, said] of mail.said) concepts.set(id, joinedWith(concepts.get(id), said));
    for (const [term, said] of mail.local) {
      const known = local.get(term);
      if (!known || (known.quoted && !said.quoted)) local.set(term, said);
    }
  }
  return { concepts, local };
}

function joinedWith(known: SaidOfConcept | undefined, said: SaidOfConcept): SaidOfConcept {
  if (!known) return said;
  const weight = ({ definition }: SaidOfConcept): number =>
    definition ? 2 * definition.says + Number(!definition.quoted) : 0;
  const { definition } = weight(said) > weight(known) ? said : known;
  return { firstUse: known.firstUse, uses: known.uses + said.uses, ...(definition ? { definition } : {}) };
}
