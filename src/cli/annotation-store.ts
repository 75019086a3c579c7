import { readFile } from 'node:fs/promises';
import { type Annotation, parseStore } from '#annotations';
import { reasonOf } from './content.ts';
import { filesUnder, isFolder } from './folder.ts';
import type { Output } from './output.ts';

/** The notes of a file, or of all `.jsonld` files of a folder. What cannot be read of them is a problem, and the rest counts. */
export async function noteStore(path: string, output: Output): Promise<{ annotations: readonly Annotation[] }> {
  const paths = (await isFolder(path))
    ? (await filesUnder(path)).paths.filter((one) => one.endsWith('.jsonld'))
    : [path];
  const annotations = new Map<string, Annotation>();
  for (const one of paths) {
    const found = await notesOf(one, output);
    for (const annotation of found) if (!annotations.has(annotation.id)) annotations.set(annotation.id, annotation);
  }
  return { annotations: [...annotations.values()] };
}

async function notesOf(path: string, output: Output): Promise<readonly Annotation[]> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    output.problem(`${path}: ${reasonOf(error)}`);
    return [];
  }
  const { annotations, damaged, keepAside } = parseStore(text);
  if (keepAside !== undefined) output.problem(`${path}: ${keepAside}`);
  for (const { index, reason } of damaged) output.problem(`${path}: entry ${index + 1} is passed over. ${reason}`);
  return annotations;
}
