import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesSource, textSource } from '#mailast';
import { readChecked } from './invariants.ts';
import { mail, mutated } from './mail-arbitrary.ts';

/** Texts as latin-1, one unit a byte. */
function textsIn(folder: string, depth: number): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true, recursive: depth > 0 })
    .filter((entry) => entry.isFile() && !/\.(?:json|md|txt\.snap)$|^(?:tree|complaints)\.txt$/.test(entry.name))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'));
}

function check(text: string): void {
  readChecked(textSource(text));
  readChecked(bytesSource(Buffer.from(text, 'utf8')));
  readChecked(bytesSource(Buffer.from(text, 'latin1')));
}

const shared = join(import.meta.dirname, '../../../shared');
const real = [...textsIn(join(shared, 'seeds'), 0), ...textsIn(join(shared, 'corpus'), 1)];

/** Every run reads its text from three sources; a busy machine takes its time. */
const timeout = 120_000;

describe('whatever the text, its tree is sound and every place in it leads back to the source', { timeout }, () => {
  it('for texts made of the pieces of mail', () => {
    fc.assert(fc.property(mail, check), { seed: 20230703, numRuns: 1200 });
  });

  it('for our fixtures with pieces cut out, doubled, put in and turned around', () => {
    const fixtures = textsIn(join(import.meta.dirname, 'fixtures'), 1);
    expect(fixtures.length).toBeGreaterThan(5);
    fc.assert(fc.property(mutated(fixtures), check), { seed: 20230704, numRuns: 800 });
  });

  if (real.length === 0 && process.env.CI) throw new Error(`Real mail to mutate is missing: ${shared}`);
  it.skipIf(real.length === 0)('for real mail as it is (../shared)', () => {
    for (const text of real) readChecked(bytesSource(Buffer.from(text, 'latin1')));
  });

  it.skipIf(real.length === 0)('for real mail (../shared) with the same damage', () => {
    fc.assert(fc.property(mutated(real), check), { seed: 20230705, numRuns: 1000 });
  });
});
