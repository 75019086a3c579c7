import { filesUnder, isFolder } from '#archive/node';
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

/** Files in the order given (`namedFiles`), each opened. */
export async function openAll(paths: readonly string[]): Promise<Input[]> {
  const inputs: Input[] = [];
  for (const file of await namedFiles(paths)) inputs.push('refused' in file ? file : await openFile(file.path));
  return inputs;
}

/** Paths in the order given; a folder stands for the files in it and under it, sorted by path. */
export async function namedFiles(paths: readonly string[]): Promise<({ path: string } | RefusedInput)[]> {
  const files: ({ path: string } | RefusedInput)[] = [];
  for (const path of paths) {
    if (await isFolder(path)) {
      const found = await filesUnder(path);
      for (const one of found.paths) files.push({ path: one });
      for (const one of found.refused) files.push(one);
    } else files.push({ path });
  }
  return files;
}

function opened(path: string, content: Content): Input {
  if ('refused' in content) return { path, refused: content.refused };
  const { bytes, damage } = content;
  return { path, reading: readBytes(bytes), bytes, ...(damage === undefined ? {} : { damage }) };
}
