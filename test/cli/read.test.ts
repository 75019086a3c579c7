import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { MessageAnswer } from '#features';
import { COVER, mbox, PATCH, REPLY } from './mails.ts';
import { answer, folderOf, patchgloss, withProgram } from './patchgloss.ts';

withProgram();

const folder = folderOf({
  'thread.mbox': mbox(COVER, PATCH, REPLY),
  'patch.eml': PATCH,
  'crlf.eml': PATCH.replaceAll('\n', '\r\n'),
  'thread.mbox.gz': gzipSync(mbox(COVER, PATCH, REPLY)),
  'inbox/new/2.eml': COVER,
  'inbox/cur/1:2,S': PATCH,
  'inbox/tmp/3.eml': REPLY,
  'inbox/.state': 'no mail',
});
const at = (name: string): string => join(folder, name);

async function messagesOf(name: string): Promise<MessageAnswer[]> {
  const { files } = await answer(['read', '--json', at(name)]);
  return files.flatMap((file: { messages: MessageAnswer[] }) => file.messages);
}

describe('read --json', () => {
  test('gives what the header says: decoded, with ids, addresses and a date with its own offset', async () => {
    const [message] = await messagesOf('patch.eml');
    expect(message).toMatchObject({
      key: '0:0',
      messageId: '20240304081231.1-1-adele@example.org',
      inReplyTo: ['20240304081231.1-0-adele@example.org'],
      from: { name: 'Ad\u00e8le Example', address: 'adele@example.org' },
      to: [{ address: 'ben@example.org' }, { name: 'Okafor, Cy', address: 'cy@example.org' }],
      subject: '[PATCH v2 1/2] tea: warm the pot',
      date: '2024-03-04T09:12:31+01:00',
      kind: 'patch',
      series: { prefixes: ['PATCH', 'v2', '1/2'], version: 2, part: 1, total: 2, clean: 'tea: warm the pot' },
    });
    const bytes = readFileSync(at('patch.eml'));
    const subject = message?.headers.find(({ name }) => name === 'Subject');
    expect(bytes.toString('utf8', subject?.start, subject?.end)).toBe('Subject: [PATCH v2 1/2] tea: warm\n the pot');
  });

  test.each(['patch.eml', 'crlf.eml'])('%s: every line of the text leads back to its bytes', async (name) => {
    const [message] = await messagesOf(name);
    const bytes = readFileSync(at(name));
    const { text, lines } = message ?? { text: '', lines: [] };
    expect(lines.map(({ start, end }) => bytes.toString('utf8', start, end))).toEqual(text.split('\n'));
    expect(text).toBe(PATCH.slice(PATCH.indexOf('\n\n') + 2));
  });

  test('tells what kind of line each is, in a quote too', async () => {
    const [, patch, reply] = await messagesOf('thread.mbox');
    const kinds = (message: MessageAnswer | undefined): string[] =>
      (message?.lines ?? []).map(({ kind, depth }) => `${depth} ${kind}`);
    expect(kinds(patch)).toEqual([
      ...[
        '0 text',
        '0 blank',
        '0 footnote',
        '0 blank',
        '0 trailer',
        '0 trailer',
        '0 divider',
        '0 diffstat',
        '0 diffstat',
        '0 blank',
      ],
      ...['0 diff-header', '0 diff-header', '0 diff-header', '0 diff-header', '0 hunk'],
      ...['0 context', '0 removed', '0 added', '0 added', '0 signature', '0 signature', '0 blank'],
    ]);
    expect(kinds(reply)).toEqual([
      ...[
        '0 attribution',
        '1 quote',
        '1 quote',
        '1 blank',
        '1 diff-header',
        '1 diff-header',
        '1 diff-header',
        '1 hunk',
      ],
      ...['1 context', '1 removed', '1 added', '1 added', '0 blank', '0 text', '0 blank', '0 trailer', '0 blank'],
    ]);
  });

  test('finds quotes with their speaker, trailers, diffs and links at their lines', async () => {
    const [, patch, reply] = await messagesOf('thread.mbox');
    expect(reply?.quotes).toMatchObject([
      { depth: 1, firstLine: 2, lastLine: 12, speaker: 'Adele Example', from: { key: '0:1', line: 1 } },
    ]);
    expect(reply?.quotes[0]).not.toHaveProperty('altered');
    expect(reply?.diffs).toMatchObject([{ after: 'tea.c', added: 2, removed: 1, hunks: 1, line: 5, depth: 1 }]);
    expect(reply?.trailers).toEqual([
      { token: 'Reviewed-by', value: 'Ben Okafor <ben@example.org>', line: 16, depth: 0 },
    ]);
    expect(patch?.diffs).toMatchObject([{ before: 'tea.c', after: 'tea.c', added: 2, removed: 1, line: 11, depth: 0 }]);
    expect(patch?.diffs[0]).not.toHaveProperty('damaged');
    expect(patch?.links).toEqual([
      { kind: 'url', target: 'https://example.org/pot', text: 'https://example.org/pot', line: 1, column: 33 },
      { kind: 'footnote', target: '3:1', text: '[1]', line: 1, column: 61, state: 'defined' },
    ]);
  });

  test('names the note of a term that is in scope, and where it stands', async () => {
    const [cover] = await messagesOf('thread.mbox');
    expect(cover?.mentions[0]).toEqual({
      concept: 'pamt',
      text: 'PAMT',
      line: 1,
      column: 5,
      spans: [{ line: 1, column: 5, endLine: 1, endColumn: 9 }],
    });
  });

  test('finds a term whole that is broken over a line end and a quote mark', async () => {
    const mail = REPLY.replace(
      '> A cold pot',
      '> The TDX module manages each TD Memory\n> Region of this machine.\n> A cold pot',
    );
    const { files } = await answer(['read', '--json', '-'], mail);
    const found = files[0].messages[0].mentions.find(({ concept }: { concept: string }) => concept === 'tdmr');
    expect(found.text.replace(/\s+/g, ' ')).toBe('TD Memory Region');
    expect(found.spans).toEqual([
      { line: 2, column: 31, endLine: 2, endColumn: 40 },
      { line: 3, column: 3, endLine: 3, endColumn: 9 },
    ]);
  });

  test('joins a thread by ids, and says which patch of a series is not there', async () => {
    const { files, threads } = await answer(['read', '--json', at('thread.mbox')]);
    const parents = files[0].messages.map(({ parent, parentBy }: MessageAnswer) => [parent, parentBy]);
    expect(parents).toEqual([
      [undefined, undefined],
      ['0:0', 'references'],
      ['0:1', 'references'],
    ]);
    expect(threads).toEqual([
      {
        root: '0:0',
        messages: ['0:0', '0:1', '0:2'],
        subject: '[PATCH v2 0/2] tea: two small things',
        series: [{ version: 2, parts: ['0:0', '0:1'], missing: [2] }],
        patches: [
          {
            key: '0:1',
            version: 2,
            trailers: [
              { token: 'Fixes', value: '0123456789ab ("tea: pour")', from: '0:1' },
              { token: 'Signed-off-by', value: 'Adele Example <adele@example.org>', from: '0:1' },
              { token: 'Reviewed-by', value: 'Ben Okafor <ben@example.org>', from: '0:2' },
            ],
          },
        ],
        ledger: [
          expect.objectContaining({ key: '0:0', remarks: [], unreviewed: true }),
          expect.objectContaining({ key: '0:1' }),
        ],
      },
    ]);
    const [remark] = threads[0].ledger[1].remarks;
    expect(remark).toMatchObject({
      by: 'Ben Okafor',
      text: 'Good.',
      approves: true,
      about: { path: 'tea.c', fileLine: 3 },
    });
  });

  test('says what git would make of a patch, and of no answer', async () => {
    const { files } = await answer(['read', '--json', at('thread.mbox')]);
    const [cover, patch, reply] = files[0].messages;
    expect([cover.commit, reply.commit]).toEqual([undefined, undefined]);
    expect(patch.commit).toMatchObject({
      author: 'Ad\u00e8le Example',
      email: 'adele@example.org',
      subject: 'tea: warm the pot',
      date: 'Mon, 4 Mar 2024 09:12:31 +0100',
    });
    expect(patch.commit.message).toMatch(/^A cold pot .*\nSigned-off-by: Adele Example <adele@example.org>\n$/s);
    expect(patch.commit.patch).toMatch(/^---\n tea.c .*\n2\.43\.0\n$/s);
  });

  test('a message whose parent was not given names it all the same', async () => {
    const [message] = await messagesOf('patch.eml');
    expect(message).toMatchObject({ parentId: '20240304081231.1-0-adele@example.org', parentBy: 'references' });
    expect(message).not.toHaveProperty('parent');
  });

  test('reads compressed files, standard input and maildirs as if they were plain files', async () => {
    const { files, threads } = await answer(['read', '--json', at('thread.mbox')]);
    const packed = await answer(['read', '--json', at('thread.mbox.gz')]);
    expect(packed.files[0].messages).toEqual(files[0].messages);
    const piped = await answer(['read', '--json', '-'], gzipSync(mbox(COVER, PATCH, REPLY)));
    expect(piped).toEqual({ ...packed, files: [{ ...packed.files[0], path: '-' }], threads });
    const inbox = await answer(['read', '--json', at('inbox')]);
    expect(inbox.files.map(({ path }: { path: string }) => path)).toEqual([
      at('inbox/cur/1:2,S'),
      at('inbox/new/2.eml'),
    ]);
    expect(inbox.files[0].messages[0]).toMatchObject({ key: '0:0', parent: '1:0' });
  });
});

/** What a stranger may write to be taken for more than text. */
const HOSTILE = `From: "<img src=x onerror=alert(1)>" <eve@example.org>
Subject: <script>alert(1)</script> [click](command:x) \u202egnp.exe

<script>alert(2)</script> & "quotes" \u001b[31mred\u001b[0m $(alert) [x](javascript:alert(1))
javascript:alert(3) https://example.org/?a=1&b=<b>
`;

describe('the other formats', () => {
  test('--text on no terminal has no colors, the words of the mail and its terms', async () => {
    const { stdout } = await patchgloss(['read', at('thread.mbox')]);
    expect(stdout).not.toContain('\u001b');
    expect(stdout).toContain('+\twarm(pot);');
    expect(stdout).toContain('Quoted: Adele Example (depth 1)');
    expect(stdout).toMatch(/^Terms$/m);
    expect(stdout).toContain('PAMT, Physical Address Metadata Table');
  });

  test('--text shows control signs of a mail instead of sending them to the terminal', async () => {
    const { stdout } = await patchgloss(['read', '--text', '-'], HOSTILE);
    for (const sign of ['\u001b', '\u202e']) expect(stdout).not.toContain(sign);
    expect(stdout).toContain('\u27e8U+001B\u27e9[31mred');
  });

  test.each([['--text'], ['--markdown'], ['--html']])(
    '%s shows control signs also where it complains of them',
    async (way) => {
      const bad = 'tea\u001b]0;x\u0007\u202e';
      const mail = `Subject: tea\nFrom: a@example.org\nContent-Type: text/plain; charset="${bad}"\nContent-Transfer-Encoding: ${bad}\n\nx\n`;
      const { stdout } = await patchgloss(['read', way, '-'], mail);
      expect(stdout).toMatch(/charset.*tea.*U\+001B/);
      for (const sign of ['\u001b', '\u0007', '\u202e']) expect(stdout).not.toContain(sign);
    },
  );

  test.each([['tree'], ['index'], ['read']])(
    '%s shows what nobody sees, and keeps what joins letters',
    async (command) => {
      const mail = 'Subject: tea\u{e0041}\u2028\u{1f469}\u200d\u{1f52c}\nFrom: a@example.org\n\nx\n';
      const { stdout } = await patchgloss([command, '-'], mail);
      expect(stdout).toContain('tea\u27e8U+E0041\u27e9\u27e8U+2028\u27e9\u{1f469}\u200d\u{1f52c}');
    },
  );

  test('--html is one page without scripts, and nothing of the mail is markup in it', async () => {
    const { stdout } = await patchgloss(['read', '--html', '-'], HOSTILE);
    expect(stdout).toMatch(/^<!doctype html>/);
    expect(stdout).toContain("default-src 'none'");
    expect(stdout).not.toMatch(/<script|<img|<b>|\u202e/);
    expect(stdout).toContain('&lt;script&gt;alert(2)&lt;/script&gt; &amp; &quot;quotes&quot;');
    const targets = [...stdout.matchAll(/href="([^"]*)"/g)].map((match) => match[1] ?? '');
    expect(targets.every((target) => /^(?:https:|#note-)/.test(target))).toBe(true);
    expect(stdout).not.toMatch(/\s(?:src|on\w+)="/);
  });

  test('--html and --markdown say where the patches stand', async () => {
    for (const format of ['--html', '--markdown']) {
      const { stdout } = await patchgloss(['read', format, at('thread.mbox')]);
      expect(stdout).toContain('Where it stands');
      expect(stdout).toContain('tea.c:3');
      expect(stdout).toContain('nothing asked for');
    }
  });

  test('--html leads every term to its note on the same page', async () => {
    const { stdout } = await patchgloss(['read', '--html', at('thread.mbox')]);
    const targets = [...stdout.matchAll(/href="#(note-[^"]*)"/g)].map((match) => match[1]);
    expect(targets).toContain('note-pamt');
    for (const target of targets) expect(stdout).toContain(`id="${target}"`);
  });

  test('--markdown says who says what, the changes, the trailers and the terms', async () => {
    const { stdout } = await patchgloss(['read', '--markdown', at('thread.mbox')]);
    expect(stdout).toMatch(/^# Re: \\\[PATCH v2 1\/2] tea: warm the pot$/m);
    expect(stdout).toMatch(/^\* Adele Example, quoted, line \d+: A cold pot cools the water/m);
    expect(stdout).toContain('tea.c: 2 added, 1 removed, quoted');
    expect(stdout).toContain('Reviewed-by: Ben Okafor');
    expect(stdout).toContain('**PAMT (Physical Address Metadata Table)**');
  });

  test('--markdown names a thousand turns of one mail, and where the rest begins', async () => {
    const mail = `Subject: tea\nFrom: a@example.org\n\n${'> hot\ncold\n'.repeat(600)}`;
    const { stdout } = await patchgloss(['read', '--markdown', '-'], mail);
    expect(stdout.match(/^\* /gm)).toHaveLength(1001);
    expect(stdout).toMatch(/^\* and more, line 1004 and below$/m);
  });

  test('--markdown escapes what a mail writes as markup', async () => {
    const { stdout } = await patchgloss(['read', '--markdown', '-'], HOSTILE);
    expect(stdout).not.toMatch(/(?<!\\)<(?:script|img)/);
    expect(stdout).not.toMatch(/(?<!\\)\[(?:click|x)\]/);
    for (const sign of ['\u001b', '\u202e']) expect(stdout).not.toContain(sign);
  });
});

describe('several files', () => {
  const apart = folderOf({ 'post.eml': PATCH, 'answer.eml': REPLY });
  const [post, reply] = [join(apart, 'post.eml'), join(apart, 'answer.eml')];

  test('are read together: a quote names the mail of another file that it was taken from', async () => {
    const { files } = await answer(['read', '--json', reply, post]);
    const [message] = files[0].messages;
    expect(message.parent).toBe('1:0');
    expect(message.quotes[0]).toMatchObject({ from: { key: '1:0', line: 1 } });
  });

  test('are traced together', async () => {
    const line = REPLY.split('\n').indexOf('> A cold pot cools the water, see') + 1;
    expect(await answer(['trace', '--json', reply, `${line}`])).toMatchObject({ found: false });
    const found = await answer(['trace', '--json', reply, `${line}`, '--with', post]);
    expect(found).toMatchObject({ found: true, origin: { key: '1:0', line: 1 } });
    const told = await patchgloss(['trace', reply, `${line}`, '--with', post]);
    expect(told.stdout).toContain(`of ${post}, line 1.`);
  });
});
