import type { Construct, Run } from '../construct.ts';

/** Which commit of one version is which of the other: `1:  hash ! 2:  hash title`; dashes where there is none. */
const PAIR =
  /^ {0,4}(?:\d{1,5}|-): {1,8}(?:[0-9a-f]{7,64}|-{7,64}) [=!<>] {1,8}(?:\d{1,5}|-): {1,8}(?:[0-9a-f]{7,64}|-{7,64})(?: |$)/;

/**
 * What `git range-diff` prints: a comparison of two versions of a series, with diffs of diffs indented below. It looks like a patch and is none.
 *
 *     1:  0123456789ab ! 1:  ba9876543210 tea: warm the pot
 *         @@ tea.c: int boil(void)
 *         -	cold(k);
 *         ++	hot(k);
 *     -:  ------------ > 2:  abcdef012345 tea: pour
 */
export const rangeDiff: Construct = {
  name: 'rangeDiff',
  read(run, line) {
    if (!beginsRangeDiff(run, line)) return undefined;
    let to = line + 1;
    for (let next = to; next < run.to; next++) {
      if (goesOn(run, next)) to = next + 1;
      else if (!run.heads.blank(next)) break;
    }
    return {
      node: { type: 'listing', position: run.placing.span(line, to), children: run.placing.lines(line, to) },
      next: to,
    };
  },
};

export function beginsRangeDiff(run: Run, line: number): boolean {
  const { heads } = run;
  const first = heads.text.charCodeAt(heads.start(line));
  // A space, a dash, a digit.
  if (first !== 32 && first !== 45 && (first < 48 || first > 57)) return false;
  return PAIR.test(heads.own(line).slice(0, 200));
}

/** Indented by four or more, or the next pair. */
function goesOn(run: Run, line: number): boolean {
  return (!run.heads.blank(line) && run.heads.own(line).startsWith('    ')) || beginsRangeDiff(run, line);
}
