import { type Address, isoDate, messageIdsOf, withoutReply } from '#reading';
import { fieldAddresses } from '../answers/header.ts';
import type { Page, Reading } from '../reading.ts';
import { addressField, idField, textField } from './fields.ts';
import { isAddress, isMessageId, oneLine } from './names.ts';
import { type LineRange, type NoteUnder, quotedLines } from './quoting.ts';
import { type Recipients, recipientsOf } from './recipients.ts';

/** What is known of the reader who answers. Everything may be missing. */
export interface Answerer {
  name?: string;
  /** The address to write from. */
  address?: string;
  /** More addresses that are the reader's own: they get no copy. */
  others?: readonly string[];
  /** What stands under a mail, without its `-- ` line. */
  signature?: string;
}

/** A mail, and the source that it was read from where that is at hand. */
export interface AnsweredMail {
  page: Page;
  source?: Reading;
}

export interface ReplyRequest extends AnsweredMail {
  /** Whose header counts, where the mail whose lines are quoted shows a short one. */
  header?: AnsweredMail;
  range?: LineRange;
  notes?: readonly NoteUnder[];
  reader?: Answerer;
}

/** An answer to be written: a mail as text, with LF line ends, without Date and Message-ID, which come when it is sent. */
export interface ReplyDraft extends Recipients {
  text: string;
  subject: string;
  inReplyTo?: string;
  references: readonly string[];
  /** Where the reader goes on to write, an offset in `text`. */
  caret: number;
  /** What could not be taken over from the mail. */
  complaints: readonly string[];
}

/** Ids that References keeps: the first, and so many of the latest (a header line may hold 998 octets, a field any number). */
const LATEST_IDS = 30;
/** UTF-16 units of a subject that are answered to; a real one has less than a hundred. */
const LONGEST_SUBJECT = 1000;

/** A draft of an answer to a mail, or to some lines of it. Everything of the mail that goes into the header is checked or encoded. */
export function replyDraft(request: ReplyRequest): ReplyDraft {
  const { page, range, notes } = request;
  const reader = checked(request.reader ?? {});
  const header = request.header ?? request;
  const complaints: string[] = [];
  const complain = (reason: string): void => void complaints.push(reason);
  const recipients = recipientsOf(correspondents(header), ownAddresses(reader), complain);
  if (recipients.to.length === 0) complain('The mail names nobody to answer to: fill in To.');
  const ids = idsOf(header.page, complain);
  const subject = `Re: ${withoutReply(oneLine((header.page.subject ?? '').slice(0, LONGEST_SUBJECT))) || 'your mail'}`;
  const above = [...attribution(header), ...quotedLines(page, range, notes)].join('\n');
  const head = `${[...headLines(recipients, subject, ids, reader)].join('\n')}\n\n`;
  const written = `${above}${above === '' ? '' : '\n\n'}`;
  const signature = signatureLines(reader);
  return {
    ...recipients,
    ...ids,
    subject,
    text: `${head}${written}\n${signature.length === 0 ? '' : `\n${signature.join('\n')}\n`}`,
    caret: head.length + written.length,
    complaints,
  };
}

/** Names come from settings: one line each, and an address only where it is one. */
function checked({ name, address, ...rest }: Answerer): Answerer {
  const plain = name === undefined ? '' : oneLine(name);
  return {
    ...rest,
    ...(plain === '' ? {} : { name: plain }),
    ...(address !== undefined && isAddress(address.trim()) ? { address: address.trim() } : {}),
  };
}

function correspondents({ page, source }: AnsweredMail) {
  const of = (name: string): Address[] => fieldAddresses(page, source?.mailbox.source, name);
  return { from: of('from'), replyTo: of('reply-to'), followupTo: of('mail-followup-to'), to: of('to'), cc: of('cc') };
}

function ownAddresses({ address, others = [] }: Answerer): string[] {
  return address === undefined ? [...others] : [address, ...others];
}

/** The parent's ids and the ids before it (RFC 5322, 3.6.4): those of References, else a single In-Reply-To. */
function idsOf(
  { fields }: Page,
  complain: (reason: string) => void,
): Pick<ReplyDraft, 'references'> & { inReplyTo?: string } {
  const idsIn = (name: string): string[] => (fields.get(name) ?? []).flatMap(messageIdsOf);
  const [written] = idsIn('message-id');
  const inReplyTo = written !== undefined && isMessageId(written) ? written : undefined;
  if (inReplyTo === undefined) {
    const why = written === undefined ? 'has no Message-ID' : 'has a Message-ID that no header can name';
    complain(`The mail ${why}: the answer will not stand in its thread.`);
    return { references: [] };
  }
  const answered = idsIn('in-reply-to');
  const before = idsIn('references');
  const known = before.length > 0 ? before : answered.length === 1 ? answered : [];
  const ids = [...new Set(known.filter((id) => isMessageId(id) && id !== inReplyTo)), inReplyTo];
  const references = ids.length > LATEST_IDS + 1 ? [...ids.slice(0, 1), ...ids.slice(-LATEST_IDS)] : ids;
  return { inReplyTo, references };
}

function* headLines(
  { to, cc }: Recipients,
  subject: string,
  { inReplyTo, references }: Pick<ReplyDraft, 'references'> & { inReplyTo?: string },
  { name, address }: Answerer,
): Generator<string> {
  if (address !== undefined) yield addressField('From', [name === undefined ? { address } : { name, address }]);
  yield addressField('To', to);
  if (cc.length > 0) yield addressField('Cc', cc);
  yield textField('Subject', subject);
  if (inReplyTo !== undefined) yield idField('In-Reply-To', [inReplyTo]);
  if (references.length > 0) yield idField('References', references);
  yield 'MIME-Version: 1.0';
  yield 'Content-Type: text/plain; charset=utf-8';
  yield 'Content-Transfer-Encoding: 8bit';
}

/** `On Mon, 4 Mar 2024 09:12:31 +0100, Ada Example wrote:` */
function attribution({ page, source }: AnsweredMail): string[] {
  const [author] = fieldAddresses(page, source?.mailbox.source, 'from');
  const name = oneLine(author?.name ?? author?.address ?? '').slice(0, 200);
  if (name === '') return [];
  const date = mailDate(page.fields.get('date')?.[0] ?? '');
  return [date === undefined ? `${name} wrote:` : `On ${date}, ${name} wrote:`];
}

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A date as mail writes it, with the offset of the one who wrote it; absent when the mail says none. */
function mailDate(written: string): string | undefined {
  const [, date, clock, zone = '', minutes = ''] =
    /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)([+-]\d\d):(\d\d)$/.exec(isoDate(written) ?? '') ?? [];
  if (date === undefined) return undefined;
  const day = new Date(`${date}T00:00:00Z`);
  const month = MONTHS[day.getUTCMonth()];
  return `${DAYS[day.getUTCDay()]}, ${day.getUTCDate()} ${month} ${day.getUTCFullYear()} ${clock} ${zone}${minutes}`;
}

/** Trailing white space in the first line is what says that it is a signature (RFC 3676, 4.3). */
function signatureLines({ name, signature }: Answerer): string[] {
  const written = (signature ?? name ?? '').trim();
  if (written === '') return [];
  return [
    '-- ',
    ...written
      .split(/\r\n?|\n/)
      .slice(0, 10)
      .map((line) => line.trimEnd()),
  ];
}
