import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasPublicInbox, installed, mailOf, type PublicInbox, servePublicInbox } from '../archive/public-inbox.ts';
import { folderOf, patchgloss, withProgram } from './patchgloss.ts';

withProgram();

const ONE = mailOf('one@example.org', 'valve: close it', {}, 'Turns the lever.\n');
const TWO = mailOf(
  'two@example.org',
  'Re: valve: close it',
  { From: 'Bo Example <bo@example.org>', 'In-Reply-To': '<one@example.org>', Date: 'Tue, 09 Jan 2024 10:00:00 +0000' },
  'The tap leaks.\n',
);

const LISTED = (where: (name: string) => string) =>
  `valve: close it\n  2024-01-08  Ada Example <ada@example.org>  <one@example.org>  ${where('one')}\n  2024-01-09  Bo Example <bo@example.org>  <two@example.org>  ${where('two')}\n`;

test('mailboxes and folders are searched', async () => {
  const folder = folderOf({ 'mail/one.eml': ONE, 'mail/two.eml': TWO });
  const { status, stdout } = await patchgloss(['search', 's:valve', join(folder, 'mail')]);
  expect({ status, stdout }).toEqual({ status: 0, stdout: LISTED((name) => join(folder, 'mail', `${name}.eml:0`)) });
  expect((await patchgloss(['search', 'tap d:20240109', join(folder, 'mail')])).stdout).not.toContain('one@');
  expect(await patchgloss(['search', 'kettle', join(folder, 'mail')])).toEqual({ status: 0, stdout: '', stderr: '' });
});

describe.skipIf(!hasPublicInbox)('the search of a server', () => {
  let inbox: PublicInbox;
  beforeAll(async () => {
    inbox = await servePublicInbox([ONE, TWO]);
  });
  afterAll(() => inbox?.stop());

  test('is asked', async () => {
    const { status, stdout } = await patchgloss(['search', 's:valve', '--base', inbox.server]);
    expect({ status, stdout }).toEqual({ status: 0, stdout: LISTED((name) => `${inbox.server}/${name}@example.org/`) });
  });
});

describe.skipIf(!installed('notmuch'))('notmuch', () => {
  test('is asked', async () => {
    const home = folderOf({ 'mail/cur/one.eml': ONE, 'mail/cur/two.eml': TWO });
    const config = folderOf({
      config: `[database]\npath=${home}/mail\n[user]\nname=Ada\nprimary_email=ada@example.org\n`,
    });
    const before = process.env.NOTMUCH_CONFIG;
    process.env.NOTMUCH_CONFIG = join(config, 'config');
    try {
      execFileSync('notmuch', ['new', '--quiet']);
      const { status, stdout } = await patchgloss(['search', 's:valve', '--notmuch']);
      expect({ status, stdout }).toEqual({ status: 0, stdout: LISTED((name) => `${home}/mail/cur/${name}.eml:0`) });
    } finally {
      if (before === undefined) delete process.env.NOTMUCH_CONFIG;
      else process.env.NOTMUCH_CONFIG = before;
    }
  });
});

describe.skipIf(!installed('lei'))('lei', () => {
  test('is asked', async () => {
    const home = folderOf({ 'one.eml': ONE, 'two.eml': TWO });
    const before = { HOME: process.env.HOME, XDG_RUNTIME_DIR: process.env.XDG_RUNTIME_DIR };
    Object.assign(process.env, { HOME: home, XDG_RUNTIME_DIR: home });
    try {
      execFileSync('lei', ['import', '--quiet', join(home, 'one.eml'), join(home, 'two.eml')], { stdio: 'pipe' });
      const { status, stdout } = await patchgloss(['search', 's:valve', '--lei']);
      expect({ status, stdout }).toEqual({ status: 0, stdout: LISTED(() => '').replaceAll(/ +$/gm, '') });
      execFileSync('lei', ['daemon-kill'], { stdio: 'pipe' });
    } finally {
      for (const [name, value] of Object.entries(before)) {
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
      }
    }
  }, 60_000);
});

describe('wrong usage of search', () => {
  test.each([
    ['no query', []],
    ['nothing to search', ['valve']],
    ['two things to search', ['valve', 'a.mbox', '--notmuch']],
    ['two programs', ['valve', '--lei', '--notmuch']],
    ['a term that means nothing', ['d:never', 'a.mbox']],
  ])('%s', async (_, args) => {
    const { status, stdout } = await patchgloss(['search', ...args]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  });
});
