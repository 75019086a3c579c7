import {
  comparePatches,
  firstSentence,
  type LedgerMail,
  type LedgerPlace,
  ledgerOf,
  matchPatches,
  type NextVersion,
  patchOf,
  type Remark,
} from '#reading';
import { QuoteTraces } from '../provenance.ts';
import type { Page } from '../reading.ts';
import type { LedgerAnswer, LinePlace, RemarkAnswer } from './ledger-plain.ts';
import type { ThreadTraces } from './thread-traces.ts';
import type { ThreadAnswer } from './threads.ts';

/** The remarks on the patches of one thread. `known` is what is known of its quotes already. */
export function threadLedger(thread: ThreadAnswer, traces: ThreadTraces, known?: QuoteTraces): LedgerAnswer[] {
  const { series = [], patches = [] } = thread;
  if (series.length === 0) return [];
  const { keys, parentOf, pageOf } = traces.thread(thread.root);
  const quotes = known ?? new QuoteTraces({ keys, parentOf, pageOf });
  const mails = inTime(keys, pageOf).flatMap((key): LedgerMail[] => {
    const page = pageOf(key);
    return page ? [ledgerMail(key, page, parentOf(key), quotes)] : [];
  });
  const versions = new Map(series.flatMap(({ version, parts }) => parts.map((key) => [key, version] as const)));
  const next = nextVersions(series, pageOf);
  const trailers = new Map(patches.map((patch) => [patch.key, patch.trailers]));
  return ledgerOf(mails, next).map(({ key, remarks }) => {
    const given = (trailers.get(key) ?? []).filter(({ from }) => from !== key);
    return {
      key,
      version: versions.get(key) ?? 1,
      subject: pageOf(key)?.subject ?? '',
      remarks: remarks.map((remark) => remarkAnswer(remark, (one) => versions.get(one) ?? 1, next)),
      given,
      ...(remarks.length + given.length === 0 ? { unreviewed: true as const } : {}),
    };
  });
}

/** By date where every mail has one, else as given. */
function inTime(keys: readonly string[], pageOf: (key: string) => Page | undefined): readonly string[] {
  const dates = new Map(keys.map((key) => [key, Date.parse(pageOf(key)?.fields.get('date')?.[0] ?? '')]));
  if ([...dates.values()].some(Number.isNaN)) return keys;
  return [...keys].sort((one, other) => (dates.get(one) ?? 0) - (dates.get(other) ?? 0));
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

/** For each patch of a version the one that takes its place in the next. */
function nextVersions(
  series: NonNullable<ThreadAnswer['series']>,
  pageOf: (key: string) => Page | undefined,
): ReadonlyMap<string, NextVersion> {
  const next = new Map<string, NextVersion>();
  const patchesOf = (parts: readonly string[]): ReturnType<typeof patchOf>[] =>
    parts.flatMap((key) => {
      const page = pageOf(key);
      return page && page.kind === 'patch' ? [patchOf(key, page.message)] : [];
    });
  for (const [index, { parts }] of series.entries()) {
    const later = series[index + 1];
    if (!later) continue;
    for (const { before, after } of matchPatches(patchesOf(parts), patchesOf(later.parts))) {
      if (!before) continue;
      const key = after?.key ?? later.parts[0] ?? '';
      const interdiff = after ? comparePatches(before, after) : { state: 'dropped' as const, hunks: [] };
      next.set(before.key, { key, interdiff, rowOf: rowIn(pageOf(before.key), pageOf(key)) });
    }
  }
  return next;
}

function rowIn(older: Page | undefined, newer: Page | undefined): NextVersion['rowOf'] {
  return (side, at) => {
    const line = (side === '-' ? older : newer)?.body.point(at)?.line;
    return line === undefined ? undefined : line - 1;
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
