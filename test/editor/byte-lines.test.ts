import { expect, test } from 'vitest';
import { byteLines } from '../../src/editor/navigation/byte-lines.ts';

const bytes = new TextEncoder().encode('one\r\ntwo\rthree\nheat\u202e();\nfive\n');

test('a line is shown byte by byte, with those around it', () => {
  expect(byteLines(bytes, 4).split('\n')).toEqual([
    '2',
    '00000005  74 77 6f 0d                                      two.',
    '',
    '3',
    '00000009  74 68 72 65 65 0a                                three.',
    '',
    '4',
    '0000000f  68 65 61 74 e2 80 ae 28 29 3b 0a                 heat...();.',
    '',
    '5',
    '0000001a  66 69 76 65 0a                                   five.',
    '',
  ]);
});

test('a line that is not there has no bytes', () => {
  expect(byteLines(bytes, 6)).toBe('');
  expect(byteLines(new Uint8Array(), 1)).toBe('');
});

test('of a long line so much is shown as can be read', () => {
  const rows = byteLines(new Uint8Array(10_000_000).fill(97), 1).split('\n');
  expect(rows).toHaveLength(2 + 256 + 1);
  expect(rows.at(-2)).toBe('00001000  ...');
});
