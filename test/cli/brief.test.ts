import { join } from 'node:path';
import { expect, test } from 'vitest';
import { COVER, mbox, notes, PATCH, REPLY } from './mails.ts';
import { folderOf, patchgloss, withProgram } from './patchgloss.ts';

withProgram();

const folder = folderOf({
  'thread.mbox': mbox(COVER, PATCH, REPLY),
  'notes.jsonld': notes('A cold pot cools the water', 'no such words'),
  'notes/some.jsonld': notes('A cold pot cools the water', 'no such words'),
});
const thread = join(folder, 'thread.mbox');

test('read shows the notes of a store in the page and in the brief', async () => {
  const store = ['--store', join(folder, 'notes.jsonld')];
  const { stdout: html, status } = await patchgloss(['read', thread, '--html', ...store]);
  expect(status).toBe(0);
  expect(html).toContain('<blockquote class="words">A cold pot cools the water</blockquote>');
  expect(html).toContain('<h1>Notes without a place</h1>');
  const { stdout: markdown } = await patchgloss(['read', thread, '--markdown', ...store]);
  expect(markdown).toContain('\n  > A cold pot cools the water\n');
  expect(markdown).toContain('# Notes without a place');
});

test('a store is for the page and the brief', async () => {
  const { status, stderr } = await patchgloss(['read', thread, '--store', join(folder, 'notes')]);
  expect(status).toBe(2);
  expect(stderr).toContain('--store is for --html and --markdown');
});
