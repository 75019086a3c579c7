/** What the subject, the sender and the date of a message say about its place in a thread, where its ids say nothing. */
export interface Posting {
  /** Without `Re:` and the prefixes in brackets. */
  clean: string;
  /** Whether the subject says that it answers. */
  reply: boolean;
  version?: number;
  part?: number;
  total?: number;
  /** The address of the sender. */
  sender?: string;
  /** In milliseconds since 1970. */
  date?: number;
}

/** An answer comes within two months; a series is posted within two hours. In milliseconds. */
const ANSWERED_WITHIN = 60 * 24 * 3600 * 1000;
const POSTED_WITHIN = 2 * 3600 * 1000;
/** A subject of fewer signs is shared by chance. */
const TELLING = 8;

/**
 * Parents of messages that name none (`orphans`), where the evidence is strong: an answer to the only message with its subject, posted before it;
 * a patch of a series whose cover letter, or else first patch, the same sender posted within two hours. `about` tells about any of `count` messages and is not asked
 * when no orphan may have a parent.
 */
export function parentsBySubject(
  orphans: readonly number[],
  count: number,
  about: (index: number) => Posting | undefined,
): Map<number, number> {
  const answers: [index: number, posting: Posting][] = [];
  const patches: [index: number, posting: Posting][] = [];
  for (const index of orphans) {
    const posting = about(index);
    if (posting?.reply && posting.clean.length >= TELLING) answers.push([index, posting]);
    else if (posting && !posting.reply && posting.total !== undefined) patches.push([index, posting]);
  }
  const parents = new Map<number, number>();
  seriesParents(patches, parents);
  if (answers.length > 0) answerParents(answers, count, about, parents);
  return parents;
}

function seriesParents(patches: readonly [number, Posting][], parents: Map<number, number>): void {
  const series = new Map<string, [number, Posting][]>();
  for (const [index, posting] of patches) {
    const { sender, version = 1, total, date } = posting;
    if (sender === undefined || date === undefined) continue;
    grouped(series, `${sender} ${version} ${total}`).push([index, posting]);
  }
  for (const mails of series.values()) {
    mails.sort(([a, one], [b, other]) => (one.date ?? 0) - (other.date ?? 0) || a - b);
    for (const posting of postingsIn(mails)) {
      const head = posting.find(([, { part }]) => part === 0) ?? posting.find(([, { part }]) => part === 1);
      if (!head) continue;
      for (const [index] of posting) if (index !== head[0]) parents.set(index, head[0]);
    }
  }
}

/** One series sent twice is two: a number that comes again, or a long pause, begins the next one. */
function postingsIn(mails: readonly [number, Posting][]): [number, Posting][][] {
  const postings: [number, Posting][][] = [];
  let parts = new Set<number | undefined>();
  let begun = 0;
  for (const mail of mails) {
    const { part, date = 0 } = mail[1];
    if (postings.length === 0 || parts.has(part) || date - begun > POSTED_WITHIN) {
      postings.push([]);
      parts = new Set();
      begun = date;
    }
    parts.add(part);
    postings.at(-1)?.push(mail);
  }
  return postings;
}

function answerParents(
  answers: readonly [number, Posting][],
  count: number,
  about: (index: number) => Posting | undefined,
  parents: Map<number, number>,
): void {
  const wanted = new Set(answers.map(([, posting]) => subjectOf(posting)));
  const originals = new Map<string, [number, Posting][]>();
  for (let index = 0; index < count; index++) {
    const posting = about(index);
    if (!posting || posting.reply) continue;
    const subject = subjectOf(posting);
    if (wanted.has(subject)) grouped(originals, subject).push([index, posting]);
  }
  for (const [index, posting] of answers) {
    const possible = (originals.get(subjectOf(posting)) ?? []).filter(([, original]) => mayAnswer(posting, original));
    const [only, ...others] = possible;
    if (only && others.every((other) => isSame(only[1], other[1]))) parents.set(index, only[0]);
  }
}

function mayAnswer(answer: Posting, original: Posting): boolean {
  if (answer.date === undefined || original.date === undefined) return true;
  const later = answer.date - original.date;
  return later >= 0 && later <= ANSWERED_WITHIN;
}

/** One message that is there twice. */
function isSame(one: Posting, other: Posting): boolean {
  return one.date !== undefined && one.date === other.date && one.sender !== undefined && one.sender === other.sender;
}

function subjectOf({ clean, version = 1, part, total }: Posting): string {
  return `${version} ${part} ${total} ${clean.toLowerCase().replace(/\s+/g, ' ')}`;
}

function grouped<Key, Value>(groups: Map<Key, Value[]>, key: Key): Value[] {
  const known = groups.get(key);
  if (known) return known;
  const fresh: Value[] = [];
  groups.set(key, fresh);
  return fresh;
}
