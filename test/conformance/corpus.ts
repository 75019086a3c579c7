import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bytesSource } from '#mailast';
import { type Mailbox, openMailbox } from '#parse';

/** Real inputs with expectations of others stand beside the repository, or where PATCHGLOSS_CORPUS says. */
export const corpus = process.env.PATCHGLOSS_CORPUS ?? join(import.meta.dirname, '../../../shared/corpus');
export const present = existsSync(corpus);

if (!present && process.env.CI) throw new Error(`The conformance data are missing: ${corpus}`);
if (!present) console.warn(`Conformance tests are skipped: there is no ${corpus}`);

export function open(...path: string[]): Mailbox {
  return openMailbox(bytesSource(readFileSync(join(corpus, ...path))));
}

export function expected<Expected>(suite: string): Expected {
  return JSON.parse(readFileSync(join(corpus, suite, 'expected.json'), 'utf8'));
}

export function filesOf(folder: string, ending: string): string[] {
  return readdirSync(join(corpus, folder)).filter((name) => name.endsWith(ending));
}

export interface Case {
  id: string;
  passes: boolean;
  /** What differs, in few words. */
  because?: string;
}

/** Cases where the expectation of others is not ours, each with its reason: what is right, and why. */
export type Deviations = Readonly<Record<string, string>>;

/**
 * Runs a suite, prints `conformance: suite passed/total`, and fails when a case fails that is not named, or when fewer than `floor` pass. Named
 * deviations are counted apart, and one that passes is named for nothing. With PATCHGLOSS_CONFORMANCE=verbose it is printed how each
 * of them differs.
 */
export function suite(name: string, floor: number, cases: () => Case[], deviations: Deviations = {}): void {
  describe.skipIf(!present)(name, () => {
    it(`passes at least ${floor} cases`, () => {
      const all = cases();
      const failed = all.filter((one) => !one.passes);
      const named = failed.filter(({ id }) => id in deviations);
      const apart = named.length === 0 ? '' : `, ${named.length} named`;
      // The form is read by the run of all checks, which prints a table of the suites.
      console.log(`conformance: ${name} ${all.length - failed.length}/${all.length}${apart}`);
      for (const { id } of named) console.log(`deviation: ${name} \u00b7 ${id} \u00b7 ${deviations[id]}`);
      if (process.env.PATCHGLOSS_CONFORMANCE === 'verbose') {
        for (const { id, because } of failed) console.log(`  ${id}: ${deviations[id] ?? because ?? 'differs'}`);
      }
      const others = failed.filter(({ id }) => !(id in deviations));
      expect(others.map(({ id, because }) => `${id}: ${because ?? 'differs'}`)).toEqual([]);
      expect(all.length - failed.length).toBeGreaterThanOrEqual(floor);
      expect(named.map(({ id }) => id).sort()).toEqual(Object.keys(deviations).sort());
    });
  });
}

/** Compares two texts and says in few words how they differ. */
export function same(id: string, actual: string | undefined, wanted: string | undefined): Case {
  if (actual === wanted) return { id, passes: true };
  const a = actual ?? '(nothing)';
  const b = wanted ?? '(nothing)';
  let at = 0;
  while (at < Math.min(a.length, b.length) && a[at] === b[at]) at++;
  const piece = (text: string): string => JSON.stringify(text.slice(Math.max(0, at - 20), at + 50));
  return { id, passes: false, because: `at ${at} reads ${piece(a)}, expected ${piece(b)}` };
}
