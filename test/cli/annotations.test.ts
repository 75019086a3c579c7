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
