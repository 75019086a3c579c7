import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Annotation,
  anchor,
  emptyStore,
  FORMAT_VERSION,
  formatStore,
  type Json,
  parseStore,
  storeName,
} from '#annotations';
import { MAIL, noteAt, noteOn, uuid } from './samples.ts';

const NOTE = noteOn('release store');

function file(...items: readonly Json[]): string {
  return formatStore({ ...parseStore(formatStore(emptyStore())), annotations: [] }).replace(
    '[]',
    JSON.stringify(items),
  );
}

describe('the file', () => {
  test('an empty store is a W3C page without items', () => {
    expect(formatStore(emptyStore('thread-1234.jsonld', '[PATCH] mm: fill the table'))).toBe(`{
  "@context": [
    "http://www.w3.org/ns/anno.jsonld",
    {
      "patchgloss": "urn:x-patchgloss:"
    }
  ],
  "id": "urn:x-patchgloss:page:thread-1234.jsonld",
  "type": "AnnotationPage",
  "patchgloss:formatVersion": 1,
  "partOf": {
    "id": "urn:x-patchgloss:thread:thread-1234.jsonld",
    "type": "AnnotationCollection",
    "label": "[PATCH] mm: fill the table"
  },
  "items": []
}
`);
  });

  test('annotations are written by message, position and id, in whatever order they were added', () => {
    const notes = [
      noteAt(40, 50, {}, 4),
      noteAt(0, 5, {}, 9),
      noteAt(0, 5, {}, 3),
      noteAt(0, 9, {}, 1),
      noteAt(0, 5, { messageId: 'b2@example.org' }, 2),
    ];
    const ids = parseStore(formatStore({ ...emptyStore(), annotations: notes })).annotations.map(({ id }) => id);
    expect(ids).toEqual([3, 9, 1, 4, 2].map(uuid));
    expect(formatStore({ ...emptyStore(), annotations: notes.toReversed() })).toBe(
      formatStore({ ...emptyStore(), annotations: notes }),
    );
  });

  test('members have one order, so that the same note gives the same lines whoever wrote it', () => {
    const shuffled = Object.fromEntries(Object.entries(NOTE).toReversed());
    expect(formatStore({ ...emptyStore(), annotations: [{ ...shuffled, id: NOTE.id }] })).toBe(
      formatStore({ ...emptyStore(), annotations: [NOTE] }),
    );
  });

  test('one note more is only lines more', () => {
    const before = formatStore({ ...emptyStore(), annotations: [noteAt(0, 5, {}, 1), noteAt(90, 95, {}, 3)] }).split(
      '\n',
    );
    const after = formatStore({
      ...emptyStore(),
      annotations: [noteAt(0, 5, {}, 1), noteAt(50, 60, {}, 2), noteAt(90, 95, {}, 3)],
    }).split('\n');
    const left = [...after];
    for (const line of before) left.splice(left.indexOf(line), 1);
    expect(left).toHaveLength(after.length - before.length);
  });
});

describe('what is kept', () => {
  test('members nobody here knows, at every level', () => {
    const extended = { ...NOTE, rights: 'CC0', target: { ...anchor({ text: MAIL }), styleClass: 'red' } };
    const text = file(extended).replace('"items"', '"example:more": {"b": [1, {"a": null}]},\n  "items"');
    const again = formatStore(parseStore(text));
    expect(JSON.parse(again)).toEqual(JSON.parse(text));
    expect(formatStore(parseStore(again))).toBe(again);
  });

  test('any JSON in a note and in the page survives reading and writing', () => {
    const names = fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'x:y', '0'));
    const members = fc.dictionary(names, fc.jsonValue());
    fc.assert(
      fc.property(members, members, fc.array(fc.jsonValue()), (inPage, inNote, damaged) => {
        const page = { ...inPage, '@context': [], items: [{ ...inNote, ...NOTE }, ...damaged] };
        const text = JSON.stringify({ ...page, 'patchgloss:formatVersion': FORMAT_VERSION });
        const written = new Map<string, unknown>(Object.entries(JSON.parse(formatStore(parseStore(text)))));
        for (const [name, value] of Object.entries(JSON.parse(text))) {
          if (name !== '@context') expect([name, isDeepStrictEqual(written.get(name), value)]).toEqual([name, true]);
        }
      }),
      { seed: 31, numRuns: 300 },
    );
  });

  test.each<[string, Json, string]>([
    ['a number', 7, 'It is a number, not an object.'],
    ['a list', [1], 'It is a list, not an object.'],
    ['no type', { id: 'urn:x', target: 'mid:a' }, 'Its type is not Annotation.'],
    ['no id', { type: 'Annotation', target: 'mid:a' }, 'It has no id.'],
    ['no target', { id: 'urn:x', type: 'Annotation' }, 'It has no target.'],
    [
      'a target of the wrong form',
      { id: 'urn:x', type: 'Annotation', target: 5 },
      'Its target is neither an address nor an object.',
    ],
    [
      'a body of the wrong form',
      { id: 'urn:x', type: 'Annotation', target: 'mid:a', body: [1] },
      'Its body is neither text nor an object.',
    ],
    [
      'a date that is none',
      { id: 'urn:x', type: 'Annotation', target: 'mid:a', created: 'soon' },
      'Its member created is not a date.',
    ],
    ['an id that is taken', { ...NOTE, motivation: 'replying' }, 'Its id is that of entry 0.'],
  ])('a damaged entry is kept and reported, the rest loads: %s', (_, raw, reason) => {
    const store = parseStore(file(NOTE, raw));
    expect(store.annotations).toEqual([NOTE]);
    expect(store.damaged).toEqual([{ index: 1, reason, raw }]);
    expect(store.keepAside).toBeUndefined();
    expect(parseStore(formatStore(store)).damaged).toEqual([{ index: 1, reason, raw }]);
  });

  test('a damaged entry is written with its members in its own order', () => {
    expect(formatStore(parseStore('{"items": [{"target": "mid:a", "id": 3, "a": 1}]}'))).toContain(
      '    {\n      "target": "mid:a",\n      "id": 3,\n      "a": 1\n    }',
    );
  });

  test('an entry nested a hundred thousand levels deep is kept, and nothing overflows', () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const text = file(NOTE, { id: 'urn:x', type: 'Annotation', target: 'mid:a', more: 'DEEP' }).replace('"DEEP"', deep);
    const store = parseStore(text);
    expect(store.annotations).toHaveLength(1);
    expect(store.damaged).toMatchObject([{ index: 1, reason: 'It is nested deeper than 64 levels.' }]);
    expect(formatStore(store).replace(/\s/g, '')).toContain(deep);
  });

  test('a number too large for a double stays a number', () => {
    expect(formatStore(parseStore('{"items": [], "n": 1e400, "m": -1e400, "z": -0}'))).toMatch(
      /"m": -1e999,\s+"n": 1e999,\s+"z": -0,/,
    );
  });
});

describe('a file that must not be written over', () => {
  test.each([
    ['conflict marks of a Git merge', `<<<<<<< HEAD\n${file(NOTE)}`, 'It is not JSON'],
    ['a file cut off', file(NOTE).slice(0, 300), 'It is not JSON'],
    ['JSON of another kind', '{"name": "other"}', 'holds no list of annotations'],
    ['a word', '"hello"', 'holds no list of annotations'],
    ['ten million brackets', '['.repeat(10_000_000), 'It is not JSON'],
    ['a collection whose page is elsewhere', '{"type": "AnnotationCollection", "first": "page1"}', 'holds no list'],
  ])('%s: reported, and writing it is refused', (_, text, reason) => {
    const store = parseStore(text);
    expect(store.keepAside).toContain(reason);
    expect(() => formatStore(store)).toThrow('must not be written over');
  });

  test('a later format version is shown, but not written', () => {
    const store = parseStore(file(NOTE).replace('"patchgloss:formatVersion": 1', '"patchgloss:formatVersion": 2'));
    expect(store.annotations).toEqual([NOTE]);
    expect(store.keepAside).toBe('Its format version is 2; this program writes version 1.');
    expect(() => formatStore(store)).toThrow('format version');
  });
});

describe('files of other tools', () => {
  const other: Annotation = {
    id: 'http://example.org/a1',
    type: 'Annotation',
    target: 'mid:a1@example.org',
    body: 'http://example.org/b',
  };

  test.each<[string, Json]>([
    ['a list', [other]],
    ['one annotation', other],
    ['a page', { '@context': 'http://www.w3.org/ns/anno.jsonld', type: 'AnnotationPage', items: [other] }],
    [
      'a collection with its page',
      { type: 'AnnotationCollection', label: 'Mine', first: { type: 'AnnotationPage', items: [other] } },
    ],
  ])('%s is read, and written as a page whose context knows our members', (_, json) => {
    const store = parseStore(`\ufeff${JSON.stringify(json)}`);
    expect(store.annotations).toEqual([other]);
    expect(JSON.parse(formatStore(store))).toMatchObject({
      '@context': expect.arrayContaining([{ patchgloss: 'urn:x-patchgloss:' }]),
      type: 'AnnotationPage',
      items: [other],
    });
  });

  test('what was known of the collection is kept', () => {
    const text = JSON.stringify({
      type: 'AnnotationCollection',
      label: 'Mine',
      first: { type: 'AnnotationPage', items: [other] },
    });
    expect(JSON.parse(formatStore(parseStore(text)))).toMatchObject({
      partOf: { type: 'AnnotationCollection', label: 'Mine' },
    });
  });

  test('an empty file is a store without notes', () => {
    expect(parseStore(' \n')).toEqual(emptyStore());
  });
});

describe('the name of the file', () => {
  test('it can be recognised, and two ids never share it', () => {
    expect(storeName({ messageId: '<20240305.1234-1-ada@example.org>' })).toMatch(
      /^20240305\.1234-1-ada-example\.org-[0-9a-f]{16}\.jsonld$/,
    );
    const names = ['a@example.org', 'A@example.org', 'a-example.org'].map((messageId) =>
      storeName({ messageId }).toLowerCase(),
    );
    expect(new Set([...names, storeName({ path: 'a@example.org' }).toLowerCase()]).size).toBe(4);
    expect(storeName({ messageId: '<a@b>' })).toBe(storeName({ messageId: 'a@b' }));
  });

  test('whatever the id, the name is safe in any file system', () => {
    const id = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        '..',
        '../../etc/passwd',
        '.git/config',
        'C:\\con',
        'nul',
        '/',
        'a\u0000b',
        '\u202egnp.exe',
        'x'.repeat(5000),
      ),
    );
    fc.assert(
      fc.property(id, fc.boolean(), (value, isPath) => {
        const name = storeName(isPath ? { path: value } : { messageId: value });
        expect(name).toMatch(/^[A-Za-z0-9][A-Za-z0-9.-]*-[0-9a-f]{16}\.jsonld$/);
        expect(name).not.toContain('..');
        expect(name.length).toBeLessThanOrEqual(84);
      }),
      { seed: 32, numRuns: 500 },
    );
  });
});
