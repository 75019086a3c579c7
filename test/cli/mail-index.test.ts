import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { COVER, mbox, PATCH, REPLY } from './mails.ts';
import { answer, folderOf, patchgloss, withProgram } from './patchgloss.ts';

withProgram();

const THREAD = mbox(COVER, PATCH, REPLY);
const folder = folderOf({
  'thread.mbox': THREAD,
  'thread.mbox.gz': gzipSync(THREAD),
  'inbox/cur/1:2,S': PATCH,
  'inbox/new/2.eml': COVER,
  'inbox/tmp/3.eml': COVER,
  'inbox/dovecot.index': '\u0001\u0002\u0003',
  'inbox/.Sent/cur/4:2,S': REPLY,
  'inbox/.Sent/new/.keep': '',
  'inbox/.hidden/5.eml': REPLY,
  'mixed/a.eml': COVER,
  'mixed/picture.png': '\u0089PNG\r\n\u001a\n\0\0\0\rIHDR',
  'mixed/sub/b.eml': REPLY,
  'mixed/.c.eml': REPLY,
});
const at = (name: string): string => join(folder, name);

interface Message {
  key: string;
  start: number;
  end: number;
  subject: string;
  parent?: string;
}

describe('index --json', () => {
  test('tells where each message stands, what its header says, and whom it answers', async () => {
    const { schemaVersion, files, messages, threads } = await answer(['index', '--json', at('thread.mbox')]);
    const bytes = readFileSync(at('thread.mbox'));
    expect({ schemaVersion, files }).toEqual({
      schemaVersion: 1,
      files: [{ path: at('thread.mbox'), bytes: bytes.length, messages: 3 }],
    });
    const texts = messages.map(({ start, end }: Message) => bytes.toString('utf8', start, end));
    expect(texts.join('')).toBe(THREAD);
    for (const text of texts) expect(text).toMatch(/^From mboxrd@z /);
    expect(messages[1]).toEqual({
      key: '0:1',
      start: messages[0].end,
      end: messages[2].start,
      messageId: '20240304081231.1-1-adele@example.org',
      subject: '[PATCH v2 1/2] tea: warm the pot',
      from: { name: 'Ad\u00e8le Example', address: 'adele@example.org' },
      date: '2024-03-04T09:12:31+01:00',
      parent: '0:0',
    });
    expect(threads).toEqual([
      {
        root: '0:0',
        messages: ['0:0', '0:1', '0:2'],
        subject: '[PATCH v2 0/2] tea: two small things',
        series: [{ version: 2, parts: ['0:0', '0:1'], missing: [2] }],
      },
    ]);
  });

  test('says what read says of the same files', async () => {
    const paths = [at('thread.mbox.gz'), at('inbox'), at('mixed/a.eml')];
    const index = await answer(['index', '--json', ...paths]);
    const whole = await answer(['read', '--json', ...paths]);
    const read = whole.files.flatMap((file: { messages: Record<string, unknown>[] }) => file.messages);
    const members = ['key', 'start', 'end', 'messageId', 'subject', 'from', 'date', 'parent', 'duplicateOf'];
    expect(index.messages).toEqual(
      read.map((message: Record<string, unknown>) =>
        Object.fromEntries(members.flatMap((name) => (name in message ? [[name, message[name]]] : []))),
      ),
    );
    const roots = ({ root, messages }: { root: string; messages: string[] }): unknown => ({ root, messages });
    expect(index.threads.map(roots)).toEqual(whole.threads.map(roots));
  });

  test('joins the mails of a folder, without what is hidden, not delivered or of the server', async () => {
    const { files, threads } = await answer(['index', '--json', at('inbox')]);
    expect(files.map(({ path }: { path: string }) => path.slice(folder.length + 1))).toEqual([
      'inbox/.Sent/cur/4:2,S',
      'inbox/cur/1:2,S',
      'inbox/new/2.eml',
    ]);
    expect(threads).toHaveLength(1);
    expect(threads[0].root).toBe('2:0');
  });

  test('refuses what is no mail in a folder, and reads the rest', async () => {
    const { status, stdout, stderr } = await patchgloss(['index', '--json', at('mixed'), at('missing')]);
    expect(status).toBe(1);
    expect(stderr.trim().split('\n')).toEqual([
      expect.stringMatching(/picture.png: .*binary/),
      expect.stringMatching(/missing: there is no such file/),
    ]);
    const { files, messages } = JSON.parse(stdout);
    expect(files.map((file: { messages: number }) => file.messages)).toEqual([1, 0, 1, 0]);
    expect(messages.map(({ key }: Message) => key)).toEqual(['0:0', '2:0']);
  });

  test('reads standard input, and measures itself when it is asked to', async () => {
    const { messages, stats } = await answer(['index', '--json', '--stats', '-'], THREAD);
    expect(messages).toHaveLength(3);
    expect(stats.peakMemory).toBeGreaterThan(2 ** 20);
    expect(stats.milliseconds).toBeGreaterThan(0);
  });
});

test('index --cache says the same at the first time, the second time, and when the mailbox has grown', async () => {
  const mails = Array.from({ length: 900 }, (_, index) =>
    [COVER, PATCH, REPLY].map((mail) => mail.replaceAll('@example.org>', `.${index}@example.org>`)),
  );
  const large = join(folder, 'large.mbox');
  const kept = join(folder, 'kept');
  for (const count of [850, 850, 900]) {
    writeFileSync(large, mbox(...mails.slice(0, count).flat()));
    const plain = await answer(['index', '--json', large]);
    expect(await answer(['index', '--json', '--cache', kept, large])).toEqual(plain);
    expect(await answer(['index', '--json', '--cache', kept, at('thread.mbox'), large])).toEqual(
      await answer(['index', '--json', at('thread.mbox'), large]),
    );
    expect(plain.threads).toHaveLength(count);
  }
  expect(readdirSync(kept)).toHaveLength(1);
}, 120_000);

test.each([[['inbox']], [['thread.mbox.gz']], [['mixed', 'thread.mbox']], [['inbox', 'none', 'thread.mbox.gz']]])(
  'index --cache of %j says the same as without, whether it was kept or not',
  async (names) => {
    const paths = names.map(at);
    const plain = await patchgloss(['index', '--json', ...paths]);
    const kept = at(`kept-${names.join('-')}`);
    for (let round = 0; round < 2; round++)
      expect(await patchgloss(['index', '--json', '--cache', kept, ...paths])).toEqual(plain);
    expect(readdirSync(kept).length).toBeGreaterThan(0);
  },
  60_000,
);

test('a public-inbox in git is indexed as one file, whose messages are blobs', async () => {
  const repository = join(folder, 'tea/git/0.git');
  execFileSync('git', ['init', '-q', '--bare', repository]);
  const commits = [COVER, PATCH, REPLY].map(
    (mail, index) =>
      `commit refs/heads/master\ncommitter Ada <ada@example.org> ${index} +0000\ndata 0\nM 100644 inline m\ndata ${Buffer.byteLength(mail)}\n${mail}\n`,
  );
  execFileSync('git', [`--git-dir=${repository}`, 'fast-import', '--quiet'], { input: commits.join('') });
  execFileSync('git', [`--git-dir=${repository}`, 'symbolic-ref', 'HEAD', 'refs/heads/master']);
  const { files, messages, threads } = await answer(['index', '--json', '--cache', at('kept'), at('tea')]);
  expect(files).toEqual([{ path: at('tea'), bytes: Buffer.byteLength(COVER + PATCH + REPLY), messages: 3 }]);
  const blobs = messages.map(({ blob }: { blob: string }) =>
    execFileSync('git', [`--git-dir=${repository}`, 'cat-file', 'blob', blob]).toString(),
  );
  expect(blobs).toEqual([COVER, PATCH, REPLY]);
  const { threads: fromFile } = await answer(['index', '--json', at('thread.mbox')]);
  expect(threads).toEqual(fromFile);
  const again = await answer(['index', '--json', '--cache', at('kept'), at('tea')]);
  expect([again.messages, again.threads]).toEqual([messages, threads]);
});

test('index lists files and threads for a reader', async () => {
  const { status, stdout } = await patchgloss(['index', at('thread.mbox')]);
  expect(status).toBe(0);
  expect(stdout).toContain(': 3 messages, ');
  expect(stdout).toMatch(/^ +3 {2}0:0 {2}\[PATCH v2 0\/2\] tea: two small things$/m);
});

describe('compressed files', () => {
  const members = Buffer.concat([gzipSync(mbox(COVER)), gzipSync(`\n${mbox(PATCH, REPLY)}`)]);
  const long = gzipSync(mbox(...Array.from({ length: 300 }, (_, index) => PATCH.replace('warm', `warm ${index}`))));

  test('of several members are read as one', async () => {
    const { messages } = await answer(['index', '--json', '-'], members);
    expect(messages).toHaveLength(3);
  });

  test('that were cut off are read as far as they go', async () => {
    const { status, stdout, stderr } = await patchgloss(['index', '--json', '-'], long.subarray(0, long.length - 200));
    expect(status).toBe(1);
    expect(stderr).toMatch(/compressed data is damaged behind \d+ bytes/);
    expect(JSON.parse(stdout).messages.length).toBeGreaterThan(200);
  });

  test('that unfold to far more than mail does are read up to a bound', async () => {
    const bomb = gzipSync(mbox(COVER, `${PATCH}${' '.repeat(400_000_000)}`));
    const { status, stdout, stderr } = await patchgloss(['index', '--json', '-'], bomb);
    expect(status).toBe(1);
    expect(stderr).toMatch(/unfolds to more than \d+ MB/);
    const { files, messages } = JSON.parse(stdout);
    expect(messages).toHaveLength(2);
    expect(files[0].bytes).toBeLessThan(bomb.length * 200 + 1);
  });
});
