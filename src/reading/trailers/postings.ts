import { answeredBy } from './targets.ts';
import type { ThreadMail } from './thread-mail.ts';

/** No series has more versions; those behind stand for themselves. */
export const MOST_VERSIONS = 100;

/** One posting of a series: its patches by their numbers, and its cover letter. */
export interface Posting {
  version: number;
  total: number;
  patches: Map<number, ThreadMail>;
  cover?: ThreadMail;
}

/**
 * The postings of the patches of one thread, lowest version first. Mails are in the order in which they were sent. A patch that says no version
 * has that of the cover letter it answers; when its sender has posted it before, it is the next version.
 */
export function postingsOf(mails: readonly ThreadMail[]): Posting[] {
  const byId = new Map(mails.flatMap((mail) => (mail.messageId === undefined ? [] : [[mail.messageId, mail]])));
  const postings = new Map<number, Posting>();
  for (const mail of mails) if (mail.kind === 'cover') opened(postings, mail.place.version, mail).cover ??= mail;
  for (const mail of mails) if (mail.kind === 'patch') addPatch(postings, mail, byId);
  const found = [...postings.values()].filter(({ patches }) => patches.size > 0).sort((a, b) => a.version - b.version);
  for (const posting of found) findCover(posting, byId);
  for (const [index, posting] of found.slice(0, MOST_VERSIONS).entries()) completeFrom(found[index - 1], posting, byId);
  return found;
}

function opened(postings: Map<number, Posting>, version: number, { place }: ThreadMail): Posting {
  const posting = postings.get(version) ?? { version, total: 0, patches: new Map<number, ThreadMail>() };
  posting.total = Math.max(posting.total, place.total ?? 0, place.part ?? 0, 1);
  postings.set(version, posting);
  return posting;
}

function addPatch(postings: Map<number, Posting>, mail: ThreadMail, byId: ReadonlyMap<string, ThreadMail>): void {
  const above = answeredBy(mail, byId);
  const inherits =
    !mail.says.version && (above?.kind === 'cover' || (above?.kind === 'patch' && above.place.part === 1));
  const version = inherits && !postings.has(mail.place.version) ? above.place.version : mail.place.version;
  const number = mail.place.part ?? 1;
  const posting = opened(postings, version, mail);
  const first = posting.patches.get(number);
  if (!first) posting.patches.set(number, mail);
  else if (postings.size < MOST_VERSIONS && postedAgain(first, mail)) {
    const next = Math.max(...postings.keys()) + 1;
    opened(postings, next, mail).patches.set(number, mail);
  }
}

/** The same single patch, sent again by the same sender without a new number: `[PATCH] tea` a week later. */
function postedAgain(before: ThreadMail, mail: ThreadMail): boolean {
  if (mail.says.part || before.says.part || mail.says.version) return false;
  if (mail.place.prefixes.some((prefix) => /^resend/i.test(prefix))) return false;
  const address = mail.sender?.address;
  return address !== undefined && address === before.sender?.address && (before.sent ?? 0) < (mail.sent ?? 0);
}

/** A cover letter without a number: what the first patch answers, when it carries no patch and comes from the same sender. */
function findCover(posting: Posting, byId: ReadonlyMap<string, ThreadMail>): void {
  if (posting.cover) return;
  for (const patch of posting.patches.values()) {
    const above = answeredBy(patch, byId);
    if (!above) continue;
    const address = above.sender?.address;
    if (above.kind === 'other' && address !== undefined && address === patch.sender?.address) posting.cover = above;
    return;
  }
}

/** A new version of some patches only: each answers the patch of its number in the version before, so the others still hold. */
function completeFrom(before: Posting | undefined, posting: Posting, byId: ReadonlyMap<string, ThreadMail>): void {
  if (!before || before.version !== posting.version - 1 || posting.patches.size >= posting.total) return;
  for (const patch of posting.patches.values()) if (!answersItsOwn(patch, byId)) return;
  for (const [number, patch] of before.patches) if (!posting.patches.has(number)) posting.patches.set(number, patch);
  if (before.cover) posting.cover ??= before.cover;
}

function answersItsOwn(patch: ThreadMail, byId: ReadonlyMap<string, ThreadMail>): boolean {
  const passed = new Set<string>();
  for (let at = answeredBy(patch, byId); at && !passed.has(at.key); at = answeredBy(at, byId)) {
    if (at.kind === 'patch' && at.place.part === patch.place.part && at.place.total === patch.place.total) return true;
    passed.add(at.key);
  }
  return false;
}
