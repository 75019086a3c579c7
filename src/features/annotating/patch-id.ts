import { sha256 } from '#annotations';
import { patchOf } from '#reading';
import type { Page } from '../reading.ts';

/**
 * What a patch changes, in one name: the lines that come and go in each file, white space, context and line numbers apart, so
 * that a patch that was only moved has the same one. Absent where the mail brings no diff. Not the id that git computes.
 */
export function patchIdOf(page: Page): string | undefined {
  if (!page.carried.diff) return undefined;
  const changes: string[] = [];
  for (const { before, after, said, hunks } of patchOf('', page.message).files) {
    changes.push(`${before ?? ''} ${after ?? ''}`, ...said);
    for (const { lines } of hunks)
      for (const { mark, text } of lines) if (mark !== ' ') changes.push(mark + text.replace(/\s+/g, ''));
  }
  return changes.length === 0 ? undefined : sha256(changes.join('\n'));
}
