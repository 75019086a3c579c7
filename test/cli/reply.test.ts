import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { COVER, mbox, notes, PATCH, REPLY } from './mails.ts';
import { folderOf, patchgloss, withProgram } from './patchgloss.ts';

withProgram();

const folder = folderOf({
  'thread.mbox': mbox(COVER, PATCH, REPLY),
  'one.eml': PATCH,
  'notes.jsonld': notes('A cold pot cools the water', 'no such words'),
});

/** The line of a file of the folder, from 1, on which words stand. */
function lineOf(name: string, words: string): number {
  const text = execFileSync('grep', ['-n', '-m', '1', '-F', words, join(folder, name)], { encoding: 'utf8' });
  return Number(text.split(':')[0]);
}

test('writes a draft that quotes the lines, and that git send-email can read', async () => {
  const line = lineOf('thread.mbox', 'A cold pot cools');
  const { stdout, status } = await patchgloss(['reply', join(folder, 'thread.mbox'), `${line}-${line + 1}`]);
  expect(status).toBe(0);
  expect(stdout).toMatch(/^To: =\?utf-8\?.*<adele@example\.org>$/m);
  expect(stdout).toMatch(/^In-Reply-To: <20240304081231\.1-1-adele@example\.org>$/m);
  expect(stdout).toContain(
    '\nOn Mon, 4 Mar 2024 09:12:31 +0100, Ad\u00e8le Example wrote:\n> A cold pot cools the water',
  );
  expect(stdout.match(/^>/gm)).toHaveLength(1);
});

test('of one mail alone it quotes all', async () => {
  const { stdout, status } = await patchgloss(['reply', join(folder, 'one.eml')]);
  expect(status).toBe(0);
  expect(stdout).toContain('\n> +\twarm(pot);\n');
});

test('notes of a store stand under their lines', async () => {
  const { stdout } = await patchgloss(['reply', join(folder, 'one.eml'), '--store', join(folder, 'notes.jsonld')]);
  const lines = stdout.split('\n');
  const at = lines.findIndex((line) => line.startsWith('> A cold pot cools the water'));
  expect(lines[at + 1]).toBe('');
  expect(lines[at + 2]).not.toMatch(/^>|^$/);
});

test('says which mail is meant, where there are several, and what a line is', async () => {
  const several = await patchgloss(['reply', join(folder, 'thread.mbox')]);
  expect(several).toMatchObject({ status: 1, stdout: '' });
  expect(several.stderr).toContain('holds 3 mails');
  expect(await patchgloss(['reply', join(folder, 'one.eml'), '5-2'])).toMatchObject({ status: 2 });
  expect(await patchgloss(['reply', join(folder, 'one.eml'), '9999'])).toMatchObject({ status: 1 });
});
