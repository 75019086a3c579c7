import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cut, type MailboxCut } from '#cut';
import { bytesSource } from '#mailast';
import { type Case, corpus, expected, filesOf, same, suite } from './corpus.ts';

function cutText(text: string): MailboxCut {
  return cut(bytesSource(Buffer.from(text, 'latin1')));
}

/** A message as it was before it was put into the mailbox, in bytes: header and body, one `>` taken from escaped lines. */
function messageIn({ source, messages }: MailboxCut, index: number): string {
  const message = messages[index];
  if (!message) return '(no message)';
  const header = source.text.slice(message.fields[0]?.start ?? message.body.start, message.body.start);
  const body = source.text.slice(message.body.start, message.body.end);
  return header + (message.escapedFrom ? body.replace(/^>(>*From )/gm, '$1') : body);
}

interface Mboxes {
  groups: Record<string, { mbox: string; messages: string[] }[]>;
}

suite('thunderbird mailboxes: every byte of every message', 20, () =>
  Object.entries(expected<Mboxes>('thunderbird-mbox').groups).flatMap(([group, cases]) =>
    cases.map(({ mbox, messages }, index): Case => {
      const mailbox = cutText(mbox);
      const found = mailbox.messages.map((_, at) => messageIn(mailbox, at));
      return same(`${group} ${index}`, JSON.stringify(found), JSON.stringify(messages));
    }),
  ),
);

interface GitMailSplit {
  mailsplit: { file: string; count: number }[];
}

suite('git mailsplit: how many messages', 4, () =>
  expected<GitMailSplit>('git-mailinfo').mailsplit.map(({ file, count }) => {
    const { messages } = cutText(readFileSync(join(corpus, 'git-mailinfo/input', file), 'latin1'));
    return same(file, `${messages.length} messages`, `${count} messages`);
  }),
);

function gitIsThere(): boolean {
  try {
    execFileSync('git', ['--version']);
    return true;
  } catch (error) {
    if (process.env.CI) throw error;
    console.warn('git is not installed: what git mailsplit writes is not compared');
    return false;
  }
}

/** What `git mailsplit` writes, a file for each message; a CR at the end of a line is left. */
function splitByGit(path: string): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'patchgloss-split-'));
  try {
    execFileSync('git', ['mailsplit', '--mboxrd', '--keep-cr', `-o${folder}`, path]);
    return readdirSync(folder)
      .sort()
      .map((name) => readFileSync(join(folder, name), 'latin1'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The message with its From_ line and its separator, as git writes it. */
function asGitWrites({ source, messages }: MailboxCut, index: number): string {
  const span = messages[index]?.span ?? { start: 0, end: 0 };
  const written = source.text.slice(span.start, span.end);
  return written.replace(/^\s+(?=From )/, '').replace(/^>(>*From )/gm, '$1');
}

suite('git mailsplit: every byte of every message of 28 mailboxes', gitIsThere() ? 638 : 0, () => {
  if (!gitIsThere()) return [];
  const samples = expected<GitMailSplit>('git-mailinfo').mailsplit.map(({ file }) => join('git-mailinfo/input', file));
  const threads = filesOf('threads', '.mbox').map((file) => join('threads', file));
  return [...samples, ...threads].flatMap((path) => {
    const file = join(corpus, path);
    const mailbox = cutText(readFileSync(file, 'latin1'));
    const split = splitByGit(file);
    const count = Math.max(split.length, mailbox.messages.length);
    return Array.from({ length: count }, (_, index) =>
      same(`${path} ${index}`, asGitWrites(mailbox, index), split[index]),
    );
  });
});
