import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bytesSource } from '#mailast';
import { isMail, openMailbox } from '#parse';

const root = join(import.meta.dirname, '../..');
const shared = join(root, '../shared');
const present = existsSync(shared);
if (!present && process.env.CI) throw new Error(`Real pages are missing: ${shared}`);

function dialectOf(path: string): string {
  return openMailbox(bytesSource(readFileSync(path))).dialect;
}

function isMailFile(path: string): boolean {
  return isMail(readFileSync(path, 'utf8').slice(0, 4096));
}

describe.skipIf(!present)('the way in which a real page is written (../shared)', () => {
  it.each([
    ['seeds/000', 'hypermail'],
    ['seeds/001', 'mhonarc'],
    ['seeds/002', 'hypermail'],
    ['seeds/003', 'flattened'],
    ['seeds/004', 'hypermail'],
    ['corpus/pages/000', 'hypermail'],
    ['corpus/pages/002', 'mhonarc'],
    ['corpus/pages/004', 'flattened'],
    ['corpus/pages/009', 'lore-text'],
    ['corpus/pages/010', 'lore-text'],
    ['corpus/pages/013', 'lore-text'],
    ['corpus/pages/017', 'lore-stripped'],
    ['corpus/pages/018', 'lore-stripped'],
    ['corpus/pages/024', 'flattened'],
    ['corpus/pages/030', 'openwall'],
    ['corpus/pages/032', 'flattened'],
    ['corpus/pages/036', 'pipermail'],
  ])('%s is %s', (path, dialect) => {
    const [folder = '', name = ''] = [path.slice(0, path.lastIndexOf('/')), path.slice(path.lastIndexOf('/') + 1)];
    const file = readdirSync(join(shared, folder)).find((one) => one.startsWith(name)) ?? name;
    expect(dialectOf(join(shared, folder, file))).toBe(dialect);
  });

  it('is a message or a mailbox for every real mail', () => {
    const files = [
      ...readdirSync(join(shared, 'corpus/mails')).map((file) => join(shared, 'corpus/mails', file)),
      ...readdirSync(join(shared, 'corpus/threads')).map((file) => join(shared, 'corpus/threads', file)),
    ].filter((file) => /\.(?:eml|mbox)$/.test(file));
    expect(files.length).toBeGreaterThan(100);
    for (const file of files) {
      expect([file, dialectOf(file)]).toEqual([
        file,
        file.endsWith('.mbox') ? 'mbox' : expect.stringMatching(/^(?:mbox|message)$/),
      ]);
      expect([file, isMailFile(file)]).toEqual([file, true]);
    }
  });

  it('is no mail for a bare diff', () => {
    const folder = join(shared, 'corpus/diffs/unidiff');
    const bare = readdirSync(folder).filter(
      (file) => !/^From [0-9a-f]{40} /.test(readFileSync(join(folder, file), 'latin1')),
    );
    expect(bare.length).toBeGreaterThan(10);
    for (const file of bare) expect([file, isMailFile(join(folder, file))]).toEqual([file, false]);
  });
});

describe('an ordinary file is no mail', () => {
  const files = ['src', '.']
    .flatMap((folder) => readdirSync(join(root, folder), { recursive: folder !== '.', withFileTypes: true }))
    .filter(
      (entry) =>
        entry.isFile() &&
        /\.(?:ts|mjs|json|md|css)$/.test(entry.name) &&
        !/node_modules|fixtures/.test(entry.parentPath),
    )
    .map((entry) => join(entry.parentPath, entry.name));

  it('as our own sources, notes and settings', () => {
    expect(files.length).toBeGreaterThan(100);
    for (const file of files) expect([file, isMailFile(file)]).toEqual([file, false]);
  });

  it.each([
    ['a log', '2023-07-03T10:00:00Z INFO From: 10.0.0.1 To: 10.0.0.2\n2023-07-03T10:00:01Z WARN Date: none\n'],
    ['a kernel log', '[    0.000000] Linux version 6.4.0\n[    0.000000] Command line: quiet\n'],
    ['YAML', 'from: a\nto: b\nsubject: c\ndate: 2023-07-03\n'],
    ['Markdown with front matter', '---\ntitle: Tea\ndate: 2023-07-03\n---\n\n# Tea\n\n> a quote\n'],
    ['Markdown with a quote', '# Tea\n\nAda wrote:\n\n> a quote\n> in two lines\n'],
    ['one long line of JSON', `{"from": "a", "quote": "x > y > z", ${'"Subject: tea": 1, '.repeat(40)}"end": true}`],
    ['one long line of code', `if (a > b && c > d) { return x > y; } ${'call(a > b); '.repeat(40)}`],
    ['a bare diff', 'diff --git a/tea.c b/tea.c\n--- a/tea.c\n+++ b/tea.c\n@@ -1 +1 @@\n-From: x\n+Subject: y\n'],
    [
      'a commit as git shows it',
      'commit 0123456789abcdef\nAuthor: Ada Example <ada@example.org>\nDate:   Mon Jul 3 10:00:00 2023 +0200\n\n    tea: warm the pot\n',
    ],
    ['prose that begins with From', 'From the start we knew that the pot was cold.\nTo warm it: boil water.\n'],
    [
      'a list of packages',
      'Package: tea\nStatus: install ok installed\nPriority: optional\nMaintainer: Ada Example <ada@example.org>\n',
    ],
    ['an HTTP answer', 'HTTP/1.1 200 OK\nDate: Mon, 03 Jul 2023 08:00:00 GMT\nContent-Type: text/plain\n\nhot\n'],
    ['nothing', ''],
  ])('as %s', (_, text) => {
    expect(isMail(text)).toBe(false);
  });

  it.each([
    [
      'a patch of git with its header',
      'From 0123456789012345678901234567890123456789 Mon Sep 17 00:00:00 2001\nFrom: Ada Example <ada@example.org>\nDate: x\n',
    ],
    ['a message', 'Received: by x\nFrom: ada@example.org\n\nhot\n'],
    [
      'a patch with a log and no header',
      'From: Ada Example <ada@example.org>\n\nWarm the pot.\n\nSigned-off-by: Ada Example <ada@example.org>\n---\ndiff --git a/x b/x\n',
    ],
  ])('but %s is', (_, text) => {
    expect(isMail(text)).toBe(true);
  });
});
