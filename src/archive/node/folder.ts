import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** What was found under a folder: the paths of its files, or why a part of it could not be looked at. */
export interface FolderFiles {
  /** Sorted by code units, so that the order does not depend on the reader's language. */
  paths: readonly string[];
  refused: readonly { path: string; refused: string }[];
}

/** More files than these are another kind of archive; a folder of mails has some thousands. */
const MOST_FILES = 200_000;
/** Folders in folders are followed so many levels down. */
const DEEPEST = 64;

/** What mail servers keep beside the mails of a maildir. */
const BOOKKEEPING = /^(?:dovecot|courier)|^(?:maildirfolder|maildirsize|subscriptions)$/;

/**
 * The files in a folder and under it. Hidden files and folders are passed over, but for the folders of a maildir (`.Sent`), and so are what a maildir has not
 * delivered yet (`tmp`) and its server's own files. Links to folders are not followed.
 */
export async function filesUnder(folder: string): Promise<FolderFiles> {
  const paths: string[] = [];
  const refused: { path: string; refused: string }[] = [];
  const folders = [{ path: folder, depth: 0 }];
  for (let next = folders.pop(); next !== undefined; next = folders.pop()) {
    const { path, depth } = next;
    try {
      const { files, inner } = await entriesOf(path);
      for (const file of files) paths.push(file);
      if (depth < DEEPEST) folders.push(...inner.map((one) => ({ path: one, depth: depth + 1 })));
      else if (inner.length > 0)
        refused.push({ path, refused: `the folders in it are more than ${DEEPEST} levels deep` });
    } catch (error) {
      refused.push({ path, refused: `the folder cannot be read (${codeOf(error)})` });
    }
    if (paths.length > MOST_FILES) break;
  }
  if (paths.length > MOST_FILES) {
    refused.push({
      path: folder,
      refused: `there are more than ${MOST_FILES} files in this folder; the others were left`,
    });
  }
  if (paths.length === 0 && refused.length === 0)
    refused.push({ path: folder, refused: 'there is no file in this folder' });
  return { paths: paths.slice(0, MOST_FILES).sort(), refused };
}

async function entriesOf(folder: string): Promise<{ files: string[]; inner: string[] }> {
  const entries = await readdir(folder, { withFileTypes: true });
  const maildir = isMaildir(entries);
  const files: string[] = [];
  const inner: string[] = [];
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.name.startsWith('.') && !(maildir && entry.isDirectory() && (await holdsMaildir(path)))) continue;
    if (entry.isDirectory()) {
      if (!(maildir && entry.name === 'tmp')) inner.push(path);
    } else if (!(maildir && BOOKKEEPING.test(entry.name)) && (await isFile(entry, path))) files.push(path);
  }
  return { files, inner };
}

function isMaildir(entries: readonly Dirent[]): boolean {
  return ['cur', 'new'].every((name) => entries.some((entry) => entry.name === name && entry.isDirectory()));
}

async function holdsMaildir(path: string): Promise<boolean> {
  return readdir(path, { withFileTypes: true }).then(isMaildir, () => false);
}

async function isFile(entry: Dirent, path: string): Promise<boolean> {
  if (!entry.isSymbolicLink()) return entry.isFile();
  // A link that leads nowhere is opened, so that the reader is told.
  return stat(path).then(
    (found) => found.isFile(),
    () => true,
  );
}

export async function isFolder(path: string): Promise<boolean> {
  if (path === '-') return false;
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
