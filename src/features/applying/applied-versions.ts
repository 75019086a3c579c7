import { commitOf } from '#reading';
import type { SeriesVersion } from '../interdiff.ts';
import { pathInside } from '../source-path.ts';
import { namedCommits, type ScratchGit, tryPatch } from './apply.ts';

/** A file that two versions of a series leave behind differently; absent on a side that has no such file. */
export interface AppliedFile {
  path: string;
  before?: string;
  after?: string;
}

export interface AppliedVersions {
  /** What both were put on: a commit, or nothing but the files that the patches name. */
  base?: string;
  files: readonly AppliedFile[];
}

/** Larger comparisons are shown as patches. */
const MOST_FILES = 300;

/**
 * The files after each of two versions, both put on the same base, so that what only moved there is no difference: the commit that the newer version names, else that of the older one, else
 * the files that the `index` lines of the patches name. Absent where the repository has no such base, and where a version does not apply to it.
 */
export async function appliedVersions(
  before: SeriesVersion,
  after: SeriesVersion,
  git: ScratchGit,
): Promise<AppliedVersions | undefined> {
  for await (const base of bases(before, after, git)) {
    const [old, now] = [await treeAfter(before, base.tree, git), await treeAfter(after, base.tree, git)];
    const files = old !== undefined && now !== undefined ? await differing(old, now, git) : undefined;
    if (files) return { files, ...(base.commit === undefined ? {} : { base: base.commit }) };
  }
  return undefined;
}

/** Whether the patches say at all what they were made from. */
export function namesBase({ mails }: SeriesVersion): boolean {
  const pages = mails.map(({ page }) => page);
  return namedCommits(pages).base !== undefined || pages.some(({ message }) => INDEX.test(commitOf(message).patch));
}

interface Base {
  tree: string;
  commit?: string;
}

async function* bases(before: SeriesVersion, after: SeriesVersion, git: ScratchGit): AsyncGenerator<Base> {
  const named = [after, before].map(({ mails }) => namedCommits(mails.map(({ page }) => page)).base);
  for (const name of new Set(named)) {
    const commit = name === undefined ? undefined : await objectOf(`${name}^{commit}`, git);
    if (commit !== undefined) yield { tree: commit, commit };
  }
  const tree = await treeOfBlobs(before, after, git);
  if (tree !== undefined) yield { tree };
}

async function objectOf(name: string, git: ScratchGit): Promise<string | undefined> {
  const { status, stdout } = await git.run(['rev-parse', '--verify', '--quiet', name]);
  return status === 0 ? stdout.trim() : undefined;
}

/** The tree that a version leaves behind; absent when one of its patches does not apply, not even by a merge. */
async function treeAfter({ mails }: SeriesVersion, base: string, git: ScratchGit): Promise<string | undefined> {
  if ((await git.run(['read-tree', base])).status !== 0) return undefined;
  for (const { key, page } of mails) if ((await tryPatch(git, key, page)).state === 'fails') return undefined;
  const { status, stdout } = await git.run(['write-tree']);
  return status === 0 ? stdout.trim() : undefined;
}

const INDEX = /^index ([0-9a-f]{7,64})\.\.[0-9a-f]{7,64}(?: (100644|100755))?$/m;

interface BaseBlob {
  id: string;
  mode: string;
}

/** A tree of the files that the patches name by their blobs; those of the newer version count first. Absent when one of them is not there. */
async function treeOfBlobs(before: SeriesVersion, after: SeriesVersion, git: ScratchGit): Promise<string | undefined> {
  const blobs = new Map([...blobsOf(before), ...blobsOf(after)]);
  if (blobs.size === 0 || blobs.size > MOST_FILES) return undefined;
  if ((await git.run(['read-tree', '--empty'])).status !== 0) return undefined;
  for (const [path, { id, mode }] of blobs) {
    if (/^0+$/.test(id)) continue;
    const blob = await objectOf(`${id}^{blob}`, git);
    if (blob === undefined) return undefined;
    const added = await git.run(['update-index', '--add', '--cacheinfo', `${mode},${blob},${path}`]);
    if (added.status !== 0) return undefined;
  }
  const { status, stdout } = await git.run(['write-tree']);
  return status === 0 ? stdout.trim() : undefined;
}

/** What each file was before the first patch that touches it. */
function blobsOf({ mails }: SeriesVersion): Map<string, BaseBlob> {
  const blobs = new Map<string, BaseBlob>();
  for (const { page } of mails) {
    for (const file of commitOf(page.message).patch.split(/^(?=diff --git )/m)) {
      const [, id, mode = '100644'] = INDEX.exec(file) ?? [];
      const path = /^--- a\/(.+)$/m.exec(file)?.[1] ?? /^\+\+\+ b\/(.+)$/m.exec(file)?.[1];
      if (id === undefined || path === undefined || !pathInside(path) || blobs.has(path)) continue;
      blobs.set(path, { id, mode });
    }
  }
  return blobs;
}

async function differing(old: string, now: string, git: ScratchGit): Promise<AppliedFile[] | undefined> {
  const { status, stdout } = await git.run(['diff-tree', '-r', '-z', '--no-renames', '--raw', old, now]);
  if (status !== 0) return undefined;
  // `:100644 100644 HASH HASH M`, NUL, the path, NUL.
  const parts = stdout.split('\0');
  if (parts.length > 2 * MOST_FILES + 1) return undefined;
  const files: AppliedFile[] = [];
  for (let at = 0; at + 1 < parts.length; at += 2) {
    const [, , was = '', is = ''] = parts[at]?.split(' ') ?? [];
    const path = parts[at + 1] ?? '';
    const [before, after] = [await contentOf(was, git), await contentOf(is, git)];
    files.push({ path, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) });
  }
  return files;
}

async function contentOf(blob: string, git: ScratchGit): Promise<string | undefined> {
  if (/^0*$/.test(blob)) return undefined;
  const { status, stdout } = await git.run(['cat-file', 'blob', blob]);
  return status === 0 ? stdout : undefined;
}
