import { join } from 'node:path';
import fc from 'fast-check';
import { describe, it } from 'vitest';
import { mutated } from '../parse/mail-arbitrary.ts';
import { check, filesOf, how, seed, texts, timeout } from './asking.ts';

const corpus = process.env.PATCHGLOSS_CORPUS ?? join(import.meta.dirname, '../../../shared/corpus');
const real = [...filesOf(corpus), ...filesOf(join(corpus, '../seeds'))];
const half = Math.round(texts / 2);

if (real.length === 0 && process.env.CI) throw new Error(`Real mail to mutate is missing: ${corpus}`);
if (real.length === 0) console.warn(`Real mail is not mutated: there is no ${corpus}`);

describe.skipIf(real.length === 0)('reading real mail that something happened to', { timeout }, () => {
  it(`${half} real mails, mutated`, () => {
    fc.assert(fc.property(mutated(real, 4000), how, check), { seed: seed + 2, numRuns: half });
  });
});
