import { atOnce } from '../at-once.ts';
import { assign } from './assignment.ts';
import { pathOf } from './compare.ts';
import { compareLines } from './lines.ts';
import type { Patch } from './patch.ts';

/** Two versions of one patch, or one that came or went. */
export interface Pair {
  before?: Patch;
  after?: Patch;
}

/** A patch is another one when to write it anew costs no more than this part of it: what `git range-diff` takes too (60 percent). */
const CREATION = 0.6;
/** Matching is cubic; a series with more patches that changed is matched by subject alone. */
const MOST_MATCHED = 250;

/**
 * Which patch of the newer series is a version of which in the older one: by what they change, not by their numbers. Those that change the same are
 * pairs; of the others the pairs are chosen that differ in the fewest lines in all. In the order of the newer series; what was dropped stands
 * behind what went before it. Pauses after each comparison.
 */
export function* matchInSteps(before: readonly Patch[], after: readonly Patch[]): Generator<void, Pair[]> {
  const partner = new Map<Patch, Patch>();
  const olds = before.map(patchText);
  yield;
  const news = after.map(patchText);
  yield;
  for (const nameOf of [(text: PatchText) => text.all, (text: PatchText) => text.changes])
    pairEqual(olds, news, nameOf, partner);
  const paired = new Set(partner.values());
  const left = {
    olds: olds.filter(({ patch }) => !paired.has(patch)),
    news: news.filter(({ patch }) => !partner.has(patch)),
  };
  yield;
  if (left.olds.length + left.news.length > MOST_MATCHED)
    pairEqual(left.olds, left.news, ({ patch }) => patch.subject, partner);
  else yield* pairLike(left.olds, left.news, partner);
  return inOrder(before, after, partner);
}

/** The same at once. */
export function matchPatches(before: readonly Patch[], after: readonly Patch[]): Pair[] {
  return atOnce(matchInSteps(before, after));
}

/** A patch as lines, as it is compared with others. */
interface PatchText {
  patch: Patch;
  lines: readonly string[];
  /** Everything that its diff says, numbers apart. */
  all: string;
  /** The lines that come and go, white space apart. */
  changes: string;
}

function patchText(patch: Patch): PatchText {
  const message = [patch.subject, ...patch.message, ...patch.trailers];
  const diff: string[] = [];
  const changes: string[] = [];
  for (const file of patch.files) {
    diff.push(`## ${pathOf(file)}`, ...file.said);
    changes.push(`## ${pathOf(file)}`, ...file.said);
    for (const { section, lines } of file.hunks) {
      diff.push(`@@ ${section ?? ''}`);
      for (const { mark, text } of lines) {
        diff.push(mark + text);
        if (mark !== ' ') changes.push(mark + text.replace(/\s+/g, ''));
      }
    }
  }
  return { patch, lines: [...message, ...diff], all: diff.join('\n'), changes: changes.join('\n') };
}

/** Pairs what has the same name, first with first. What has no diff is paired with nothing here. */
function pairEqual(
  olds: readonly PatchText[],
  news: readonly PatchText[],
  nameOf: (text: PatchText) => string,
  partner: Map<Patch, Patch>,
): void {
  const used = new Set(partner.values());
  const named = new Map<string, Patch[]>();
  for (const old of olds) {
    if (used.has(old.patch) || nameOf(old) === '') continue;
    const name = nameOf(old);
    named.set(name, [...(named.get(name) ?? []), old.patch]);
  }
  for (const text of news) {
    const old = partner.has(text.patch) ? undefined : named.get(nameOf(text))?.shift();
    if (old) partner.set(text.patch, old);
  }
}

/** Rows are old patches and room for new ones, columns are new patches and room for dropped ones. */
function* pairLike(
  olds: readonly PatchText[],
  news: readonly PatchText[],
  partner: Map<Patch, Patch>,
): Generator<void, void> {
  const size = olds.length + news.length;
  if (olds.length === 0 || news.length === 0) return;
  const costs: number[][] = [];
  for (const old of olds) {
    const row: number[] = [];
    for (const text of news) {
      row.push(differingLines(old, text));
      yield;
    }
    costs.push(row);
  }
  const columns = assign(size, (row, column) => {
    const old = olds[row];
    const text = news[column];
    if (old && text) return costs[row]?.[column] ?? 0;
    const alone = old ?? text;
    return alone ? Math.ceil(alone.lines.length * CREATION) : 0;
  });
  for (const [row, old] of olds.entries()) {
    const text = news[columns[row] ?? -1];
    if (text) partner.set(text.patch, old.patch);
  }
}

/** How many lines one of the two has and the other has not. Where they share too little to be a pair the order of lines does not count. */
function differingLines(one: PatchText, other: PatchText): number {
  const counts = new Map<string, number>();
  for (const line of one.lines) counts.set(line, (counts.get(line) ?? 0) + 1);
  let common = 0;
  for (const line of other.lines) {
    const count = counts.get(line) ?? 0;
    if (count > 0) common++;
    counts.set(line, count - 1);
  }
  const least = one.lines.length + other.lines.length - 2 * common;
  if (least > CREATION * (one.lines.length + other.lines.length)) return least;
  return compareLines(one.lines, other.lines, (line) => line).filter(({ side }) => side !== ' ').length;
}

function inOrder(before: readonly Patch[], after: readonly Patch[], partner: ReadonlyMap<Patch, Patch>): Pair[] {
  const kept = new Set(partner.values());
  const pairs: Pair[] = [];
  let shown = 0;
  const dropped = (end: number): void => {
    for (; shown < end; shown++) {
      const old = before[shown];
      if (old && !kept.has(old)) pairs.push({ before: old });
    }
  };
  for (const patch of after) {
    const old = partner.get(patch);
    if (old) dropped(Math.max(shown, before.indexOf(old)));
    pairs.push(old ? { before: old, after: patch } : { after: patch });
  }
  dropped(before.length);
  return pairs;
}
