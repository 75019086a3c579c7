import type { DiffFile } from '#mailast';

/** How many lines a file's diff adds and takes away. The rest of a line that a mail program has broken is no line. */
export function changesOf(file: DiffFile): { added: number; removed: number } {
  let added = 0;
  let removed = 0;
  for (const hunk of file.children) {
    if (hunk.type !== 'hunk') continue;
    for (const line of hunk.children) {
      if (line.wrapped) continue;
      if (line.change === 'added') added++;
      if (line.change === 'removed') removed++;
    }
  }
  return { added, removed };
}
