import {
  atOnce,
  commitSubject,
  firstSentence,
  type LedgerMail,
  type LedgerPlace,
  ledgerOf,
  type NextVersion,
  type Remark,
  type Round,
} from '#reading';
import { QuoteTraces, type TracedThread } from '../provenance.ts';
import type { Page } from '../reading.ts';
import type { CollectedAnswer } from './collected.ts';
import type { LedgerAnswer, LinePlace, RemarkAnswer } from './ledger-plain.ts';
import { nextVersions } from './next-versions.ts';
import type { ThreadTraces } from './thread-traces.ts';
import type { ThreadAnswer } from './threads.ts';

const kept = new WeakMap<readonly ThreadAnswer[], readonly LedgerAnswer[]>();

/** The remarks on the patches of one thread, also those that are made and answered in threads of other versions. */
export function threadLedger(thread: ThreadAnswer, traces: ThreadTraces): LedgerAnswer[] {
  const family = traces.family(thread.root);
  const ledger = kept.get(family) ?? familyLedger(family, traces);
  kept.set(family, ledger);
  const own = new Set(thread.messages);
  return ledger.filter(({ key }) => own.has(key));
}

function familyLedger(family: readonly ThreadAnswer[], traces: ThreadTraces): readonly LedgerAnswer[] {
  const [first] = family;
  if (!first || family.every(({ series = [] }) => series.length === 0)) return [];
  const thread = traces.thread(first.root);
  const rounds = family.flatMap(({ series = [] }) => series);
  const patches = family.flatMap((one) => one.patches ?? []);
  return atOnce(ledgerInSteps({ thread, quotes: new QuoteTraces(thread), rounds, patches }));
}

/** A thread, and those that hold other versions of its series. */
export interface ReviewedThread {
  thread: TracedThread;
  quotes: QuoteTraces;
  /** What they post, and the trailers of that. */
  rounds: readonly Round[];
  patches: readonly CollectedAnswer[];
}

/** The remarks on all patches of a series, version by version. Pauses after each mail and each patch. */
export function* ledgerInSteps({ thread, quotes, rounds, patches }: ReviewedThread): Generator<void, LedgerAnswer[]> {
  const { parentOf, pageOf, isCopy } = thread;
  const keys = [thread.keys, ...(thread.others ?? [])].flat().filter((key) => !isCopy?.(key));
  const mails: LedgerMail[] = [];
  const dates = datesOf(keys, pageOf);
  for (const key of inTime(keys, dates)) {
    const page = pageOf(key);
    if (page) mails.push(ledgerMail(key, page, parentOf(key), quotes));
    yield;
  }
  const order = withSingles(inVersions(rounds, dates), (key) => commitSubject(pageOf(key)?.subject ?? ''));
  const versions = new Map(order.flatMap(({ version, parts }) => parts.map((key) => [key, version] as const)));
  const next = yield* nextVersions(order, pageOf);
  const trailers = new Map(patches.map((patch) => [patch.key, patch.trailers]));
  const answers: LedgerAnswer[] = [];
  for (const { key, remarks } of yield* ledgerOf(mails, next)) {
    const given = (trailers.get(key) ?? []).filter(({ from }) => from !== key);
    answers.push({
      key,
      version: versions.get(key) ?? 1,
      subject: pageOf(key)?.subject ?? '',
      remarks: remarks.map((remark) => remarkAnswer(remark, (one) => versions.get(one) ?? 1, next)),
      given,
      ...(remarks.length + given.length === 0 ? { unreviewed: true as const } : {}),
    });
    yield;
  }
  return answers;
}

function datesOf(keys: readonly string[], pageOf: (key: string) => Page | undefined): ReadonlyMap<string, number> {
  return new Map(keys.map((key) => [key, Date.parse(pageOf(key)?.fields.get('date')?.[0] ?? '')]));
}

/** By date where every mail has one, else as given. */
function inTime(keys: readonly string[], dates: ReadonlyMap<string, number>): readonly string[] {
  if ([...dates.values()].some(Number.isNaN)) return keys;
  return [...keys].sort((one, other) => (dates.get(one) ?? 0) - (dates.get(other) ?? 0));
}

/** Patches of one version that are sent each by itself, and are not one patch sent again, are one posting. */
function withSingles(rounds: readonly Round[], titleOf: (key: string) => string): Round[] {
  const isSingle = ({ parts, missing }: Round): boolean => parts.length === 1 && missing.length === 0;
  const joined: (Round & { parts: string[] })[] = [];
  const titles = new Set<string>();
  let open = false;
  for (const round of rounds) {
    const last = joined.at(-1);
    const isNew = isSingle(round) && !round.parts.some((key) => titles.has(titleOf(key)));
    if (isNew && open && last?.version === round.version) {
      last.parts.push(...round.parts);
    } else {
      joined.push({ ...round, parts: [...round.parts] });
      titles.clear();
      open = isSingle(round);
    }
    for (const key of round.parts) titles.add(titleOf(key));
  }
  return joined;
}

/** By version, then by date. */
function inVersions(rounds: readonly Round[], dates: ReadonlyMap<string, number>): Round[] {
  const dateOf = ({ parts: [first = ''] }: Round): number => dates.get(first) || 0;
  return [...rounds].sort((one, other) => one.version - other.version || dateOf(one) - dateOf(other));
}

function ledgerMail(key: string, page: Page, parent: string | undefined, quotes: QuoteTraces): LedgerMail {
  const { body, message, code, kind } = page;
  return {
    key,
    kind,
    ...(page.voices.author === undefined ? {} : { author: page.voices.author }),
    ...(parent === undefined ? {} : { parent }),
    rows: body.lines.map(({ depth, kind: line, own, end }) => ({
      depth,
      kind: line,
      text: message.text.slice(own, end),
    })),
    traces: quotes.linesOf(key),
    code,
  };
}

function remarkAnswer(
  { key, row, lastRow, by, text, about, answers, resolved, open, approves, next }: Remark,
  versionOf: (key: string) => number,
  versions: ReadonlyMap<string, NextVersion>,
): RemarkAnswer {
  const { code } = about;
  const fileLine = code?.after ?? code?.before;
  return {
    key,
    line: row + 1,
    lastLine: lastRow + 1,
    ...(by === undefined ? {} : { by }),
    text: firstSentence(text),
    about: {
      ...lineOf(about),
      ...(code?.path === undefined ? {} : { path: code.path }),
      ...(code?.section === undefined ? {} : { section: code.section }),
      ...(fileLine === undefined ? {} : { fileLine }),
      ...(about.whole ? { whole: about.whole } : {}),
    },
    answers: answers.map((answer) => ({
      ...lineOf(answer),
      ...(answer.by === undefined ? {} : { by: answer.by }),
      text: firstSentence(answer.text),
      ...(answer.verdict === undefined ? {} : { verdict: answer.verdict }),
    })),
    ...(resolved ? { resolved: { ...lineOf(resolved), verdict: resolved.verdict } } : {}),
    ...(open ? { open } : {}),
    ...(approves ? { approves } : {}),
    ...(next
      ? {
          next: {
            outcome: next.outcome,
            version: versionOf(versions.get(about.key)?.key ?? ''),
            ...(next.evidence ? { evidence: lineOf(next.evidence) } : {}),
          },
        }
      : {}),
  };
}

function lineOf({ key, row }: LedgerPlace): LinePlace {
  return { key, line: row + 1 };
}
