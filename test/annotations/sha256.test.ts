import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bodyHash, sha256 } from '#annotations';

test('the hash is the one that sha256sum prints', () => {
  expect(sha256('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});

test('any text has the hash of its UTF-8 bytes, at every length around a block', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
      expect(sha256(text)).toBe(createHash('sha256').update(text, 'utf8').digest('hex'));
    }),
    { seed: 11, numRuns: 400 },
  );
});

test('a lone surrogate counts as U+FFFD, as in every UTF-8 encoder', () => {
  expect(sha256('a\ud800b')).toBe(sha256('a\ufffdb'));
});

test.each([
  ['CRLF', 'One\r\ntwo\r\n'],
  ['a lone CR, which an editor makes a line end', 'One\rtwo\n'],
  ['white space at line ends', 'One \t\ntwo  \n'],
  ['empty lines at the end', 'One\ntwo\n\n \n'],
  ['no line end at the end', 'One\ntwo'],
])('a body has one hash whatever the copy: %s', (_, text) => {
  expect(bodyHash(text)).toBe(bodyHash('One\ntwo\n'));
});

test('a body with another word, indentation or empty line has another hash', () => {
  const hashes = ['One\ntwo', 'One\n two', 'One\n\ntwo', 'One\ntow', ''].map(bodyHash);
  expect(new Set(hashes).size).toBe(hashes.length);
});

test('a megabyte of spaces before a letter is hashed at once', () => {
  expect(bodyHash(`${' '.repeat(1_000_000)}a`)).toHaveLength(64);
});
