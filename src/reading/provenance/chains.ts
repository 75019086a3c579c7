import type { Run } from './runs.ts';

/** So many words may differ between two runs that belong together: a word that somebody changed, a name that was masked. */
export const GAP = 6;

/** Runs that follow each other closely in both texts: a passage in which a few words may differ. */
export interface Chain {
  runs: Run[];
  /** How many words are the same. */
  words: number;
}

/** `runs` stand in the order of the quoted text. Only chains that end near are looked at. */
export function chainsOf(runs: readonly Run[]): Chain[] {
  const chains: Chain[] = [];
  let open: Chain[] = [];
  for (const run of runs) {
    open = open.filter((chain) => run.quoted - quotedEnd(chain) <= GAP);
    const before = open.find((chain) => follows(run, chain));
    if (before) {
      before.runs.push(run);
      before.words += run.length;
      continue;
    }
    const chain = { runs: [run], words: run.length };
    chains.push(chain);
    open.push(chain);
  }
  return chains;
}

function follows(run: Run, chain: Chain): boolean {
  const last = chain.runs.at(-1);
  if (!last) return false;
  const inQuoted = run.quoted - (last.quoted + last.length);
  const inSource = run.source - (last.source + last.length);
  return inQuoted >= 0 && inSource >= 0 && inSource <= GAP && inQuoted <= GAP;
}

/** Behind the last word of the quoted text that belongs to the passage. */
export function quotedEnd({ runs }: Chain): number {
  const last = runs.at(-1);
  return last ? last.quoted + last.length : 0;
}

export function quotedStart({ runs: [first] }: Chain): number {
  return first?.quoted ?? 0;
}
