import { join } from 'node:path';
import { expect, test } from 'vitest';
import { COVER, mbox, notes, PATCH, REPLY } from './mails.ts';
import { answer, folderOf, patchgloss, withProgram } from './patchgloss.ts';

withProgram();

const folder = folderOf({
  'thread.mbox': mbox(COVER, PATCH, REPLY),
  'notes.jsonld': notes('A cold pot cools the water', 'kettle', 'no such words'),
  'notes/one.jsonld': notes('A cold pot cools the water'),
  'notes/torn.jsonld': notes('kettle').slice(0, 100),
});
const thread = join(folder, 'thread.mbox');
const place = (store: string, ...more: string[]) => [
  'annotations',
  'place',
  thread,
  '--store',
  join(folder, store),
  ...more,
];

test('each stored note is placed, ambiguous with its places, or lost with the reason', async () => {
  const [first, second, third, ...more] = await answer(place('notes.jsonld', '--json'));
  expect(more).toEqual([]);
  expect(first).toMatchObject({
    id: 'urn:example:0',
    state: 'placed',
    where: { key: '0:1', line: 1, column: 1, endLine: 1, endColumn: 27 },
  });
  expect(second).toMatchObject({ id: 'urn:example:1', state: 'ambiguous' });
  expect(second.candidates.map(({ key, line }: { key: string; line: number }) => `${key} ${line}`)).toEqual([
    '0:1 16',
    '0:1 17',
    '0:1 19',
  ]);
  expect(third).toMatchObject({ id: 'urn:example:2', state: 'lost', reason: expect.stringContaining('not in it') });
});

test('places are those of the text that read gives', async () => {
  const [{ where }] = await answer(place('notes.jsonld', '--json'));
  const { files } = await answer(['read', '--json', thread]);
  const message = files[0].messages.find(({ key }: { key: string }) => key === where.key);
  const line = message.text.split('\n')[where.line - 1];
  expect(line.slice(where.column - 1, where.endColumn - 1)).toBe('A cold pot cools the water');
});

test('in words for a reader', async () => {
  const { stdout } = await patchgloss(place('notes.jsonld'));
  expect(stdout).toContain('urn:example:0  placed at message 0:1, 1:1 to 1:27.');
  expect(stdout).toContain('  perhaps at message 0:1, 16:');
  expect(stdout).toMatch(/\n1 placed, 1 ambiguous, 1 lost\.\n$/);
});

test('a damaged file of a folder is said, and the others count', async () => {
  const { stdout, stderr, status } = await patchgloss(place('notes', '--json'));
  expect(JSON.parse(stdout)).toMatchObject([{ id: 'urn:example:0', state: 'placed' }]);
  expect(stderr).toContain('torn.jsonld: It is not JSON');
  expect(status).toBe(1);
});

test('notes go out in each format and come in again; what is there already is not there twice', async () => {
  for (const format of ['markdown', 'jsonld', 'hypothesis']) {
    const store = join(folder, 'notes.jsonld');
    const { stdout, status } = await patchgloss(['annotations', 'export', '--store', store, '--format', format]);
    expect(status).toBe(0);
    const target = join(folder, `${format}.jsonld`);
    const first = await patchgloss(['annotations', 'import', '-', '--store', target], stdout);
    expect(first).toMatchObject({ status: 0, stdout: `3 of 3 notes are new in ${target}.\n` });
    const second = await patchgloss(['annotations', 'import', '-', '--store', target], stdout);
    expect(second.stdout).toBe(`0 of 3 notes are new in ${target}.\n`);
    const states = (await answer(place(`${format}.jsonld`, '--json'))).map(({ state }: { state: string }) => state);
    expect(states.sort()).toEqual(['ambiguous', 'lost', 'placed']);
  }
});

test('a store that is damaged is kept beside the new one', async () => {
  const store = join(folder, 'notes/torn.jsonld');
  const { stdout, stderr, status } = await patchgloss([
    'annotations',
    'import',
    join(folder, 'notes/one.jsonld'),
    '--store',
    store,
  ]);
  expect({ stdout, status }).toEqual({ stdout: `1 of 1 notes are new in ${store}.\n`, status: 1 });
  expect(stderr).toContain(`It was kept as ${store}.damaged-1.`);
});
