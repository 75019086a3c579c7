import type { Complaint, Source } from '#mailast';
import { byteOrderMark, movedBy } from './beginning.ts';
import { flattened } from './dialects/flattened.ts';
import { htmlPage, htmlText } from './dialects/html-page.ts';
import { hypermail } from './dialects/hypermail.ts';
import { loreStripped } from './dialects/lore-stripped.ts';
import { loreText } from './dialects/lore-text.ts';
import { loreThread } from './dialects/lore-thread.ts';
import { mailArchive } from './dialects/mail-archive.ts';
import { marc } from './dialects/marc.ts';
import { beginningOf, type MailboxBeginning, mbox, mboxBehindText } from './dialects/mbox.ts';
import { message } from './dialects/message.ts';
import { mhonarc } from './dialects/mhonarc.ts';
import { openwall } from './dialects/openwall.ts';
import { patch } from './dialects/patch.ts';
import { pipermail } from './dialects/pipermail.ts';
import { text } from './dialects/text.ts';
import type { Units } from './mailbox/units.ts';
import type { Dialect, MailboxCut, MessageCut } from './message-cut.ts';
import { isBinary, refusalOf } from './refusal.ts';

/** The first dialect that recognises the source cuts it. `text` takes everything. */
const DIALECTS: readonly Dialect[] = [
  htmlPage,
  htmlText,
  flattened,
  mbox,
  loreThread,
  loreText,
  loreStripped,
  message,
  hypermail,
  mhonarc,
  openwall,
  marc,
  pipermail,
  mailArchive,
  mboxBehindText,
  patch,
  text,
];

const HEAD = 8192;

/** Cuts a source into messages. Never fails: what cannot be mail is said in a complaint, and has no messages. */
export function cut(source: Source): MailboxCut {
  const refusal = refusalOf(source);
  if (refusal && !isDamagedMail(refusal, source))
    return { source, dialect: 'none', messages: [], complaints: [refusal] };
  const lines = withLineEnds(source);
  const mark = byteOrderMark(source);
  const cutting = mark === 0 ? lines : { ...lines, text: lines.text.slice(mark) };
  const dialect = dialectOf(cutting);
  const messages = dialect.cut(cutting).map((one, index) => withComplaint(lines !== source, mark, one, index));
  return { source: lines, dialect: dialect.name, messages, complaints: [] };
}

/** A mail that garbage follows looks binary as a whole, and is read all the same. */
function isDamagedMail({ ruleId }: Complaint, { text: given }: Source): boolean {
  const head = given.slice(0, HEAD);
  const source: Source = { units: 'utf16', text: head };
  return ruleId === 'binary-source' && (mbox.recognises(head, source) || message.recognises(head, source));
}

/**
 * Where the first message of a mailbox begins, as `cut` finds it, for those who walk the mailbox without making a string of it (`walkMailbox`).
 * Absent when the units are no mailbox, or their lines end in ways that are rare: then they must be cut as a whole.
 */
export function mailboxBeginning(units: Units): MailboxBeginning | undefined {
  const head = units.slice(0, HEAD);
  const mark = byteOrderMark({ units: 'bytes', text: head });
  const given = head.slice(mark);
  if (!given.includes('\n') || dialectOf({ units: 'bytes', text: given }) !== mbox) return undefined;
  const beginning = beginningOf(given);
  return beginning && { start: beginning.start + mark, from: beginning.from };
}

function dialectOf(source: Source): Dialect {
  const head = source.text.slice(0, HEAD);
  return DIALECTS.find((dialect) => dialect.recognises(head, source)) ?? text;
}

/** Whether the first units of a text are mail: anything but plain text and a bare diff. At most 4096 units are looked at. */
export function isMail(head: string): boolean {
  const looked = head.slice(byteOrderMark({ units: 'utf16', text: head }), 4096);
  const dialect = dialectOf({ units: 'utf16', text: looked });
  if (dialect === patch) return hasLog(looked);
  return dialect !== text && dialect !== htmlText && !isBinary(looked);
}

/** A patch with a log above it: a field at the very start, or a sign-off before the diff begins. */
function hasLog(head: string): boolean {
  const diff = head.search(/^(?:diff --git |Index: |--- \S)/m);
  return (
    /^\s*(?:From|Subject|Date): /.test(head) || /^Signed-off-by: .{1,200}@/m.test(head.slice(0, Math.max(diff, 0)))
  );
}

/**
 * A text whose lines all end in a lone CR has no other line ends, so they are read as such; every offset stays. Beside LF a lone CR is data.
 */
function withLineEnds(source: Source): Source {
  const { units, text: given } = source;
  if (given.includes('\n') || !given.includes('\r')) return source;
  return { units, text: given.replaceAll('\r', '\n') };
}

function withComplaint(returns: boolean, mark: number, cutOne: MessageCut, index: number): MessageCut {
  const moved = mark === 0 ? cutOne : movedBy(mark, cutOne, index);
  if (!returns) return moved;
  return {
    ...moved,
    complaints: [
      {
        ruleId: 'carriage-returns-as-line-ends',
        reason: 'The lines of this text end in a carriage return alone; each was read as the end of a line.',
        severity: 'info',
        start: moved.span.start,
        end: moved.span.start,
      },
      ...moved.complaints,
    ],
  };
}
