import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderOf, patchgloss, program, withProgram } from './patchgloss.ts';

withProgram();

describe('wrong usage ends with status 2, the reason and the usage on stderr, and nothing on stdout', () => {
  test.each([
    ['no command', []],
    ['an unknown command', ['brew']],
    ['an unknown option', ['read', '--loud', 'x']],
    ['two formats', ['read', '--json', '--html', 'x']],
    ['no file', ['read']],
    ['standard input twice', ['read', '-', '-']],
    ['two files for tree', ['tree', 'a', 'b']],
    ['a hover without a place', ['hover', 'a']],
    ['a place from 0', ['hover', 'a', '0:1']],
    ['a place without a column', ['hover', 'a', '12']],
    ['no term', ['explain']],
    ['no line', ['trace', 'x.mbox', 'x']],
    ['one version', ['diff', 'x.mbox']],
    ['no repository', ['applies', 'x.mbox']],
    ['no version', ['diff', 'x.mbox', 'y.mbox', '--to', 'latest']],
    ['no simulator of this name', ['simulate', 'kettle']],
    ['nothing to do with notes', ['annotations']],
    ['notes without a store', ['annotations', 'place', 'x.mbox']],
    ['notes in no such format', ['annotations', 'export', '--store', 'x', '--format', 'tea']],
    ['notes from nowhere', ['annotations', 'import', '--store', 'x']],
    ['notes and no mail', ['annotations', 'place', '--store', 'x.jsonld']],
    ['no scenario of this name', ['simulate', 'tdmr-pamt', '--scenario', 'kettle']],
    ['no state of this name', ['simulate', 'tdmr-pamt', '--explore', '--until', 'kettle']],
    ['no parameter of this name', ['simulate', 'tdmr-pamt', '--scenario', 'one-chunk', '--set', 'kettle=1']],
    ['a scenario and an input', ['simulate', 'tdmr-pamt', '--scenario', 'one-chunk', '--input', '-']],
    ['an input for no simulator', ['simulate', '--input', '-']],
    ['--until without --explore', ['simulate', 'tdmr-pamt', '--until', 'x']],
    ['--input without a value', ['simulate', 'tdmr-pamt', '--input']],
  ])('%s', async (_, args) => {
    const { status, stdout, stderr } = await patchgloss(args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^patchgloss: .+\n\nUsage: patchgloss /);
  });
});

test('--help says how to use it, of every command too; --version says which version', async () => {
  const { stdout, status } = await patchgloss(['--help']);
  expect(status).toBe(0);
  for (const command of ['read', 'tree', 'hover', 'explain', 'trace', 'diff', 'simulate', 'annotations']) {
    expect(stdout).toContain(`patchgloss ${command}`);
    const said = await patchgloss([command, '--help']);
    expect(said).toMatchObject({ status: 0, stderr: '' });
    expect(said.stdout).toContain(`Usage: patchgloss ${command}`);
  }
  expect((await patchgloss(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test('a term has its notes; an unknown one has none, and that is no failure', async () => {
  const { stdout } = await patchgloss(['explain', 'TD', 'Memory', 'Region']);
  expect(stdout).toContain('TDMR');
  const { stdout: error } = await patchgloss(['explain', '-EBUSY', '--json']);
  expect(JSON.parse(error)).toMatchObject({ found: true, meanings: [{ concept: 'ebusy' }] });
  const unknown = await patchgloss(['explain', 'samovar', '--json']);
  expect(unknown.status).toBe(0);
  expect(JSON.parse(unknown.stdout)).toEqual({ schemaVersion: 1, term: 'samovar', found: false, meanings: [] });
});

test('words near a term order its meanings', async () => {
  const first = async (near: string): Promise<string> => {
    const { stdout } = await patchgloss(['explain', 'TD', '--near', near, '--json']);
    const { meanings } = JSON.parse(stdout);
    expect(meanings.length).toBeGreaterThan(1);
    return meanings[0].concept;
  };
  expect(await first('TDX guest memory')).toBe('td');
  expect(await first('USB xhci endpoint')).toBe('usb-transfer-descriptor');
});

test('a reader who stops reading early is no error', () => {
  const folder = folderOf({
    'long.eml': `From: ada@example.org\nSubject: tea\n\n${'The pot is warm.\n'.repeat(200_000)}`,
  });
  const command = `"${process.execPath}" "${program}" tree "${join(folder, 'long.eml')}" | head -n 1`;
  const { stdout, stderr } = spawnSync('/bin/sh', ['-c', command], { encoding: 'utf8' });
  expect(stdout).toMatch(/^message /);
  expect(stderr).toBe('');
});
