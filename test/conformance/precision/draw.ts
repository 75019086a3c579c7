import { mailFiles, type Shown, shownIn } from './places.ts';

/** How many rows of messages that are not about KVM or confidential guests, and how many of those that are. */
const rowsElsewhere = 240;
const rowsAtHome = 220;
/** So that a frequent term does not fill the sample. */
const mostOfAConcept = 6;
const mostOfAConceptElsewhere = 3;
/** Nor a long thread. */
const mostOfAFile = 60;

/** A sample of the terms that readers see, the same for the same seed and the same notes. */
export function drawSample(seed: number): Shown[] {
  const all = shuffled(
    mailFiles().flatMap((file) => [...shownIn(file)]),
    seed,
  );
  const counts = new Map<string, number>();
  const surroundings = new Set<string>();
  const take = (home: boolean, rows: number, most: number): Shown[] => {
    const taken: Shown[] = [];
    for (const one of all) {
      if (one.home !== home || taken.length === rows) continue;
      const concept = one.concepts[0] ?? '';
      const [ofConcept, ofFile] = [counts.get(concept) ?? 0, counts.get(one.file) ?? 0];
      // What answers quote is the same place again.
      if (ofConcept >= most || ofFile >= mostOfAFile || surroundings.has(one.around)) continue;
      counts.set(concept, ofConcept + 1).set(one.file, ofFile + 1);
      surroundings.add(one.around);
      taken.push(one);
    }
    return taken;
  };
  const elsewhere = take(false, rowsElsewhere, mostOfAConceptElsewhere);
  return [...elsewhere, ...take(true, rowsAtHome, mostOfAConcept)];
}

/** Fisher and Yates, with a small generator (mulberry32) that a seed starts. */
function shuffled<Value>(values: readonly Value[], seed: number): Value[] {
  const deck = [...values];
  let state = seed | 0;
  const random = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  for (let at = deck.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    const [one, two] = [deck[at], deck[other]];
    if (one === undefined || two === undefined) continue;
    [deck[at], deck[other]] = [two, one];
  }
  return deck;
}
