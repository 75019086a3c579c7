import fc from 'fast-check';
import { expect, test } from 'vitest';
import { tagsIn } from '#annotations';

test('a tag is a word behind a number sign, in any language', () => {
  expect(tagsIn('Ask again #locking, (#später) and #v2-only; #locking')).toEqual(['locking', 'später', 'v2-only']);
});

test('numbers, headings, links and directives of C are no tags', () => {
  expect(tagsIn('#include <linux/mm.h>\n#1 of #2\n# Heading\n[x](a#b) word#tag\n##two')).toEqual([]);
  expect(tagsIn('see #include')).toEqual(['include']);
});

test('code has no tags', () => {
  expect(tagsIn('`#one` #two\n```\n#three\n~~~\n```\n#four\n~~~c\n#five')).toEqual(['two', 'four']);
});

test('any text has at most twenty tags, and none of them holds a blank', () => {
  fc.assert(
    fc.property(fc.string(), fc.array(fc.constantFrom('#a', ' ', '`', '\n', '```', '#b1')), (text, pieces) => {
      const tags = tagsIn(text + pieces.join(''));
      expect(tags.length).toBeLessThanOrEqual(20);
      for (const tag of tags) expect(tag).toMatch(/^\p{L}[\p{L}\p{N}_-]*$/u);
    }),
    { seed: 11, numRuns: 200 },
  );
  expect(tagsIn('#a'.repeat(100_000) + ' #b'.repeat(100_000))).toEqual(['a', 'b']);
});
