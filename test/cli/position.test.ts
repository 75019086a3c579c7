import fc from 'fast-check';
import { expect, test } from 'vitest';
import { locate, readPosition } from '../../src/cli/position.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const decoded = (part: Uint8Array): string => new TextDecoder('utf-8', { ignoreBOM: true }).decode(part);

test('columns count UTF-16 units: two for a sign beyond the first plane', () => {
  const file = bytes('caf\u00e9 \u{1f600}x\nnext');
  expect(locate(file, { line: 1, column: 4 }).offset).toBe(3);
  expect(locate(file, { line: 1, column: 5 }).offset).toBe(5);
  expect(locate(file, { line: 1, column: 6 }).offset).toBe(6);
  expect(locate(file, { line: 1, column: 7 }).offset).toBe(6);
  expect(locate(file, { line: 1, column: 8 }).offset).toBe(10);
  expect(locate(file, { line: 2, column: 1 }).offset).toBe(12);
});

test('a line ends at LF or CRLF; a lone CR is a column of it; behind its end there is nothing', () => {
  const file = bytes('ab\r\nc\rd\n');
  expect(locate(file, { line: 1, column: 3 }).offset).toBe(2);
  expect(locate(file, { line: 1, column: 4 })).toEqual({ line: 1, column: 4 });
  expect(locate(file, { line: 2, column: 3 }).offset).toBe(6);
  expect(locate(file, { line: 3, column: 1 }).offset).toBe(8);
  expect(locate(file, { line: 4, column: 1 })).toEqual({ line: 4, column: 1 });
});

test('in any bytes a column stands where the decoder of an editor puts it', () => {
  const byte = fc.oneof(
    fc.integer({ min: 0, max: 255 }),
    fc.constantFrom(0xe2, 0x82, 0xac, 0xf0, 0x9f, 0x98, 0x80, 0xed, 0xa0),
  );
  const line = fc
    .array(byte, { maxLength: 40 })
    .map((units) => Uint8Array.from(units.filter((unit) => unit !== 10 && unit !== 13)));
  fc.assert(
    fc.property(line, fc.nat(60), (content, asked) => {
      const file = Uint8Array.from([10, ...content]);
      const text = decoded(content);
      const { offset } = locate(file, { line: 2, column: asked + 1 });
      if (asked > text.length) return offset === undefined;
      // What is decoded before the place is what stands before the column; a low surrogate belongs to the sign it ends.
      const low = /[\udc00-\udfff]/.test(text.charAt(asked)) && asked < text.length;
      return (
        offset !== undefined && decoded(content.subarray(0, offset - 1)) === text.slice(0, low ? asked - 1 : asked)
      );
    }),
    { seed: 20240304, numRuns: 3000 },
  );
});

test('a place is two numbers from 1', () => {
  expect(readPosition('12:5')).toEqual({ line: 12, column: 5 });
  for (const text of ['', '12', '0:1', '1:0', 'a:b', '1:2:3', '-1:2', '1.5:2'])
    expect(() => readPosition(text)).toThrow();
});
