import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lineOfByte } from '../../src/editor/line-of-byte.ts';

test('a line ends at LF, at CRLF, and at a lone CR, as the editor counts them', () => {
  const lineOf = lineOfByte(new TextEncoder().encode('a\nb\r\nc\rd'));
  expect([0, 1, 2, 3, 4, 5, 6, 7, 8].map(lineOf)).toEqual([0, 0, 1, 1, 1, 2, 2, 3, 3]);
});

test('a byte is on the line whose number is the count of line ends before it', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[ab\n\r]{0,60}$/), fc.nat(70), (text, offset) => {
      const at = Math.min(offset, text.length);
      // A CR whose LF comes after the offset has not ended its line yet.
      const before = text.slice(0, at);
      const ends = before.match(/\r\n|\n|\r(?!$)/g)?.length ?? 0;
      const lastCr = before.endsWith('\r') && text[at] !== '\n' ? 1 : 0;
      expect(lineOfByte(new TextEncoder().encode(text))(at)).toBe(ends + lastCr);
    }),
    { seed: 3, numRuns: 500 },
  );
});
