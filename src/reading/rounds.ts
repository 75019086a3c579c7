import type { SeriesPlace } from './series.ts';

/** One posting of a series: which of its mails are there, and the numbers of those that are not. */
export interface Round {
  version: number;
  /** Keys of the patches and the cover letter, in the order of their numbers. */
  parts: readonly string[];
  /** From 1 to the number that the subjects give; a cover letter is never missing. */
  missing: readonly number[];
}

/** A patch or a cover letter of a thread. */
export interface SeriesMail {
  key: string;
  place: SeriesPlace;
  /** The key of the message that it answers. */
  parent?: string;
  /** In milliseconds since 1970. */
  date?: number;
}

/** A posting while it is put together. */
interface Posting {
  version: number;
  /** How many parts there are, as its first mail says. */
  total: number | undefined;
  mails: SeriesMail[];
  parts: Set<number | undefined>;
  /** The key of its cover letter. */
  cover?: string;
}

/**
 * The postings of the series in one thread, by version and then by date. Replies are not passed in. A number that comes again begins another
 * posting of the same version; a cover letter and patches that answer it are one posting whatever versions they name; a patch
 * without a number is a posting of its own. Linear, sorting aside.
 */
export function roundsOf(mails: readonly SeriesMail[]): Round[] {
  const postings: Posting[] = [];
  const latest = new Map<string, Posting>();
  const holders = new Map<string, Posting>();
  for (const mail of inTime(mails)) {
    const { part, total, version } = mail.place;
    const posting = postingFor(mail, latest, holders) ?? { version, total, mails: [], parts: new Set() };
    if (posting.mails.length === 0) postings.push(posting);
    posting.mails.push(mail);
    posting.parts.add(part);
    posting.version = Math.max(posting.version, version);
    if (part === 0) posting.cover = mail.key;
    holders.set(mail.key, posting);
    latest.set(seriesName(mail), posting);
  }
  return postings.sort((a, b) => a.version - b.version).map(roundOf);
}

/** By date where every mail has one, else as given. The order of the numbers counts where the dates are equal. */
function inTime(mails: readonly SeriesMail[]): readonly SeriesMail[] {
  if (mails.some(({ date }) => date === undefined)) return mails;
  return [...mails].sort((a, b) => (a.date ?? 0) - (b.date ?? 0) || (a.place.part ?? 0) - (b.place.part ?? 0));
}

/** The posting that a mail belongs to: the one of the mail that it answers, else the latest one of its series. */
function postingFor(
  mail: SeriesMail,
  latest: ReadonlyMap<string, Posting>,
  holders: ReadonlyMap<string, Posting>,
): Posting | undefined {
  const { place, parent } = mail;
  if (place.part === undefined) return undefined;
  const above = parent === undefined ? undefined : holders.get(parent);
  const fits = above && (above.version === place.version || above.cover === parent);
  const posting = fits && lacks(above, mail) ? above : latest.get(seriesName(mail));
  return posting && lacks(posting, mail) ? posting : undefined;
}

/** Whether the number of a mail is still open, and the series is as long as the mail says. */
function lacks({ parts, total }: Posting, { place }: SeriesMail): boolean {
  return total === place.total && !parts.has(place.part);
}

function seriesName({ place: { version, total } }: SeriesMail): string {
  return `${version} ${total}`;
}

/** A subject may claim any number of parts; more missing ones than these are not listed. */
const MOST_PARTS = 1000;

function roundOf({ version, mails }: Posting): Round {
  const parts = [...mails].sort((a, b) => (a.place.part ?? 0) - (b.place.part ?? 0)).map(({ key }) => key);
  const claimed = mails.reduce((most, { place }) => Math.max(most, place.total ?? 0), 0);
  const there = new Set(mails.map(({ place }) => place.part));
  const missing: number[] = [];
  for (let part = 1; part <= Math.min(claimed, MOST_PARTS); part++) if (!there.has(part)) missing.push(part);
  return { version, parts, missing };
}
