import fc from 'fast-check';
import { VFile } from 'vfile';
import { describe, expect, it } from 'vitest';
import { checkTogether, type ReadNote, readNote } from '#concepts/read';

const good = `---
title: PAMT
expansion: Physical Address Metadata Table
field: TDX
terms: [PAMT, PAMTs]
scope:
  near: [TDX, TDMR]
  needsNear: true
not: ["the attribute table"]
related: [tdmr]
simulator: tdmr-pamt
scenarios:
  - id: one-256th
    near: ["1/256"]
  - id: one-chunk
since: "6.8"
changed:
  - version: "6.16"
    what: nothing
sources: ["tdx.c (6.8)"]
---
One small *record* for each page; see
[TDMR](concept:tdmr).

More, with [a run](simulator:tdmr-pamt/one-256th).
`;

function read(text: string, path = 'notes/pamt.md'): ReadNote {
  return readNote(new VFile({ path, value: text }));
}

/** The complaints of a note as "line rule", in the order of the text. */
function complaints({ file }: ReadNote): string[] {
  return file.messages
    .map(({ line, ruleId }) => ({ line: line ?? 0, ruleId }))
    .sort((one, other) => one.line - other.line)
    .map(({ line, ruleId }) => `${line} ${ruleId}`);
}

describe('a note that is right', () => {
  it('is read without a complaint', () => {
    expect(complaints(read(good))).toEqual([]);
  });

  it('gives all that its head says, and its first paragraph as plain text', () => {
    const { concept } = read(good);
    expect(concept).toEqual({
      id: 'pamt',
      title: 'PAMT',
      expansion: 'Physical Address Metadata Table',
      field: 'TDX',
      terms: ['PAMT', 'PAMTs'],
      scope: { near: ['TDX', 'TDMR'], needsNear: true },
      not: ['the attribute table'],
      related: ['tdmr'],
      simulator: 'tdmr-pamt',
      scenarios: [{ id: 'one-256th', near: ['1/256'] }, { id: 'one-chunk' }],
      since: '6.8',
      changed: [{ version: '6.16', what: 'nothing' }],
      sources: ['tdx.c (6.8)'],
      summary: 'One small record for each page; see TDMR.',
      markdown: good.split('---\n').at(-1)?.trim(),
    });
  });

  it('may say which spellings are plain words too, and which only a reader who asks shall find', () => {
    const { concept, file } = read(good.replace('needsNear: true', 'ordinary: [PAMTs]\nasked: [table, "v#"]'));
    expect(file.messages.map(String)).toEqual([]);
    expect(concept?.scope).toEqual({ near: ['TDX', 'TDMR'], ordinary: ['PAMTs'] });
    expect(concept?.asked).toEqual(['table', 'v#']);
  });

  it('says where its links stand', () => {
    expect(read(good).links.map(({ url, place }) => `${place?.start.line} ${url}`)).toEqual([
      '23 concept:tdmr',
      '25 simulator:tdmr-pamt/one-256th',
    ]);
  });

  it('is read the same with other line ends and a byte order mark', () => {
    const { concept } = read(`\uFEFF${good.replace(/\n/g, '\r\n')}`);
    expect(concept?.summary).toBe('One small record for each page; see TDMR.');
    expect(concept?.terms).toEqual(['PAMT', 'PAMTs']);
  });
});

describe('a mistake in a note is said at its line, and the rest is still read', () => {
  it.each([
    ['no title', good.replace('title: PAMT\n', ''), ['1 no-title']],
    ['no field', good.replace('field: TDX\n', ''), ['1 no-field']],
    ['no spelling', good.replace('terms: [PAMT, PAMTs]', 'terms: []'), ['5 no-terms']],
    ['no sources', good.replace('sources: ["tdx.c (6.8)"]\n', ''), ['1 no-sources']],
    ['an unknown key', good.replace('field: TDX', 'field: TDX\nfeild: TDX'), ['5 unknown-key']],
    ['an unknown key inside', good.replace('needsNear', 'needNear'), ['8 unknown-key']],
    ['a list that is none', good.replace('[tdmr]', 'tdmr'), ['10 list']],
    ['a spelling twice', good.replace('[PAMT, PAMTs]', '[PAMT, PAMT]'), ['5 twice']],
    ['a star in the middle', good.replace('[PAMT, PAMTs]', '[PAMT, "PA*T"]'), ['5 spelling']],
    ['a spelling that is an address', good.replace('[PAMT, PAMTs]', '[PAMT, pamt@example.org]'), ['5 spelling']],
    ['a spelling without a word', good.replace('[PAMT, PAMTs]', '[PAMT, "--"]'), ['5 spelling']],
    ['a version that YAML takes for a number', good.replace('"6.8"', '6.10'), ['16 quote']],
    ['a scenario without simulator', good.replace('simulator: tdmr-pamt\n', ''), ['11 scenario-without-simulator']],
    ['a scenario without id', good.replace('id: one-chunk', 'near: [x]'), ['15 scenario']],
    ['a change without a version', good.replace('version: "6.16"\n    ', ''), ['18 change']],
    ['a key twice', good.replace('field: TDX', 'field: TDX\nfield: KVM'), ['5 yaml']],
    ['needsNear without near', good.replace('  near: [TDX, TDMR]\n', ''), ['7 scope']],
    ['needsNear that is no truth', good.replace('needsNear: true', 'needsNear: often'), ['8 scope']],
    ['ordinary without near', good.replace('near: [TDX, TDMR]\n  needsNear: true', 'ordinary: [PAMT]'), ['7 scope']],
    ['ordinary that is no spelling', good.replace('needsNear: true', 'ordinary: [table]'), ['8 ordinary']],
    ['a head that is no YAML', good.replace('terms: [PAMT, PAMTs]', 'terms: [PAMT'), ['6 yaml']],
    ['a link that leads out', good.replace('concept:tdmr', 'command:rm'), ['23 link']],
    ['HTML', good.replace('More,', 'More <b>x</b>,'), ['25 html', '25 html']],
  ])('%s', (_, text, expected) => {
    expect(text).not.toBe(good);
    const note = read(text);
    expect(complaints(note)).toEqual(expected);
    const isWithout = expected.some((one) => /no-title|no-terms/.test(one));
    expect(note.concept === undefined).toBe(isWithout);
  });

  it('a number of words that no hover has room for', () => {
    const [head] = good.split('One small');
    const note = read(`${head}${'word '.repeat(61)}\n`);
    expect(note.file.messages.map(String)).toEqual([
      expect.stringContaining('The first paragraph has 61 words; a hover has room for 60'),
    ]);
    expect(complaints(read(`${head}${'word '.repeat(60)}\n`))).toEqual([]);
  });

  it('a first paragraph that defines the word by itself, as advice', () => {
    const note = read(good.replace('One small', 'The PAMT is one small'));
    expect(complaints(note)).toEqual(['22 summary-repeats']);
    expect(note.file.messages[0]?.fatal).toBe(false);
  });

  it('no first paragraph', () => {
    const [head] = good.split('One small');
    expect(complaints(read(`${head}# Heading\n\nText\n`))).toEqual(['22 no-summary']);
    expect(complaints(read(head ?? ''))).toEqual(['1 no-summary']);
  });

  it('no head at all', () => {
    expect(complaints(read('# PAMT\n\nText\n'))).toEqual(['1 no-head']);
    expect(complaints(read(''))).toEqual(['1 no-head']);
  });

  it('a file name that is no id', () => {
    expect(complaints(read(good, 'notes/My Note.md'))).toEqual(['1 id']);
  });
});

describe('any text at all', () => {
  it('is read without an exception', () => {
    const lines = fc.constantFrom(
      '---',
      'title: x',
      'terms: [a',
      'scope:',
      '  near: &a [b]',
      'not: *a',
      '? [x]: y',
      '> > -',
      '[a](b)',
      '- a',
      '<b>',
      '',
    );
    fc.assert(
      fc.property(
        fc.array(fc.oneof(lines, fc.string({ unit: 'binary', maxLength: 20 })), { maxLength: 30 }),
        (parts) => {
          const { concept } = read(parts.join('\n'));
          if (concept) expect(concept.summary).not.toBe('');
        },
      ),
      { seed: 20220429, numRuns: 500 },
    );
  });

  it.each(['>', '- ', '[', '*a', '![', '&a [', '`'])('however deeply nested: %s', (unit) => {
    const head = good.slice(0, good.indexOf('One small'));
    const deep = unit.repeat(Math.floor(7_500 / unit.length));
    expect(() => read(`${head}First.\n\n${deep}`)).not.toThrow();
    expect(() => read(`${head}${deep}`)).not.toThrow();
    expect(() => read(`---\nterms: ${deep}\n---\n`)).not.toThrow();
  });

  it('is not read when it is no page but a book', () => {
    expect(complaints(read(`${good}${'word '.repeat(20_000)}`))).toEqual(['0 too-long']);
  });
});

describe('notes together', () => {
  const other = good.replace('related: [tdmr]', 'related: [pamt]').replace('concept:tdmr', 'concept:pamt');

  function together(...notes: ReadNote[]): string[][] {
    checkTogether(notes);
    return notes.map(complaints);
  }

  it('complain of a name that leads nowhere, where it stands', () => {
    expect(together(read(good))).toEqual([['10 related', '23 link']]);
  });

  it('complain of a note that is related to itself', () => {
    expect(together(read(other))).toEqual([['10 related']]);
  });

  it('may link to notes that stand elsewhere', () => {
    const note = read(good);
    checkTogether([note], { concepts: [{ id: 'tdmr', terms: [], scope: {} }] });
    expect(complaints(note)).toEqual([]);
  });

  it('may share a spelling when each says what is near', () => {
    const tdmr = read(other.replace('needsNear: true', 'needsNear: false'), 'notes/tdmr.md');
    expect(together(read(good), tdmr)).toEqual([[], []]);
  });

  it("may not share one when it would be anybody's guess", () => {
    const unscoped = other.replace(/scope:\n.*\n.*\n/, '').replace('PAMTs]', 'TDMR]');
    expect(together(read(good), read(unscoped, 'notes/tdmr.md'))).toEqual([[], ['5 shared-spelling']]);
  });
});
