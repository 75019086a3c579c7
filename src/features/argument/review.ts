import {
  type LedgerAnswer,
  type LinePlace,
  type RemarkAnswer,
  ThreadTraces,
  threadLedger,
  threadsAnswer,
} from '../answers/index.ts';
import type { Place } from '../plain.ts';
import type { Reading } from '../reading.ts';
import type { Progress } from '../terms/index.ts';
import { type Argument, indexOf, traceAll } from './argument.ts';

/** What became of a remark. */
export type RemarkStatus = 'changed' | 'open' | 'answered' | 'silent' | 'unclear' | 'approves';

export interface Said {
  place: Place;
  by?: string;
  text: string;
}

export interface ReviewRemark extends Said {
  status: RemarkStatus;
  about: { place: Place; path?: string; section?: string; line?: number; whole?: true };
  answers: readonly (Said & { verdict?: 'accepted' | 'refused' })[];
  /** What the next version did. */
  next?: { version: number; evidence?: Place };
}

export interface ReviewPatch {
  key: string;
  subject: string;
  version: number;
  place: Place;
  remarks: readonly ReviewRemark[];
  given: readonly { text: string; place: Place }[];
  /** A patch, not a cover letter, of the newest version, of which nobody but its author said anything. */
  unreviewed: boolean;
}

/** The remarks on the patches of a thread, with their places in the source. */
export interface Review {
  patches: readonly ReviewPatch[];
  /** The same for tables. */
  ledger: readonly LedgerAnswer[];
  /** The line of the source, from 1, of a place in it. */
  lineOf(place: LinePlace): number;
}

/** Pauses after each message that it traces. */
export function* reviewOf(reading: Reading, argument: Argument): Generator<Progress, Review> {
  yield* traceAll(argument);
  const members = new Set(argument.messages);
  // Threads are put together of the messages that are read: here of those of one thread.
  const thread: Reading = {
    messages: reading.messages,
    mailbox: reading.mailbox,
    page: (index) => (members.has(index) ? reading.page(index) : undefined),
    lines: reading.lines,
  };
  const answer = threadsAnswer([thread]);
  yield { done: members.size, total: members.size };
  const traces = new ThreadTraces(answer, [thread]);
  const ledger = answer.threads.flatMap((one) => threadLedger(one, traces, argument.traces));
  const newest = Math.max(...ledger.map(({ version }) => version));
  const placeOf = ({ key, line }: LinePlace): Place => argument.place(key, line - 1) ?? startOf(reading, indexOf(key));
  return {
    patches: ledger.map((patch) => reviewPatch(patch, argument, newest, placeOf, reading)),
    ledger,
    lineOf: (place) => reading.lines.at(placeOf(place).start) + 1,
  };
}

function startOf(reading: Reading, message: number): Place {
  const start = reading.mailbox.spans[message]?.start ?? 0;
  return { start, end: start };
}

function reviewPatch(
  { key, subject, version, remarks, given, unreviewed }: LedgerAnswer,
  argument: Argument,
  newest: number,
  placeOf: (place: LinePlace) => Place,
  reading: Reading,
): ReviewPatch {
  return {
    key,
    subject,
    version,
    place: startOf(reading, indexOf(key)),
    remarks: remarks.map((remark) => reviewRemark(remark, placeOf)),
    given: given.map(({ token, value, from }) => ({
      text: `${token}: ${value}`,
      place: startOf(reading, indexOf(from)),
    })),
    unreviewed: unreviewed === true && version === newest && argument.page(key)?.kind === 'patch',
  };
}

function reviewRemark(remark: RemarkAnswer, placeOf: (place: LinePlace) => Place): ReviewRemark {
  const { by, text, about, answers, next } = remark;
  const { path, section, fileLine, whole } = about;
  return {
    place: placeOf(remark),
    ...(by === undefined ? {} : { by }),
    text,
    status: statusOf(remark),
    about: {
      place: placeOf(about),
      ...(path === undefined ? {} : { path }),
      ...(section === undefined ? {} : { section }),
      ...(fileLine === undefined ? {} : { line: fileLine }),
      ...(whole ? { whole } : {}),
    },
    answers: answers.map((answer) => ({
      place: placeOf(answer),
      ...(answer.by === undefined ? {} : { by: answer.by }),
      text: answer.text,
      ...(answer.verdict === undefined ? {} : { verdict: answer.verdict }),
    })),
    ...(next
      ? { next: { version: next.version, ...(next.evidence ? { evidence: placeOf(next.evidence) } : {}) } }
      : {}),
  };
}

/** What the next version did says more than what was answered. Silence is no agreement. */
function statusOf({ approves, open, answers, next }: RemarkAnswer): RemarkStatus {
  if (approves) return 'approves';
  if (next?.outcome === 'changed') return 'changed';
  if (open) return 'open';
  if (answers.length > 0) return 'answered';
  return next?.outcome === 'unclear' ? 'unclear' : 'silent';
}
