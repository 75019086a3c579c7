import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mail, mutated } from '../parse/mail-arbitrary.ts';
import { check, filesOf, how, seed, texts, timeout } from './asking.ts';

const here = import.meta.dirname;
const ours = [...filesOf(join(here, '../parse/fixtures')), ...filesOf(join(here, '../../media/samples'))];
const half = Math.round(texts / 4);

describe('reading made-up mail that something happened to', { timeout }, () => {
  it(`${half} texts made of the pieces of mail`, () => {
    fc.assert(fc.property(mail, how, check), { seed, numRuns: half });
  });

  it(`${half} samples of ours, mutated`, () => {
    expect(ours.length).toBeGreaterThan(5);
    fc.assert(fc.property(mutated(ours, 4000), how, check), { seed: seed + 1, numRuns: half });
  });
});
