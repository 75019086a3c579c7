import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { answer, folderOf, patchgloss, withProgram } from './patchgloss.ts';

withProgram();

const gizmo = `---
title: GIZMO
field: valves
terms: [GIZMO]
related: [frob]
sources: ["gizmo.c (6.8)"]
---
What turns a valve.
`;
const frob = gizmo.replaceAll('GIZMO', 'FROB').replace('[frob]', '[gizmo]');
const pamt = gizmo.replaceAll('GIZMO', 'PAMT').replace('What turns a valve.', 'What the reader thinks.');
const mail = 'From: Ada <ada@example.org>\nSubject: x\nMessage-ID: <1@example.org>\n\nThe GIZMO turns PAMT.\n';

describe("notes of a reader's own", () => {
  const folder = folderOf({
    'notes/gizmo.md': gizmo,
    'notes/frob.md': frob,
    'notes/README.md': '# Notes',
    'later/pamt.md': pamt,
    'mail.eml': mail,
  });
  const [notes, later, eml] = ['notes', 'later', 'mail.eml'].map((name) => join(folder, name));
  if (notes === undefined || later === undefined || eml === undefined) throw new Error('no folder');

  test('explain a term that nobody else knows', async () => {
    expect((await answer(['explain', 'GIZMO', '--json'])).found).toBe(false);
    const { meanings } = await answer(['explain', 'GIZMO', '--json', '--notes', notes]);
    expect(meanings).toMatchObject([{ concept: 'gizmo', summary: 'What turns a valve.' }]);
  });

  test('explain it in a mail, and stand for ours', async () => {
    const asked = ['--notes', notes, '--notes', later];
    const here = await answer(['hover', eml, '5:6', '--json', ...asked]);
    expect(here.meanings).toMatchObject([{ concept: 'gizmo' }]);
    const { files } = await answer(['read', eml, '--json', ...asked]);
    expect(files[0].messages[0].mentions.map(({ concept }: { concept: string }) => concept)).toEqual(['gizmo', 'pamt']);
    const text = await patchgloss(['read', eml, '--text', ...asked]);
    expect(text.stdout).toContain('What the reader thinks.');
    expect(text.stderr).toBe('');
  });

  test('are a problem when their folder is not there, and the mail is read all the same', async () => {
    const { status, stdout, stderr } = await patchgloss(['read', eml, '--notes', join(folder, 'nowhere')]);
    expect(status).toBe(1);
    expect(stdout).toContain('GIZMO');
    expect(stderr).toMatch(/nowhere: ENOENT/);
  });
});

describe('lint', () => {
  test('says that notes have no mistakes', async () => {
    const folder = folderOf({ 'gizmo.md': gizmo, 'frob.md': frob });
    expect(await patchgloss(['lint', folder])).toEqual({
      status: 0,
      stdout: `${folder}: 2 notes, no mistakes\n`,
      stderr: '',
    });
  });

  test('says each mistake at its place, what to write instead, and ends with status 1', async () => {
    const wrong = gizmo
      .replace('[frob]', '[forb]')
      .replace('field', 'simulator: tdmr-pmat\nscenarios: [{id: one-chunk}]\nfeild');
    const folder = folderOf({ 'gizmo.md': wrong, 'frob.md': frob });
    const { status, stdout, stderr } = await patchgloss(['lint', folder]);
    expect(status).toBe(1);
    const lines = stdout.trim().split('\n');
    const at = (line: string) => `${join(folder, 'gizmo.md')}:${line}`;
    expect(lines).toContainEqual(
      expect.stringMatching(/gizmo\.md:5:1 mistake: "feild".* Write: field \(unknown-key\)$/),
    );
    expect(lines).toContain(at('7:11 mistake: There is no note "forb". Write: frob (related)'));
    expect(lines).toContain(
      at('3:12 mistake: There is no simulator "tdmr-pmat". Write: tdmr-pamt (unknown-simulator)'),
    );
    expect(stderr).toBe(`patchgloss: ${folder}: ${lines.length} mistakes\n`);
  });

  test('gives the same as JSON: each mistake, its place and what may stand there', async () => {
    const folder = folderOf({
      'gizmo.md': gizmo.replace('[frob]', '[forb]'),
      'frob.md': frob,
      'bad.md': '# No head\n',
    });
    const { status, stdout, stderr } = await patchgloss(['lint', folder, join(folder, 'nowhere'), '--json']);
    expect(status).toBe(1);
    expect(stderr).toMatch(/2 mistakes\n.*nowhere: ENOENT/);
    const { folders } = JSON.parse(stdout);
    expect(folders).toMatchObject([{ path: folder, notes: 2, mistakes: 2 }]);
    const [bad, gizmos] = folders[0].problems;
    expect(bad).toMatchObject({ path: join(folder, 'bad.md'), line: 1, column: 1, kind: 'mistake' });
    expect(gizmos).toEqual({
      path: join(folder, 'gizmo.md'),
      ...{ line: 5, column: 11, endLine: 5, endColumn: 15 },
      kind: 'mistake',
      ruleId: 'related',
      reason: 'There is no note "forb"',
      expected: ['frob'],
    });
  });
});
