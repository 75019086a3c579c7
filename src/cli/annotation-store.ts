import { readFile } from 'node:fs/promises';
import { type Annotation, emptyStore, mergeStores, parseStore } from '#annotations';
import { changeStoreFile } from '#annotations/node';
import { filesUnder, isFolder, reasonOf } from '#archive/node';
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

/** Adds notes to a file. A note that is there already and says something else is united with it, and that is said. */
export async function addToStore(path: string, notes: readonly Annotation[], output: Output): Promise<void> {
  const before = new Set<string>();
  const said: string[] = [];
  try {
    const { keptAs, damage } = await changeStoreFile(path, undefined, (store) => {
      before.clear();
      for (const { id } of store.annotations) before.add(id);
      const { store: merged, conflicts } = mergeStores(undefined, store, { ...emptyStore(), annotations: notes });
      said.push(...conflicts.flatMap(({ id, message }) => (id === undefined ? [] : [`${id}: ${message}`])));
      return { ...merged, members: store.members };
    });
    if (keptAs !== undefined) output.problem(`${path}: ${damage ?? ''} It was kept as ${keptAs}.`);
  } catch (error) {
    output.problem(`${path}: ${reasonOf(error)}`);
    return;
  }
  for (const one of said) output.note(one);
  const added = notes.filter(({ id }) => !before.has(id)).length;
  await output.line(`${added} of ${notes.length} notes are new in ${path}.`);
}
