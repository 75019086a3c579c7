/** Mail that the real notmuch knows, for the host that is started next: its settings are taken over from this process. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installed, mailOf } from '../archive/public-inbox.ts';

const ONE = mailOf('lever@example.org', '[PATCH] lever: turn it', {}, 'Turns the lever.\n');
const TWO = mailOf(
  'squeak@example.org',
  'Re: [PATCH] lever: turn it',
  {
    From: 'Bo Example <bo@example.org>',
    'In-Reply-To': '<lever@example.org>',
    Date: 'Tue, 09 Jan 2024 10:00:00 +0000',
  },
  'It squeaks.\n',
);
const OTHER = mailOf('kettle@example.org', 'kettle: boil', {}, 'Water, and no other thing.\n');

export interface NotmuchMail {
  /** What `notmuch search` finds for a word of a subject, one id a line. */
  search(word: string): string;
  stop(): void;
}

/** Absent where notmuch is not installed. */
export function notmuchMail(): NotmuchMail | undefined {
  if (!installed('notmuch')) return undefined;
  const home = mkdtempSync(join(tmpdir(), 'patchgloss-notmuch-'));
  mkdirSync(join(home, 'mail/cur'), { recursive: true });
  for (const [name, mail] of Object.entries({ ONE, TWO, OTHER })) writeFileSync(join(home, `mail/cur/${name}`), mail);
  const config = join(home, 'config');
  writeFileSync(config, `[database]\npath=${home}/mail\n[user]\nname=Ada\nprimary_email=ada@example.org\n`);
  const before = process.env.NOTMUCH_CONFIG;
  process.env.NOTMUCH_CONFIG = config;
  execFileSync('notmuch', ['new', '--quiet']);
  return {
    search: (word) => execFileSync('notmuch', ['search', '--output=messages', `subject:${word}`], { encoding: 'utf8' }),
    stop() {
      if (before === undefined) delete process.env.NOTMUCH_CONFIG;
      else process.env.NOTMUCH_CONFIG = before;
      rmSync(home, { recursive: true, force: true });
    },
  };
}
