import { expect, test } from 'vitest';
import { fieldParameters } from '../../src/decode/parameters.ts';

test.each(['\u00a0', '\f', '\v', '\u2028', '\ufeff', '\t', '\r'])(
  'a field with the white space %j in and around its parameters is read to its end',
  (space) => {
    expect(fieldParameters(`text/plain;${space}charset=utf-8${space}x`).parameters.get('charset')).toMatch(/^utf-8/);
    expect(fieldParameters(`${space}text/plain${space};${space}charset${space}=${space}`).value).toBe('text/plain');
  },
);
