import type { Address } from '#reading';
import { type Complain, writable } from './names.ts';

/** What the header of a mail says about who is to read an answer. */
export interface Correspondents {
  from: readonly Address[];
  replyTo: readonly Address[];
  /** Where its author wants all answers, and nowhere else (RFC draft-ietf-drums-mail-followup-to). */
  followupTo: readonly Address[];
  to: readonly Address[];
  cc: readonly Address[];
}

export interface Recipients {
  to: Address[];
  cc: Address[];
}

/** A mail goes to fewer; a header that names more was made to hurt. */
const MOST = 500;

/**
 * Who gets the answer to a mail: its author (or whom Reply-To names), and everybody else it went to, each once and without the reader. Where
 * Mail-Followup-To is given, it alone counts. An answer to one's own mail goes where that went.
 */
export function recipientsOf(mail: Correspondents, own: readonly string[], complain: Complain): Recipients {
  const isOwn = ownTest(own);
  const given = (addresses: readonly Address[]): Address[] => addresses.slice(0, MOST);
  const authors = given(authorsOf(mail));
  if (mail.followupTo.length > 0) return followup(given(mail.followupTo), authors, isOwn, complain);
  const fromSelf = mail.from.length > 0 && mail.from.every(isOwn);
  const first = fromSelf ? given(mail.to) : authors;
  const others = fromSelf ? given(mail.cc) : given([...mail.to, ...mail.cc]);
  return parted(first, others, isOwn, complain);
}

/** A list that puts itself into Reply-To does not speak for the author. */
function authorsOf({ from, replyTo, to, cc }: Correspondents): Address[] {
  if (replyTo.length === 0) return [...from];
  const sentTo = new Set([...to, ...cc].map(mailboxOf));
  const onlyLists = replyTo.every((one) => sentTo.has(mailboxOf(one)));
  return onlyLists ? [...from, ...replyTo] : [...replyTo];
}

function followup(
  wanted: readonly Address[],
  authors: readonly Address[],
  isOwn: (one: Address) => boolean,
  complain: Complain,
): Recipients {
  const isAuthor = new Set(authors.map(mailboxOf));
  const first = wanted.filter((one) => isAuthor.has(mailboxOf(one)));
  if (first.length === 0) return parted(wanted, [], isOwn, complain);
  return parted(first, wanted, isOwn, complain);
}

function parted(
  first: readonly Address[],
  others: readonly Address[],
  isOwn: (one: Address) => boolean,
  complain: Complain,
): Recipients {
  const all = writable(
    [...first, ...others].filter((one) => !isOwn(one)),
    complain,
  );
  const isFirst = new Set(first.map(mailboxOf));
  const to = all.filter((one) => isFirst.has(mailboxOf(one)));
  const cc = all.filter((one) => !isFirst.has(mailboxOf(one)));
  // A header without To is asked about by every mail program.
  return to.length > 0 ? { to, cc } : { to: cc, cc: [] };
}

function ownTest(own: readonly string[]): (one: Address) => boolean {
  const mailboxes = new Set(own.map((address) => address.trim().toLowerCase()));
  return (one) => one.address !== undefined && mailboxes.has(mailboxOf(one));
}

function mailboxOf({ address = '' }: Address): string {
  return address.toLowerCase();
}
