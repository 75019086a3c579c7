import type { GitTable } from './git-table.ts';
import { type ArrayPack, openArrays, type PackedArray, packArrays } from './packed-arrays.ts';
import { Arrays, type JoinedMessages, packedParts } from './packed-parts.ts';
import { areShown } from './shown-fields.ts';

/** What is kept of an archive in repositories of git. */
export interface KeptGit {
  /** The last commit of each repository that was read, oldest repository first. */
  commits: readonly string[];
  table: GitTable;
  joined?: JoinedMessages;
}

export function packGit({ commits, table, joined }: KeptGit): Uint8Array<ArrayBuffer> {
  const { blobs, width, sizes, dates, shown, shownStarts, ids } = table;
  const arrays = new Map<string, PackedArray>([
    ['blobs', blobs],
    ['sizes', sizes],
    ['dates', dates],
    ['shown', shown],
    ['shownStarts', shownStarts],
    ...packedParts(ids, joined),
  ]);
  return packArrays({ about: { commits, width }, arrays });
}

/** What `packGit` packed; absent where the bytes are anything else, damaged, or of another version. */
export function openGit(bytes: Uint8Array): KeptGit | undefined {
  const pack = openArrays(bytes);
  return pack && gitOf(pack);
}

export function gitOf(pack: ArrayPack): KeptGit | undefined {
  const about = aboutOf(pack.about);
  if (!about) return undefined;
  const arrays = new Arrays(pack.arrays);
  const sizes = arrays.f64('sizes');
  const table: GitTable = {
    blobs: arrays.u8('blobs'),
    width: about.width,
    sizes,
    dates: arrays.f64('dates'),
    shown: arrays.u8('shown'),
    shownStarts: arrays.f64('shownStarts'),
    ids: arrays.ids(sizes.length),
  };
  const joined = arrays.joined(sizes.length);
  if (arrays.missing || !isWhole(table)) return undefined;
  return { commits: about.commits, table, ...(joined ? { joined } : {}) };
}

function isWhole(table: GitTable): boolean {
  const count = table.sizes.length;
  return table.blobs.length === count * table.width && table.dates.length === count && areShown(table, count);
}

function aboutOf(about: unknown): { commits: readonly string[]; width: number } | undefined {
  if (typeof about !== 'object' || about === null || !('commits' in about) || !('width' in about)) return undefined;
  const { commits, width } = about;
  if (!Array.isArray(commits) || !commits.every((commit) => typeof commit === 'string')) return undefined;
  return width === 20 || width === 32 ? { commits, width } : undefined;
}
