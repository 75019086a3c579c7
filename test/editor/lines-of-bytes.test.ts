import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lineOfByte } from '../../src/editor/line-of-byte.ts';
import { LinesOfBytes } from '../../src/editor/threads/lines-of-bytes.ts';

const unitsOf = (text: string) => ({
  length: text.length,
  slice: (start: number, end: number) => text.slice(start, end),
});
const bytesOf = (text: string) => Uint8Array.from(text, (unit) => unit.charCodeAt(0));

describe('the lines of a large file', () => {
  test('are those of a small one, also where a piece ends between CR and LF', async () => {
    const filler = 'x'.repeat(2 ** 20 - 3);
    const piece = fc.constantFrom('\n', '\r', '\r\n', 'ab', '\n\r', filler);
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { minLength: 1, maxLength: 6 }), fc.nat(), async (pieces, at) => {
        const text = pieces.join('');
        const unit = at % (text.length + 1);
        const expected = lineOfByte(bytesOf(text))(unit);
        // Between CR and LF there is no line of its own.
        if (text[unit] === '\n' && text[unit - 1] === '\r') return;
        expect(await new LinesOfBytes(unitsOf(text)).at(unit)).toBe(expected);
      }),
      { seed: 4, numRuns: 30 },
    );
  });

  test('are asked in any order', async () => {
    const text = `${'a'.repeat(99)}\n`.repeat(50_000);
    const lines = new LinesOfBytes(unitsOf(text));
    expect(await Promise.all([4_999_900, 0, 100, 2_500_050].map((unit) => lines.at(unit)))).toEqual([
      49_999, 0, 1, 25_000,
    ]);
  });
});
