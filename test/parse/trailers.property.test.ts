import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Trailer, textSource, walk } from '#mailast';
import { openMailbox } from '#parse';
import { readChecked } from './invariants.ts';
import { printFlow } from './print.ts';

const name = fc.constantFrom('Ada Example', 'Ben A. Sample', 'Ünal O’Tee', '"Example, Ada"', 'kettle test robot');
const address = fc.constantFrom(
  '<ada@example.org>',
  'ben+list@sub.example.org',
  '<ada@example.org<mailto:ada@example.org>>',
);
const token = fc.constantFrom('Signed-off-by', 'acked-by', 'Co-developed-by', 'REPORTED-BY', 'Foo-bar-by');
const person = fc
  .tuple(token, fc.constantFrom('', ' '), name, address, fc.constantFrom('', ' # v1', ' (tea)', '   '))
  .map(([word, space, who, where, behind]) => `${word}${space}: ${who} ${where}${behind}`);
const reference = fc.constantFrom(
  'Fixes: 0123456789ab ("tea: warm")',
  'Fixes: 0123456789ab ("tea: warm\nthe pot")',
  'Link:\nhttps://example.org/r/1',
  'Closes: https://example.org/1 [1]',
  'Cc: stable@example.org # 5.10+',
  'Upstream-Status: none',
);
const between = fc.constantFrom(
  '[ben: reworded]',
  '[ada: a note\n of two lines]',
  '  goes on',
  '(cherry picked from commit 0123456789)',
  '',
);
const other = fc.constantFrom(
  'Note: this is prose',
  'Looks good.',
  '> quoted',
  '[1] https://example.org',
  'From: x',
  'Subject: y',
);
const lines = fc.array(fc.oneof({ weight: 5, arbitrary: person }, reference, between, other), { maxLength: 14 });

function trailersOf(body: string): { text: string; trailers: Trailer[] } {
  const source = textSource(`From: Ada Example <ada@example.org>\nSubject: tea\n\n${body}`);
  const { tree, text } = openMailbox(source).message(0);
  const trailers: Trailer[] = [];
  walk(tree, (node) => {
    if (node.type === 'trailer') trailers.push(node);
    return undefined;
  });
  return { text, trailers };
}

describe('trailers, whatever stands around them', () => {
  it('say what is written: a token and a value are slices of the text, lines joined by a space', () => {
    fc.assert(
      fc.property(lines, (written) => {
        const { text, trailers } = trailersOf(written.join('\n'));
        for (const { token: word, value, position } of trailers) {
          const slice = text.slice(position.start.offset, position.end.offset);
          const said = slice
            .split('\n')
            .map((line) => line.replace(/^[> ]*/, '').trim())
            .join(' ');
          expect(said.slice(0, word.length)).toBe(word);
          expect(said.slice(word.length).replace(/^\s*:\s*/, '')).toBe(value);
          expect(value).not.toBe('');
        }
      }),
      { seed: 20230706, numRuns: 1500 },
    );
  });

  it('are all found when they have an address, wherever they stand', () => {
    fc.assert(
      fc.property(lines, person, lines, (above, one, below) => {
        const body = [...above, '', one, '', ...below].join('\n');
        const { trailers } = trailersOf(body);
        const [word = '', said = ''] = one.split(/\s*:\s(.*)/);
        expect(trailers.map(({ token: found, value }) => `${found}: ${value}`)).toContain(`${word}: ${said.trim()}`);
      }),
      { seed: 20230707, numRuns: 500 },
    );
  });

  it('make sound trees of any lines with colons and brackets', () => {
    const word = fc.constantFrom(
      '-by',
      ':',
      ': ',
      '[',
      ']',
      '(',
      ')',
      '<',
      '>',
      '@',
      'a',
      'Fixes',
      'Cc',
      '0123456789',
      '\n',
      ' ',
      '\t',
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 80 }), (words) => {
        readChecked(textSource(`Subject: tea\n\n${words.join('')}`)).messages.map(printFlow);
      }),
      { seed: 20230708, numRuns: 1500 },
    );
  });
});
