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
  sender?: string | undefined;
  /** In milliseconds since 1970. */
  date?: number | undefined;
}

/** An answer comes within two months; a series is posted within two hours. In milliseconds. */
const ANSWERED_WITHIN = 60 * 24 * 3600 * 1000;
const POSTED_WITHIN = 2 * 3600 * 1000;
/** A subject of fewer signs is shared by chance. */
const TELLING = 8;

/**
 * Parents of messages that name none (`orphans`), where the evidence is strong: an answer to the only message with its subject, posted before it;
 * a patch of a series whose cover letter, or else first patch, the same sender posted within two hours. `about` tells about any of `count` messages and is not asked
 * when no orphan may have a parent; `time`, in milliseconds since 1970, where it is known without reading a header.
 */
export function parentsBySubject(
  orphans: readonly number[],
  count: number,
  about: (index: number) => Posting | undefined,
  time: (index: number) => number | undefined = () => undefined,
): Map<number, number> {
  const answers: [index: number, posting: Posting][] = [];
  const patches: [index: number, posting: Posting][] = [];
  for (const index of orphans) {
    const posting = about(index);
    if (posting?.reply && posting.clean.length >= TELLING) answers.push([index, posting]);
    else if (posting && !posting.reply && posting.total !== undefined) patches.push([index, posting]);
  }
  const parents = new Map<number, number>();
  if (patches.length > 0) seriesParents(patches, coversOf(patches, orphans, count, { about, time }), parents);
  if (answers.length > 0) answerParents(answers, count, about, parents);
  return parents;
}

/** What is told about messages. */
interface Told {
  about(index: number): Posting | undefined;
  time(index: number): number | undefined;
}

/**
 * Cover letters that answer something, and may all the same be those of patches that answer nothing. Looked for where a series lacks its own, among the messages of
 * the hours around it.
 */
function coversOf(
  patches: readonly [number, Posting][],
  orphans: readonly number[],
  count: number,
  { about, time }: Told,
): [number, Posting][] {
  const heads = new Set<string>();
  for (const [, posting] of patches) if (posting.part === 0) heads.add(seriesOf(posting));
  const lacking = patches.map(([, posting]) => posting).filter((posting) => !heads.has(seriesOf(posting)));
  const covers: [number, Posting][] = [];
  if (lacking.length === 0) return covers;
  const series = new Set(lacking.map(seriesOf));
  const hours = new Set(lacking.map(({ date = 0 }) => Math.floor(date / POSTED_WITHIN)));
  const known = new Set(orphans);
  for (let index = 0; index < count; index++) {
    const hour = Math.floor((time(index) ?? Number.NaN) / POSTED_WITHIN);
    if (known.has(index) || !(Number.isNaN(hour) || [-1, 0, 1].some((more) => hours.has(hour + more)))) continue;
    const posting = about(index);
    if (posting && !posting.reply && posting.part === 0 && series.has(seriesOf(posting))) covers.push([index, posting]);
  }
  return covers;
}

function seriesOf({ sender, version = 1, total }: Posting): string {
  return `${sender} ${version} ${total}`;
}

function seriesParents(
  patches: readonly [number, Posting][],
  covers: readonly [number, Posting][],
  parents: Map<number, number>,
): void {
  const answering = new Set(covers.map(([index]) => index));
  const series = new Map<string, [number, Posting][]>();
  for (const [index, posting] of [...covers, ...patches]) {
    if (posting.sender === undefined || posting.date === undefined) continue;
    grouped(series, seriesOf(posting)).push([index, posting]);
  }
  for (const mails of series.values()) {
    mails.sort(
      ([a, one], [b, other]) => (one.date ?? 0) - (other.date ?? 0) || (one.part ?? 0) - (other.part ?? 0) || a - b,
    );
    for (const posting of postingsIn(mails)) {
      const head = posting.find(([, { part }]) => part === 0) ?? firstOf(posting);
      if (!head) continue;
      for (const [index] of posting) if (index !== head[0] && !answering.has(index)) parents.set(index, head[0]);
    }
  }
}

/** The patch with the smallest number: where the first one is missing, what is there still belongs together. */
function firstOf(posting: readonly [number, Posting][]): [number, Posting] | undefined {
  let first = posting[0];
  for (const mail of posting) if ((mail[1].part ?? 0) < (first?.[1].part ?? 0)) first = mail;
  return first;
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
