import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { glossary } from '#concepts';
import { costOf } from '../cost.ts';
import { note } from './invented.ts';

const spellings = [
  'PAMT',
  'TD',
  'TD Memory Region',
  'page fault',
  'page fault handler of the guest',
  'RET_PF_*',
  'TDH.MEM.*',
  '#PF',
  'Cc: stable',
  'guard(mutex)',
  'S-EPT',
  'été',
];
const { lexicon } = glossary(spellings.map((spelling, index) => note(`n${index}`, [spelling])));

const pieces = fc.oneof(
  fc.constantFrom(...spellings.flatMap((one) => one.split(/(\W)/))),
  fc.constantFrom(
    ' ',
    '\n',
    '  ',
    '-',
    '.',
    '/',
    '@',
    '()',
    '*',
    '_',
    's',
    'es',
    '://',
    '<',
    '>',
    "'",
    'RET_PF_A',
    'TDs',
  ),
  fc.string({ unit: 'binary', maxLength: 6 }),
);

describe('matches', () => {
  it('lie in the text, in order, apart from each other, and are their slice', () => {
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 60 }), (parts) => {
        const text = parts.join('');
        let free = 0;
        for (const match of lexicon.matches(text)) {
          expect(match.start).toBeGreaterThanOrEqual(free);
          expect(match.end).toBeGreaterThan(match.start);
          expect(match.end).toBeLessThanOrEqual(text.length);
          expect(text.slice(match.start, match.end)).toBe(match.text);
          expect(match.concepts.length).toBeGreaterThan(0);
          free = match.end;
        }
      }),
      { seed: 20230627, numRuns: 2000 },
    );
  });

  it('are found wherever a spelling stands between spaces', () => {
    const plain = spellings.filter((one) => !one.includes('*'));
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('a', 'zone', ',', '(', '[1]')),
        fc.constantFrom(...plain),
        (before, term) => {
          const text = `${before.join(' ')} ${term} after`;
          expect(lexicon.matches(text).map((match) => match.text)).toContain(term);
        },
      ),
      { seed: 20220401, numRuns: 500 },
    );
  });

  it.each([
    ['a long phrase begun again and again', 'page fault handler of the '],
    ['spaces', 'TD          '.repeat(2)],
    ['underscores', '_'],
    ['family prefixes', 'RET_PF_'],
    ['one endless word', 'x'],
    ['slashes', 'a/'],
    ['at signs', 'a@'],
    ['dots', 'TDH.MEM.'],
    ['chained schemes', 'a://'],
  ])('cost no more per character in a long text: %s', (_, unit) => {
    const short = unit.repeat(Math.ceil(200_000 / unit.length));
    const long = short.repeat(8);
    lexicon.matches(short);
    const [once, eight] = [short, long].map((text) => costOf(() => lexicon.matches(text)));
    // Quadratic cost would be 64 times as much.
    expect(eight).toBeLessThan(Math.max(once ?? 0, 5) * 30);
  });
});
