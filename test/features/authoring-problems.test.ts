import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type KnownNotes, type NoteProblem, noteProblems } from '#features/authoring';
import { fixed, ours, withOwn } from './authoring.ts';

const good = `---
title: Teapot
field: tea
terms: [teapot]
sources: ["Ada Ament, 4 Mar 2024"]
---
What it is made in, see [PAMT](concept:pamt).
`;

const path = '.patchgloss/notes/teapot.md';

function problemsOf(text: string, known: KnownNotes = ours): NoteProblem[] {
  return noteProblems({ text, path }, known);
}

/** Each problem as `code: the text it stands at`. */
function told(text: string, known?: KnownNotes): string[] {
  return problemsOf(text, known).map(({ code, place }) => `${code}: ${text.slice(place.start, place.end)}`);
}

function fixesOf(text: string, code: string, known?: KnownNotes) {
  return problemsOf(text, known).find((problem) => problem.code === code)?.fixes ?? [];
}

describe('a note that is right', () => {
  test('has nothing to say about it', () => {
    expect(told(good)).toEqual([]);
  });
});

describe('a mistake stands at its place', () => {
  test.each([
    ['a key that there is not', good.replace('field', 'feild'), 'unknown-key: feild'],
    ['a version without quotes', good.replace('terms', 'since: 6.10\nterms'), 'quote: 6.10'],
    ['a link to a note that there is not', good.replace('concept:pamt', 'concept:pammt'), 'link: concept:pammt'],
    [
      'a link to a scenario that there is not',
      good.replace('concept:pamt', 'simulator:tdmr-pamt/one-chnk'),
      'link: simulator:tdmr-pamt/one-chnk',
    ],
    ['a simulator', good.replace('terms', 'simulator: tdmr-pmat\nterms'), 'unknown-simulator: tdmr-pmat'],
    [
      'a scenario',
      good.replace('terms', 'simulator: tdmr-pamt\nscenarios:\n  - id: one-chnk\nterms'),
      'unknown-scenario: one-chnk',
    ],
    ['a related note', good.replace('terms', 'related: [tdrm]\nterms'), 'related: tdrm'],
    ['a list without brackets', good.replace('[teapot]', 'teapot'), 'list: teapot'],
    ['a spelling that another note has', good.replace('[teapot]', '[teapot, PAMT]'), 'shared-spelling: PAMT'],
    ['no source', good.replace(/sources.*\n/, ''), 'no-sources: ---'],
    ['no head', 'A teapot.\n', 'no-head: A teapot.'],
  ])('%s', (_what, text, expected) => {
    expect(told(text)).toContain(expected);
  });

  test('also in a text with carriage returns', () => {
    const text = good.replace('concept:pamt', 'concept:pammt').replaceAll('\n', '\r\n');
    expect(told(text)).toEqual(['link: concept:pammt']);
  });

  test('a first paragraph of more than 60 words, with the place to part it', () => {
    const sentence = `${'Warm '.repeat(25)}it is.`;
    const text = good.replace('What it is made in', `${sentence} ${sentence} ${sentence} What it is made in`);
    const [fix] = fixesOf(text, 'summary-too-long');
    expect(told(fixed(text, fix))).toEqual([]);
    expect(fixed(text, fix)).toContain(`${sentence} ${sentence}\n\n${sentence}`);
  });
});

describe('a problem between notes', () => {
  test('a spelling that is taken names its other owners', () => {
    const text = good.replace('[teapot]', '[teapot, "PAMT"]');
    expect(problemsOf(text).map(({ others }) => others)).toEqual([['pamt']]);
  });

  test('two notes of the reader with one name are a mistake, one in place of ours is not', () => {
    const [own] = problemsOf(good, withOwn({ id: 'teapot', terms: ['pot'] }));
    expect(own).toMatchObject({ code: 'duplicate-id', mistake: true, others: ['teapot'] });
    const [replacing] = noteProblems({ text: good, path: 'pamt.md' }, ours).filter(({ code }) => code === 'replaces');
    expect(replacing).toMatchObject({ mistake: false, others: ['pamt'] });
  });
});

describe('a quick fix', () => {
  test.each([
    ['unknown-key', good.replace('field', 'feild')],
    ['quote', good.replace('terms', 'since: 6.10\nterms')],
    ['link', good.replace('concept:pamt', 'concept:pammt')],
    ['unknown-simulator', good.replace('terms', 'simulator: tdmr-pmat\nterms')],
    ['unknown-scenario', good.replace('terms', 'simulator: tdmr-pamt\nscenarios:\n  - id: one-chnk\nterms')],
    ['related', good.replace('terms', 'related: [tdrm]\nterms')],
    ['list', good.replace('[teapot]', 'teapot')],
    ['twice', good.replace('[teapot]', '[teapot, teapot]')],
    ['twice', good.replace('[teapot]', '\n  - teapot\n  - teapot')],
    ['scenario-without-simulator', good.replace('terms', 'scenarios:\n  - id: one-chunk\nterms')],
  ])('mends %s, and nothing is left of it', (code, text) => {
    const [fix] = fixesOf(text, code);
    expect(fix?.preferred).toBe(true);
    expect(told(fixed(text, fix))).toEqual([]);
  });

  test.each([
    ['no-sources', good.replace(/sources.*\n/, '')],
    ['no-sources', good.replace(/sources.*\n/, 'sources:\n')],
    ['no-sources', good.replace(/sources.*\n/, 'sources: []\n')],
    ['no-field', good.replace(/field.*\n/, '')],
    ['no-summary', good.replace(/What .*\n/, '')],
  ])('adds a place to fill in for %s, which is said until it is filled in', (code, text) => {
    const [fix] = fixesOf(text, code);
    const after = fixed(text, fix);
    expect(problemsOf(after).map((problem) => problem.code)).toEqual(['to-fill']);
    const [left] = problemsOf(after);
    const filled = left && `${after.slice(0, left.place.start)}my own words${after.slice(left.place.end)}`;
    expect(told(filled ?? '')).toEqual([]);
  });

  test('a plain word that is no spelling of the note is taken from the list', () => {
    const text = good.replace('[teapot]', '[teapot]\nscope:\n  near: [tea]\n  ordinary: [pot, teapot]');
    expect(told(fixed(text, fixesOf(text, 'ordinary')[0]))).toEqual([]);
  });

  test('what somebody wrote where a list belongs is not thrown away', () => {
    const text = good.replace(/sources.*\n/, 'sources: Ada\n');
    expect(fixesOf(text, 'no-sources')).toEqual([]);
    expect(fixed(text, fixesOf(text, 'list')[0])).toContain('sources: ["Ada"]');
  });

  test.each([
    ['there is no scope', good.replace('[teapot]', '[teapot, PAMT]')],
    ['the scope has other keys', good.replace('[teapot]', '[teapot, PAMT]\nscope:\n    needsNear: false')],
    ['the scope is empty', good.replace('[teapot]', '[teapot, PAMT]\nscope:')],
    ['nothing is near yet', good.replace('[teapot]', '[teapot, PAMT]\nscope:\n  near:')],
  ])('a spelling that is taken: says what is near when %s, or gives it up', (_when, text) => {
    const fixes = fixesOf(text, 'shared-spelling');
    expect(fixes.map(({ title }) => title)).toEqual([
      'Say in "scope" what is near when this is meant',
      'Remove "PAMT" from the list',
    ]);
    expect(problemsOf(fixed(text, fixes[0])).map(({ code }) => code)).toEqual(['to-fill']);
    expect(told(fixed(text, fixes[1]))).not.toContain('shared-spelling: PAMT');
    expect(fixed(text, fixes[1])).toContain('terms: [teapot]');
  });

  test('an empty text gets a whole head, and is a note when it is filled in', () => {
    const after = fixed('', fixesOf('', 'no-head')[0]);
    expect(new Set(problemsOf(after).map(({ code }) => code))).toEqual(new Set(['to-fill']));
  });
});

describe('whatever is typed', () => {
  test('a note full of mistakes has each of them told', () => {
    const text = good.replace('terms', `${Array.from({ length: 900 }, (_, at) => `kex${at}: x`).join('\n')}\nterms`);
    const problems = problemsOf(text);
    expect(problems.length).toBe(900);
    expect(new Set(problems.map(({ code }) => code))).toEqual(new Set(['unknown-key']));
  });

  test('nothing throws, and every place lies in the text', () => {
    const pieces = fc.constantFrom(
      '---\n',
      '---',
      'terms: [',
      'scope:\n',
      '  near: ',
      ']',
      '"',
      '\r\n',
      '\n',
      '- ',
      ': ',
      'a',
      '&x',
      '*x',
      '{',
      '}',
      '[a](concept:b)',
      '\u202e',
      '$0',
      '${1:',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 40 }), (parts) => {
        const text = `---\n${parts.join('')}`;
        for (const { place, fixes } of problemsOf(text)) {
          for (const { start, end } of [place, ...fixes.map((fix) => fix.place)]) {
            expect(start).toBeGreaterThanOrEqual(0);
            expect(end).toBeGreaterThanOrEqual(start);
            expect(end).toBeLessThanOrEqual(text.length);
          }
        }
      }),
      { seed: 31, numRuns: 300 },
    );
  });
});
