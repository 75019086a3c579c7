import { comparePatches, matchInSteps, type NextVersion, type Patch, patchOf, type Round } from '#reading';
import type { Page } from '../reading.ts';

/** So many later postings are looked at for a patch that the next one does not have. */
const MOST_LATER = 3;

/**
 * For each patch of a posting the one that takes its place in the next: of the next posting, or, where that sends only some patches again or the same ones, of one
 * behind it. `rounds` come in the order of their versions. Pauses after each patch.
 */
export function* nextVersions(
  rounds: readonly Round[],
  pageOf: (key: string) => Page | undefined,
): Generator<void, ReadonlyMap<string, NextVersion>> {
  const next = new Map<string, NextVersion>();
  const postings: { round: Round; patches: Patch[] }[] = [];
  for (const round of rounds) {
    const patches: Patch[] = [];
    for (const key of round.parts) {
      const page = pageOf(key);
      if (page && page.kind === 'patch') patches.push(patchOf(key, page.message));
      yield;
    }
    postings.push({ round, patches });
  }
  for (const [index, { round, patches }] of postings.entries()) {
    let open: readonly Patch[] = patches;
    for (const later of postings.slice(index + 1, index + 1 + MOST_LATER)) {
      if (open.length === 0) break;
      open = yield* matched(open, round, later, next, pageOf);
    }
  }
  return next;
}

/** Gives the patches for which a posting behind this one may say more. */
function* matched(
  patches: readonly Patch[],
  { version }: Round,
  { round, patches: others }: { round: Round; patches: readonly Patch[] },
  next: Map<string, NextVersion>,
  pageOf: (key: string) => Page | undefined,
): Generator<void, Patch[]> {
  const open: Patch[] = [];
  for (const { before, after } of yield* matchInSteps(patches, others)) {
    if (!before) continue;
    const key = after?.key ?? round.parts[0] ?? '';
    const interdiff = after ? comparePatches(before, after) : { state: 'dropped' as const, hunks: [] };
    yield;
    const sentAgain = round.version === version && interdiff.state === 'unchanged' && !interdiff.message;
    if (sentAgain || !after) open.push(before);
    // What a posting further on does not have either, the first one says.
    if (after || !next.has(before.key)) next.set(before.key, nextVersion(before.key, key, interdiff, pageOf));
  }
  return open;
}

function nextVersion(
  before: string,
  key: string,
  interdiff: NextVersion['interdiff'],
  pageOf: (key: string) => Page | undefined,
): NextVersion {
  const [older, newer] = [pageOf(before), pageOf(key)];
  const rows = newer?.body.lines.map(({ own, end }) => ({ text: newer.message.text.slice(own, end) })) ?? [];
  return {
    key,
    interdiff,
    rows,
    rowOf: (side, at) => {
      const line = (side === '-' ? older : newer)?.body.point(at)?.line;
      return line === undefined ? undefined : line - 1;
    },
  };
}
