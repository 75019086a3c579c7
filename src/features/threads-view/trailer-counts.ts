import { collectTrailers, threadMail } from '#reading';
import type { Page } from '../reading.ts';

/** How often a patch was given a trailer, in its own mail and in answers. */
export interface TrailerCounts {
  reviewed: number;
  acked: number;
  tested: number;
}

const KINDS: ReadonlyMap<string, keyof TrailerCounts> = new Map([
  ['reviewed-by', 'reviewed'],
  ['acked-by', 'acked'],
  ['tested-by', 'tested'],
]);

/** For each patch of a thread that was given any, by the number of its message. `mails` are all of the thread, in its order. */
export function trailerCounts(mails: readonly { message: number; page: Page }[]): Map<number, TrailerCounts> {
  const known = mails.map(({ message, page }) => threadMail(String(message), page.kind, page.message));
  const counts = new Map<number, TrailerCounts>();
  for (const { patch, trailers } of collectTrailers(known).flatMap(({ patches }) => patches)) {
    const found: TrailerCounts = { reviewed: 0, acked: 0, tested: 0 };
    for (const { trailer } of trailers) {
      const kind = KINDS.get(trailer.token.toLowerCase());
      if (kind) found[kind]++;
    }
    if (found.reviewed + found.acked + found.tested > 0) counts.set(Number(patch.key), found);
  }
  return counts;
}
