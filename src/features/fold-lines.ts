import type { Fold } from './plain.ts';

/** A fold as an editor has it: from its first line, which stays, to its last one. Lines from 0. */
export interface FoldLines {
  first: number;
  last: number;
  kind: Fold['kind'];
  depth?: number;
}

/**
 * Folds by lines. `pointOf` gives the line of an offset and whether it begins there. Editors have one fold a line, the larger one: what begins on the
 * line of a larger fold folds from its next line on, so that a deep quote folds without the shallow one around it.
 */
export function foldLines(
  folds: readonly Fold[],
  pointOf: (offset: number) => { line: number; character: number },
): FoldLines[] {
  const taken = new Set<number>();
  return folds.flatMap(({ place, kind, depth }) => {
    const end = pointOf(place.end);
    // A place that ends at the start of a line does not hold that line.
    const last = end.character === 0 ? end.line - 1 : end.line;
    let first = pointOf(place.start).line;
    while (first < last && taken.has(first)) first++;
    if (first >= last) return [];
    taken.add(first);
    return [{ first, last, kind, ...(depth === undefined ? {} : { depth }) }];
  });
}

/** The first lines of the quotes that are one deeper than `depth`: with them folded, what is quoted deeper is out of the way. 0 folds all quotes. */
export function quotesBelow(folds: readonly FoldLines[], depth: number): number[] {
  return folds.flatMap((fold) => (fold.kind === 'quote' && fold.depth === depth + 1 ? [fold.first] : []));
}
