import type { Round } from '#reading';
import { type CollectedAnswer, collectedInSteps } from '../answers/collected.ts';
import { type LedgerAnswer, type LinePlace, ledgerInSteps, type RemarkAnswer } from '../answers/index.ts';
import { roundsIn } from '../answers/threads.ts';
import type { Reading } from '../reading.ts';
import type { Progress } from '../terms/index.ts';
import { type Argument, fileOf, indexOf, inSource, type SourcePlace } from './argument.ts';

/** What became of a remark. */
export type RemarkStatus = 'changed' | 'open' | 'answered' | 'silent' | 'unclear' | 'approves';

export interface Said {
  place: SourcePlace;
  by?: string;
  text: string;
}

export interface ReviewRemark extends Said {
  status: RemarkStatus;
  about: { place: SourcePlace; path?: string; section?: string; line?: number; whole?: true };
  answers: readonly (Said & { verdict?: 'accepted' | 'refused' })[];
  /** What the next version did. */
  next?: { version: number; evidence?: SourcePlace };
}

export interface ReviewPatch {
  key: string;
  subject: string;
  version: number;
  place: SourcePlace;
  remarks: readonly ReviewRemark[];
  given: readonly { text: string; place: SourcePlace }[];
  /** A patch, not a cover letter, of the newest version, of which nobody but its author said anything. */
  unreviewed: boolean;
}

/** The remarks on the patches of a thread, with their places in the source or in its companions. */
export interface Review {
  patches: readonly ReviewPatch[];
  /** The same for tables. */
  ledger: readonly LedgerAnswer[];
  /** The line of the source, or of the companion that the key names, from 1. */
  lineOf(place: LinePlace): number;
}

/**
 * What was said about the patches of the thread, and what came of it, also in threads that hold other versions. Pauses after each message and each patch that it
 * looks at.
 */
export function* reviewOf(reading: Reading, argument: Argument): Generator<Progress, Review> {
  const { keys, allKeys } = argument;
  const total = 3 * allKeys.length;
  const steps = ledgerSteps(argument);
  let done = 0;
  let step = steps.next();
  for (; !step.done; step = steps.next()) yield { done: Math.min(++done, total), total };
  const newest = Math.max(...step.value.map(({ version }) => version));
  const own = new Set(keys);
  const ledger = step.value.filter(({ key }) => own.has(key));
  const placeOf = ({ key, line }: LinePlace): SourcePlace => argument.place(key, line - 1) ?? startOf(argument, key);
  return {
    patches: ledger.map((patch) => reviewPatch(patch, argument, newest, placeOf)),
    ledger,
    lineOf: (place) => {
      const { start, source = 0 } = placeOf(place);
      return (argument.reading(source) ?? reading).lines.at(start) + 1;
    },
  };
}

function* ledgerSteps({ thread, traces, keys, joined }: Argument): Generator<void, LedgerAnswer[]> {
  const rounds: Round[] = [];
  const patches: CollectedAnswer[] = [];
  for (const one of [keys, ...(thread.others ?? [])]) {
    const mails = one.flatMap((key) => joined.mails.get(key) ?? []);
    rounds.push(...roundsIn(mails, joined));
    patches.push(...(yield* collectedInSteps(mails)));
  }
  return yield* ledgerInSteps({ thread, quotes: traces, rounds, patches });
}

/** Where a message begins. */
function startOf(argument: Argument, key: string): SourcePlace {
  const start = argument.reading(fileOf(key))?.mailbox.spans[indexOf(key)]?.start ?? 0;
  return inSource({ start, end: start }, key);
}

function reviewPatch(
  { key, subject, version, remarks, given, unreviewed }: LedgerAnswer,
  argument: Argument,
  newest: number,
  placeOf: (place: LinePlace) => SourcePlace,
): ReviewPatch {
  return {
    key,
    subject,
    version,
    place: startOf(argument, key),
    remarks: remarks.map((remark) => reviewRemark(remark, placeOf)),
    given: given.map(({ token, value, from }) => ({
      text: `${token}: ${value}`,
      place: startOf(argument, from),
    })),
    unreviewed: unreviewed === true && version === newest && argument.page(key)?.kind === 'patch',
  };
}

function reviewRemark(remark: RemarkAnswer, placeOf: (place: LinePlace) => SourcePlace): ReviewRemark {
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
