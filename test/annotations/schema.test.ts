import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import {
  type Annotation,
  addReply,
  anchor,
  changeTags,
  changeText,
  emptyStore,
  formatStore,
  KINDS,
  mergeStores,
  newAnnotation,
  parseStore,
  place,
  type Store,
} from '#annotations';
import { LATER, MAIL, mail, NOW, noteAt, noteOn, uuid } from './samples.ts';
import { breaches } from './schema-check.ts';

const schema: unknown = JSON.parse(
  readFileSync(new URL('../../media/annotations.schema.json', import.meta.url), 'utf8'),
);

function written(...annotations: readonly Annotation[]): unknown {
  return JSON.parse(formatStore({ ...emptyStore('t.jsonld', 'A thread'), annotations }));
}

const person = { creator: 'Ada Example' };
const full = newAnnotation({
  ...{ id: uuid(1), textId: uuid(2), now: NOW, kind: 'insight', text: 'The flag is the *lock*.', tags: ['order'] },
  ...person,
  target: anchor({
    ...{
      messageId: 'a1@example.org',
      subject: 'Re: [PATCH] mm: fill',
      text: MAIL,
      start: 10,
      end: 40,
      messageIndex: 3,
    },
    ...{ speaker: 'Grace Example', diff: { file: 'mm/example.c', side: 'after', line: 12 } },
  }),
});

test.each<[string, unknown]>([
  ['an empty store', written()],
  ['a note with all there is', written(full)],
  [
    'a note with an answer, an edit and tags',
    written(
      changeTags(
        changeText(addReply(full, { textId: uuid(3), now: LATER, text: 'Yes', ...person }), undefined, 'Edited', LATER),
        ['a'],
        LATER,
      ),
    ),
  ],
  [
    'a note on a whole message of a file without ids',
    written(
      newAnnotation({
        id: uuid(1),
        textId: uuid(2),
        now: NOW,
        kind: 'todo',
        text: '',
        target: anchor({ path: 'a.txt', text: '' }),
      }),
    ),
  ],
  [
    'every kind',
    written(
      ...KINDS.map((kind, index) =>
        newAnnotation({
          id: uuid(index),
          textId: uuid(index + 10),
          now: NOW,
          kind,
          text: 'x',
          target: anchor({ text: MAIL }),
        }),
      ),
    ),
  ],
  ['a note on an empty line', written(noteAt(11, 11))],
])('what is written follows the schema: %s', (_, json) => {
  expect(breaches(schema, json)).toEqual([]);
});

test('the example in the room’s README follows the schema, and is found in its mail', () => {
  const readme = readFileSync(new URL('../../src/annotations/README.md', import.meta.url), 'utf8');
  const example = readme.split('```json\n')[1]?.split('```')[0] ?? '';
  expect(breaches(schema, JSON.parse(example))).toEqual([]);
  const text = 'The table is filled once, at boot.\nReaders take no lock: they wait for the flag.\n\nAda\n';
  const candidate = mail(text, { messageId: '20240305.1-ada@example.org' });
  expect(parseStore(example).annotations.map((annotation) => place(annotation, [candidate]))).toMatchObject([
    { state: 'placed', where: { start: text.indexOf('take no lock'), match: 'position' } },
  ]);
});

test('what a merge made follows the schema', () => {
  const side = (text: string, now: string): Store => ({
    ...emptyStore('t.jsonld', text),
    annotations: [
      { ...changeText(full, undefined, text, now), 'patchgloss:status': text === 'Ours' ? 'open' : 'resolved' },
    ],
  });
  const { store } = mergeStores(undefined, side('Ours', NOW), side('Theirs', LATER));
  const json: unknown = JSON.parse(formatStore(store));
  expect(JSON.stringify(json)).toContain('patchgloss:earlier');
  expect(JSON.stringify(json)).toContain('patchgloss:versionOf');
  expect(breaches(schema, json)).toEqual([]);
});

test.each<[string, (text: string) => string, string]>([
  [
    'a later version',
    (text) => text.replace('"patchgloss:formatVersion": 1', '"patchgloss:formatVersion": 2'),
    '/patchgloss:formatVersion: const',
  ],
  [
    'a local time',
    (text) => text.replace(`"created": "${NOW}"`, '"created": "2024-03-06T09:00:00+01:00"'),
    '/items/0/created: pattern',
  ],
  [
    'another kind',
    (text) => text.replace('"patchgloss:kind": "question"', '"patchgloss:kind": "joke"'),
    '/items/0/patchgloss:kind: enum',
  ],
  ['no source', (text) => text.replace('"source"', '"sauce"'), '/items/0/target: required'],
  [
    'half a hash',
    (text) => text.replace(/"patchgloss:sha256": "[0-9a-f]{32}/, '"patchgloss:sha256": "'),
    '/items/0/target/state/patchgloss:sha256: pattern',
  ],
  ['a position below 0', (text) => text.replace(/"start": \d+/, '"start": -1'), '/items/0/target/selector: items'],
])('what does not follow the schema is seen: %s', (_, damage, breach) => {
  const text = formatStore({ ...emptyStore(), annotations: [noteOn('release store')] });
  const found = breaches(schema, JSON.parse(damage(text)));
  expect(found.length).toBeGreaterThan(0);
  expect(found.join('\n')).toContain(breach.replace(': items', ''));
});
