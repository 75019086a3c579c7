import { expect, test } from 'vitest';
import { gapsOf, languages } from '../../src/build/translations.mjs';

test('there is a whole second language', () => {
  expect(languages()).toContain('de');
});

test.each(languages())('%s: every word is translated, with the same values, links and commands', (language) => {
  expect(gapsOf(language)).toEqual({ missing: [], leftOver: [], wrong: [] });
});
