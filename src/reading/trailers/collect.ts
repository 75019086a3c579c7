import type { Trailer } from '#mailast';
import { atOnce } from '../at-once.ts';
import { patchText } from './patch-text.ts';
import { MOST_VERSIONS, type Posting, postingsOf } from './postings.ts';
import { namesSender } from './sender.ts';
import { givenTrailers, ownTrailers } from './stated.ts';
import { targetsOf } from './targets.ts';
import type { ThreadMail } from './thread-mail.ts';
import { trailerKey, trailerValue } from './value.ts';

/** A trailer that a patch has, or was given in an answer. */
export interface CollectedTrailer {
  trailer: Trailer;
  /** The mail it stands in. */
  mail: ThreadMail;
}

export interface CollectedPatch {
  patch: ThreadMail;
  /** Its own first, then those that it was given, in the order of the mails; the same one is listed once. */
  trailers: readonly CollectedTrailer[];
  /** Trailers of answers that name somebody else than the sender: they were not taken. */
  mismatched: readonly CollectedTrailer[];
}

export interface CollectedSeries {
  version: number;
  cover?: ThreadMail;
  patches: readonly CollectedPatch[];
}

export interface CollectOptions {
  /** Takes trailers whoever sent them. */
  sloppy?: boolean;
}

/**
 * The trailers of each patch of a thread, by version: its own, those of answers to it, those of answers to the cover letter, and those of answers
 * to the same change in another version.
 */
export function collectTrailers(mails: readonly ThreadMail[], options: CollectOptions = {}): CollectedSeries[] {
  return atOnce(collectInSteps(mails, options));
}

/** The same; pauses after each mail. */
export function* collectInSteps(
  mails: readonly ThreadMail[],
  options: CollectOptions = {},
): Generator<void, CollectedSeries[]> {
  const { given, mismatched } = yield* givenIn(mails, options);
  const postings = postingsOf(mails);
  yield;
  const unchanged = postings.length > 1 ? yield* sameChanges(postings) : new Map<string, ThreadMail[]>();
  const above = (patch: ThreadMail, cover: ThreadMail | undefined, map: ByTarget): CollectedTrailer[] =>
    [patch, ...(unchanged.get(patch.key) ?? []), ...(cover ? [cover] : [])].flatMap(({ key }) => map.get(key) ?? []);
  return postings.map(({ version, cover, patches }) => ({
    version,
    ...(cover ? { cover } : {}),
    patches: [...patches]
      .sort(([a], [b]) => a - b)
      .map(([, patch]) => ({
        patch,
        trailers: withoutRepeats(
          ownTrailers(patch.reading.tree).map((trailer) => ({ trailer, mail: patch })),
          above(patch, cover, given),
        ),
        mismatched: withoutRepeats([], above(patch, cover, mismatched)),
      })),
  }));
}

type ByTarget = Map<string, CollectedTrailer[]>;

function* givenIn(
  mails: readonly ThreadMail[],
  { sloppy }: CollectOptions,
): Generator<void, { given: ByTarget; mismatched: ByTarget }> {
  const targets = targetsOf(mails);
  const given: ByTarget = new Map();
  const mismatched: ByTarget = new Map();
  for (const mail of mails) {
    yield;
    const target = targets.get(mail.key);
    if (!target) continue;
    for (const trailer of givenTrailers(mail.reading.tree)) {
      const value = trailerValue(trailer.value);
      const fits = sloppy || value.person === undefined || namesSender(value, mail.sender);
      add(fits ? given : mismatched, target.key, { trailer, mail });
    }
  }
  return { given, mismatched };
}

function add(map: ByTarget, key: string, one: CollectedTrailer): void {
  const known = map.get(key);
  if (!known) map.set(key, [one]);
  else if (known.length < MOST_GIVEN) known.push(one);
}

/** No mail has more trailers from answers; those of a cover letter count for each patch. */
const MOST_GIVEN = 500;

/** For each patch those of other versions that make the same change. */
function* sameChanges(postings: readonly Posting[]): Generator<void, Map<string, ThreadMail[]>> {
  const byText = new Map<string, ThreadMail[]>();
  for (const patch of new Set(postings.flatMap(({ patches }) => [...patches.values()]))) {
    yield;
    const text = patchText(patch.reading.tree);
    const known = byText.get(text);
    if (!known && text !== '') byText.set(text, [patch]);
    else if (known && known.length < MOST_VERSIONS) known.push(patch);
  }
  const same = new Map<string, ThreadMail[]>();
  for (const patches of byText.values()) {
    for (const patch of patches)
      same.set(
        patch.key,
        patches.filter((other) => other !== patch),
      );
  }
  return same;
}

/** What a patch says twice itself stays as it is. */
function withoutRepeats(own: readonly CollectedTrailer[], given: readonly CollectedTrailer[]): CollectedTrailer[] {
  const keyOf = ({ trailer }: CollectedTrailer): string => trailerKey(trailer.token, trailer.value);
  const seen = new Set(own.map(keyOf));
  return [...own, ...given.filter((one) => !seen.has(keyOf(one)) && seen.add(keyOf(one)))];
}
