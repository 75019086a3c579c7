import { commitSubject, type Patch, patchOf, seriesOf } from '#reading';
import { keyOf } from '../answers/threads.ts';
import { compareInSteps, type PatchDiff, type SeriesVersion } from '../interdiff.ts';
import type { Reading } from '../reading.ts';
import { indexOf } from './argument.ts';
import { threadsIn } from './threads.ts';

/** One posting of a patch or a series. Keys name the sources by their place among those that were asked about. */
export interface PostedVersion extends SeriesVersion {
  /** Of its cover letter, else of its first patch; without prefix. */
  subject: string;
  author?: string;
  /** Names the thread it was posted in. */
  thread: string;
  /** All its messages, the cover letter too. */
  keys: readonly string[];
}

/** The postings in a source, in the order of their threads and versions. Pauses after each message. */
export function* postedVersions(reading: Reading, file: number): Generator<void, PostedVersion[]> {
  const { threads } = yield* threadsIn(reading);
  const found: PostedVersion[] = [];
  for (const { root, messages } of threads) {
    const versions = new Map<number, Draft>();
    for (const key of messages) {
      addTo(versions, reading, file, indexOf(key));
      yield;
    }
    const thread = keyOf(file, indexOf(root));
    for (const draft of [...versions.values()].sort((one, other) => one.version - other.version))
      if (draft.mails.length > 0) found.push(posted(draft, thread));
  }
  return found;
}

interface Draft {
  version: number;
  mails: (SeriesVersion['mails'][number] & { part: number })[];
  cover?: { key: string; subject: string };
}

function addTo(versions: Map<number, Draft>, reading: Reading, file: number, index: number): void {
  const page = reading.page(index);
  const isPatch = page?.kind === 'patch' || (page?.kind === 'other' && page.carried.diff);
  if (!page || !(isPatch || page.kind === 'cover')) return;
  const place = page.subject === undefined ? undefined : seriesOf(page.subject, true);
  const version = place?.version ?? 1;
  const draft = versions.get(version) ?? { version, mails: [] };
  versions.set(version, draft);
  const key = keyOf(file, index);
  if (isPatch) draft.mails.push({ key, page, part: place?.part ?? draft.mails.length + 1 });
  else draft.cover = { key, subject: commitSubject(page.subject ?? '') };
}

function posted({ version, mails, cover }: Draft, thread: string): PostedVersion {
  const sorted = mails.sort((one, other) => one.part - other.part);
  const [first] = sorted;
  const author = first?.page.voices.author;
  return {
    version,
    mails: sorted.map(({ key, page }) => ({ key, page })),
    subject: cover?.subject ?? commitSubject(first?.page.subject ?? ''),
    ...(author === undefined ? {} : { author }),
    thread,
    keys: [...(cover ? [cover.key] : []), ...sorted.map(({ key }) => key)],
  };
}

/** Two versions of the same patches and what became of each patch. */
export interface ComparedVersions {
  before: PostedVersion;
  after: PostedVersion;
  patches: readonly PatchDiff[];
}

/** Postings that are looked at as versions of one; each is compared patch by patch. */
const MOST_COMPARED = 20;

/**
 * The posting that message `key` belongs to, compared with each that is another version of it, the nearest version first. Of a message that is no patch the
 * newest posting of its thread (`thread`: the keys of all its messages) is meant. Postings with a message that is `linked` are versions in any case. Pauses after each patch.
 */
export function* comparedVersions(
  all: readonly PostedVersion[],
  key: string,
  thread: readonly string[],
  linked: ReadonlySet<string> = new Set(),
): Generator<void, ComparedVersions[]> {
  const wanted = all.find(({ keys }) => keys.includes(key)) ?? all.findLast((one) => thread.includes(one.thread));
  if (!wanted) return [];
  const isLinked = ({ keys }: PostedVersion): boolean => keys.some((one) => linked.has(one));
  const near = withoutCopies(all, wanted)
    .filter((one) => one !== wanted)
    .map((one) => ({ one, likeness: isLinked(one) ? BY_HAND : likeness(one, wanted) }))
    // The same version again is one only where it is the same series that was sent again.
    .filter((entry) => entry.likeness >= (entry.one.version === wanted.version ? SAME_SUBJECT : 1))
    .sort((first, second) => second.likeness - first.likeness)
    .slice(0, MOST_COMPARED);
  const found: ComparedVersions[] = [];
  for (const { one } of near) {
    const isOlder =
      one.version < wanted.version || (one.version === wanted.version && all.indexOf(one) < all.indexOf(wanted));
    const [before, after] = isOlder ? [one, wanted] : [wanted, one];
    const patches = yield* compareInSteps(before, after);
    if (isLinked(one) || patches.some((patch) => patch.before !== undefined && patch.after !== undefined))
      found.push({ before, after, patches });
    yield;
  }
  // What was sent again under the same number comes last.
  const distance = ({ before, after }: ComparedVersions): number => after.version - before.version || MOST_COMPARED;
  return found.sort((one, other) => distance(one) - distance(other));
}

/** Mails that several sources hold count once. */
function withoutCopies(all: readonly PostedVersion[], wanted: PostedVersion): PostedVersion[] {
  const idOf = ({ mails: [first] }: PostedVersion): string | undefined => first?.page.fields.get('message-id')?.[0];
  const seen = new Set([idOf(wanted)]);
  return all.filter((one) => {
    const id = idOf(one);
    if (one === wanted || id === undefined) return true;
    if (seen.has(id)) return false;
    seen.add(id);
    return true;
  });
}

const SAME_SUBJECT = 4;
/** More than all that postings tell of themselves. */
const BY_HAND = 100;

/** How much speaks for two postings being versions of one, before their patches are looked at: subjects, the thread, who posted them. */
function likeness(one: PostedVersion, other: PostedVersion): number {
  const titles = new Set(other.mails.map(({ page }) => commitSubject(page.subject ?? '')));
  const same = one.mails.some(({ page }) => titles.has(commitSubject(page.subject ?? '')));
  return (
    (same || one.subject === other.subject ? SAME_SUBJECT : 0) +
    (one.thread === other.thread ? 2 : 0) +
    (one.author !== undefined && one.author === other.author ? 1 : 0)
  );
}

/**
 * A patch as a text to compare with another version of it: its message, then each file with its hunks. Hunks are without the numbers of lines, for these differ
 * when something else moved. Absent where there is no such message.
 */
export function patchText(reading: Reading, message: number): string | undefined {
  const page = reading.page(message);
  if (!page) return undefined;
  const { subject, message: words, trailers, files } = patchOf(keyOf(0, message), page.message);
  const lines = [subject, '', ...words, ...(trailers.length > 0 ? ['', ...trailers] : []), ''];
  return `${[...lines, ...files.flatMap(fileLines)].join('\n')}\n`;
}

function fileLines({ before, after, said, hunks }: Patch['files'][number]): string[] {
  return [
    `--- ${before ?? '/dev/null'}`,
    `+++ ${after ?? '/dev/null'}`,
    ...said,
    ...hunks.flatMap(({ section, lines }) => [
      section === undefined || section === '' ? '@@' : `@@ ${section.trim()}`,
      ...lines.map(({ mark, text }) => `${mark}${text}`),
    ]),
  ];
}
