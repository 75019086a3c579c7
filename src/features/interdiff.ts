import {
  atOnce,
  comparePatches,
  type Interdiff,
  type InterdiffLine,
  matchInSteps,
  type Patch,
  type PatchState,
  patchOf,
  seriesOf,
  type TextChange,
} from '#reading';
import { keyOf } from './answers/threads.ts';
import type { Page, Reading } from './reading.ts';

/** One line of a patch in one of its versions. */
export interface PlacedLine {
  side: InterdiffLine['side'];
  mark: InterdiffLine['mark'];
  text: string;
  /** The line of the mail's text, from 1: of the older mail when it went, else of the newer one. */
  line?: number;
}

/** What became of a patch. Keys are those of its mails. */
export interface PatchDiff {
  before?: string;
  after?: string;
  subject: string;
  state: PatchState;
  hunks: {
    path: string;
    section?: string;
    said?: { before: readonly string[]; after: readonly string[] };
    lines: PlacedLine[];
  }[];
  subjectBefore?: string;
  message?: TextChange;
  trailers?: { added: readonly string[]; removed: readonly string[] };
  because?: string;
}

/** One version of a series, taken from a source. */
export interface SeriesVersion {
  version: number;
  mails: readonly { key: string; page: Page }[];
}

/** The versions of patches that some sources hold, the oldest first. Keys name the sources by their place among them, from `firstFile`. */
export function versionsIn(readings: readonly Pick<Reading, 'messages' | 'page'>[], firstFile = 0): SeriesVersion[] {
  const versions = new Map<number, { key: string; page: Page; part: number }[]>();
  for (const [file, reading] of readings.entries()) {
    for (let index = 0; index < reading.messages; index++) {
      const page = reading.page(index);
      if (!page || !bringsPatch(page)) continue;
      const place = page.subject === undefined ? undefined : seriesOf(page.subject, true);
      const version = place?.version ?? 1;
      const known = versions.get(version) ?? [];
      versions.set(version, known);
      known.push({ key: keyOf(firstFile + file, index), page, part: place?.part ?? known.length });
    }
  }
  return [...versions]
    .sort(([one], [other]) => one - other)
    .map(([version, mails]) => ({ version, mails: mails.sort((one, other) => one.part - other.part) }));
}

/** A patch that was posted, or a diff without a mail around it; not a remark that shows one. */
function bringsPatch({ kind, carried }: Page): boolean {
  return kind === 'patch' || (kind === 'other' && carried.diff);
}

/** What changed from one version of a series to another one. */
export function compareVersions(before: SeriesVersion, after: SeriesVersion): PatchDiff[] {
  return atOnce(compareInSteps(before, after));
}

/** The same; pauses after each patch that it looks at. */
export function* compareInSteps(before: SeriesVersion, after: SeriesVersion): Generator<void, PatchDiff[]> {
  const pages = new Map([...before.mails, ...after.mails].map(({ key, page }) => [key, page]));
  const olds = yield* patchesIn(before);
  const news = yield* patchesIn(after);
  const diffs: PatchDiff[] = [];
  for (const { before: old, after: now } of yield* matchInSteps(olds, news)) {
    diffs.push(old && now ? patchDiff(comparePatches(old, now), old, now, pages) : aloneIn(old, now));
    yield;
  }
  return diffs;
}

function* patchesIn({ mails }: SeriesVersion): Generator<void, Patch[]> {
  const patches: Patch[] = [];
  for (const { key, page } of mails) {
    patches.push(patchOf(key, page.message));
    yield;
  }
  return patches;
}

function aloneIn(old: Patch | undefined, now: Patch | undefined): PatchDiff {
  return {
    ...(old ? { before: old.key } : {}),
    ...(now ? { after: now.key } : {}),
    subject: (old ?? now)?.subject ?? '',
    state: old ? 'dropped' : 'new',
    hunks: [],
  };
}

function patchDiff(
  { hunks, subject, ...rest }: Interdiff,
  old: Patch,
  now: Patch,
  pages: ReadonlyMap<string, Page>,
): PatchDiff {
  const placed = ({ side, mark, text, at }: InterdiffLine): PlacedLine => {
    const line = pages.get(side === '-' ? old.key : now.key)?.body.point(at)?.line;
    return { side, mark, text, ...(line === undefined ? {} : { line }) };
  };
  return {
    before: old.key,
    after: now.key,
    subject: now.subject,
    ...(subject ? { subjectBefore: subject.before } : {}),
    ...rest,
    hunks: hunks.map(({ lines, ...hunk }) => ({ ...hunk, lines: lines.map(placed) })),
  };
}
