import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { mbox, PATCH } from './mails.ts';
import { answer, folderOf, patchgloss, withProgram } from './patchgloss.ts';

withProgram();

const noise = Uint8Array.from({ length: 50_000 }, (_, index) => (index * 7919 + (index >> 3) * 104_729) % 256);
const LINE = 'the TDX module > > PAMT ';
const folder = folderOf({
  empty: '',
  'blank.txt': '\n \n\n',
  'binary.bin': noise,
  'long.txt': LINE.repeat(Math.ceil(10_000_000 / LINE.length)),
  'marks.eml': `From: ada@example.org\nSubject: tea\n\n${'> '.repeat(5_000_000)}tea\n`,
  'deep.eml': `From: ada@example.org\nSubject: tea\n\n${Array.from({ length: 2000 }, (_, depth) => `${'>'.repeat(depth + 1)} tea\n`).join('')}`,
  'cut.mbox': mbox(PATCH, PATCH).slice(0, mbox(PATCH).length + 90),
  'bom.eml': `\ufeffFrom: ada@example.org\nSubject: tea\n\nThe PAMT of the TDX module\n`,
  'crlf.eml': PATCH.replaceAll('\n', '\r\n'),
  'nul.eml': 'From: ada@example.org\nSubject: tea\n\nThe PAMT\u0000 of the TDX\u0000 module\n',
  'bomb.gz': gzipSync(new Uint8Array(60_000_000)),
  'cut.gz': gzipSync(mbox(PATCH, PATCH)).subarray(0, 500),
  'sub/x.eml': PATCH,
});
const at = (name: string): string => join(folder, name);

const WAYS = [
  ['read', '--json'],
  ['read', '--html'],
  ['read'],
  ['read', '--markdown'],
  ['tree'],
  ['tree', '--json'],
  ['index', '--json'],
];

/** Name, exit status, and what stderr says in one line. */
const CASES: [string, number, RegExp][] = [
  ['empty', 0, /nothing to read/],
  ['blank.txt', 0, /nothing to read/],
  ['binary.bin', 1, /binary/],
  ['cut.mbox', 0, /^$/],
  ['bom.eml', 0, /^$/],
  ['crlf.eml', 0, /^$/],
  ['nul.eml', 0, /^$/],
  ['deep.eml', 0, /^$/],
  ['marks.eml', 0, /^$/],
  ['bomb.gz', 1, /unfolds to more than/],
  ['cut.gz', 1, /compressed data is damaged/],
  ['missing.eml', 1, /no such file/],
];

describe.each(CASES)('%s', (name, status, told) => {
  test.each(WAYS)('%s %s ends with a clear message and no exception', async (...way) => {
    const args = way.filter((word) => word !== undefined);
    const said = await patchgloss([...args, at(name)]);
    expect(said.status).toBe(status);
    expect(said.stderr).toMatch(told);
    expect(said.stderr.split('\n').length).toBeLessThanOrEqual(2);
    expect(said.stderr).not.toMatch(/\n\s+at /);
    if (args.includes('--json') && said.stdout !== '') expect(JSON.parse(said.stdout).schemaVersion).toBe(1);
  });
});

test('a line of 10 MB with a million terms is read, shown as a tree, and hovered', async () => {
  const read = await patchgloss(['read', at('long.txt')]);
  expect(read).toMatchObject({ status: 0, stderr: '' });
  expect((await patchgloss(['tree', at('long.txt')])).status).toBe(0);
  const place = `1:${LINE.length * 300_000 + LINE.indexOf('PAMT') + 2}`;
  expect(await answer(['hover', at('long.txt'), place, '--json'])).toMatchObject({ found: true });
}, 90_000);

test('a mailbox that was cut in the middle of a header says so, and the message before it is whole', async () => {
  const { files } = await answer(['read', '--json', at('cut.mbox')]);
  const [whole, cut] = files[0].messages;
  expect(whole.diffs).toHaveLength(1);
  expect(whole.complaints).toEqual([]);
  expect(cut.complaints).toMatchObject([{ ruleId: 'header-cut-off', severity: 'warning' }]);
});

test('true depths are kept where quotes nest deeper than the tree', async () => {
  const { files } = await answer(['read', '--json', at('deep.eml')]);
  const { lines, quotes } = files[0].messages[0];
  expect(lines[1999]).toMatchObject({ depth: 2000, kind: 'quote' });
  expect(quotes).toHaveLength(64);
});

test('a mark at the start of a file is no column of it', async () => {
  expect(await answer(['hover', at('bom.eml'), '4:5', '--json'])).toMatchObject({ found: true, text: 'PAMT' });
});

test('what can be read of damaged compressed data is read', async () => {
  const { stdout } = await patchgloss(['read', '--json', at('cut.gz')]);
  const { files } = JSON.parse(stdout);
  expect(files[0].complaints).toMatchObject([{ ruleId: 'compressed-data-damaged', severity: 'error' }]);
  expect(files[0].messages[0].subject).toBe('[PATCH v2 1/2] tea: warm the pot');
});

test('one bad input does not keep the others from being read', async () => {
  const { status, stdout, stderr } = await patchgloss([
    'read',
    '--json',
    at('missing.eml'),
    at('binary.bin'),
    at('crlf.eml'),
  ]);
  expect(status).toBe(1);
  expect(stderr.trim().split('\n')).toHaveLength(2);
  const { files } = JSON.parse(stdout);
  expect(files.map((file: { messages: unknown[] }) => file.messages.length)).toEqual([0, 0, 1]);
  expect(files[2].messages[0].key).toBe('2:0');
});

test('a folder is read by read alone', async () => {
  expect(await patchgloss(['tree', at('sub')])).toMatchObject({ status: 1, stderr: expect.stringContaining('folder') });
  expect(await patchgloss(['hover', at('sub'), '1:1'])).toMatchObject({ status: 1 });
  expect((await patchgloss(['read', at('sub')])).status).toBe(0);
});
