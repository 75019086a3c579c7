import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Reading, readBytes } from '#features';
import { type Content, readContent } from './content.ts';

/** A file that was named or found in a folder: opened, or why not. */
export type Input = OpenedInput | RefusedInput;

export interface OpenedInput {
  path: string;
  reading: Reading;
  /** The content, decompressed. */
  bytes: Uint8Array;
  /** What went wrong on the way to the content, while the rest of it was read. */
  damage?: string;
}

export interface RefusedInput {
  path: string;
  refused: string;
}

/** The one file of a command that reads one. */
export async function openFile(path: string): Promise<Input> {
  return opened(path, await readContent(path));
}

/** Files in the order given; a folder stands for the files in it and under it, sorted by path. */
export async function openAll(paths: readonly string[]): Promise<Input[]> {
  const inputs: Input[] = [];
  for (const path of paths) {
    if (!(await isFolder(path))) inputs.push(await openFile(path));
    else inputs.push(...(await openFolder(path)));
  }
  return inputs;
}

function opened(path: string, content: Content): Input {
  if ('refused' in content) return { path, refused: content.refused };
  const { bytes, damage } = content;
  return { path, reading: readBytes(bytes), bytes, ...(damage === undefined ? {} : { damage }) };
}

async function isFolder(path: string): Promise<boolean> {
  if (path === '-') return false;
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

async function openFolder(folder: string): Promise<Input[]> {
  const paths: string[] = [];
  const inputs: Input[] = [];
  const folders = [folder];
  for (let next = folders.pop(); next !== undefined; next = folders.pop()) {
    try {
      for (const entry of await readdir(next, { withFileTypes: true })) {
        const path = join(next, entry.name);
        if (entry.name.startsWith('.')) continue;
        // What a maildir has in `tmp` is not delivered yet.
        if (entry.isDirectory() && !(entry.name === 'tmp' && (await isMaildir(next)))) folders.push(path);
        else if (entry.isFile() || (entry.isSymbolicLink() && !(await isFolder(path)))) paths.push(path);
      }
    } catch (error) {
      inputs.push({ path: next, refused: `the folder cannot be read (${codeOf(error)})` });
    }
  }
  // By code units, so that the order does not depend on the reader's language.
  for (const path of paths.sort()) inputs.push(await openFile(path));
  if (inputs.length === 0) inputs.push({ path: folder, refused: 'there is no file in this folder' });
  return inputs;
}

async function isMaildir(folder: string): Promise<boolean> {
  return (await isFolder(join(folder, 'cur'))) && (await isFolder(join(folder, 'new')));
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
