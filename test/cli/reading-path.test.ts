import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { COVER, mbox, notes, PATCH, REPLY } from './mails.ts';
import { folderOf, patchgloss, withProgram } from './patchgloss.ts';

withProgram();

const folder = folderOf({
  'thread.mbox': mbox(COVER, PATCH, REPLY),
  'other.mbox': mbox(COVER),
  'notes.jsonld': notes('A cold pot cools the water', 'no such words'),
});
const at = (name: string) => join(folder, name);

test('a path is made of the notes that have a place, and says in other mails what is missing', async () => {
  const made = await patchgloss([
    'annotations',
    'path',
    at('thread.mbox'),
    '--store',
    at('notes.jsonld'),
    '--title',
    'Tea',
  ]);
  expect(made.status).toBe(0);
  expect(made.stdout).toMatch(/^---\npatchgloss-path: 1\ntitle: "Tea"\n---\n\n## 1\. A cold pot cools the water\n/);
  writeFileSync(at('tea.patchgloss-path.md'), made.stdout);
  const walked = await patchgloss(['annotations', 'walk', at('tea.patchgloss-path.md'), at('thread.mbox')]);
  expect(walked).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('1. A cold pot cools the water\n   placed at message 0:1, line 1.'),
  });
  const missing = await patchgloss(['annotations', 'walk', at('tea.patchgloss-path.md'), at('other.mbox')]);
  expect(missing).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/lost\. .*It is in <20240304081231\.1-1-adele@example\.org>\./),
  });
});

test('what is wrong with a path is said at its line', async () => {
  writeFileSync(at('wrong.md'), '---\npatchgloss-path: 1\n---\n\n## One\n\n[a](simulator:no-such)\n\n## Two\n');
  const { status, stderr, stdout } = await patchgloss(['annotations', 'walk', at('wrong.md'), at('other.mbox')]);
  expect(status).toBe(1);
  expect(stderr).toContain('wrong.md:9: This stop has neither a place nor a simulator.');
  expect(stderr).toContain('stop 1: there is no simulator "no-such"');
  expect(stdout).toContain('2. Two');
});
