import { describe, expect, test } from 'vitest';
import {
  attachmentFile,
  attachments,
  frameHover,
  type OutlineItem,
  outline,
  readBytes,
  readingView,
  readText,
} from '#features';

const BYTES = Uint8Array.from({ length: 300 }, (_, at) => at % 256);

const mail = [
  'From: =?utf-8?q?Ada_Lindqvist?= <ada@example.org>',
  'Subject: tea, attached',
  'Content-Type: multipart/mixed; boundary=b',
  '',
  '--b',
  '',
  'See below.',
  '--b',
  'Content-Type: image/gif; name="../../etc/pot.gif"',
  'Content-Transfer-Encoding: base64',
  '',
  ...(Buffer.from(BYTES)
    .toString('base64')
    .match(/.{1,76}/g) ?? []),
  '--b',
  'Content-Type: text/x-patch; charset=utf-8; name=warm.patch',
  '',
  '--- a/tea.c',
  '+++ b/tea.c',
  '@@ -1 +1 @@',
  '-cold',
  '+warm',
  '--b',
  'Content-Type: message/rfc822',
  '',
  'From: Ben Okafor <ben@example.org>',
  'X-Mailer: kettle',
  'Subject: an older mail',
  '',
  'Old tea.',
  '--b--',
  '',
].join('\n');

describe('attachments', () => {
  test('are listed with type and size, and why some are not shown', () => {
    expect(attachments(readText(mail)).map(({ name, type, size, omitted }) => [name, type, size, omitted])).toEqual([
      ['../../etc/pot.gif', 'image/gif', '300 bytes', 'it is not text'],
      ['warm.patch', 'text/x-patch', '47 bytes', undefined],
      ['message/rfc822', 'message/rfc822', '84 bytes', undefined],
    ]);
  });

  test('stand in the outline, with what they hold', () => {
    const told = (item: OutlineItem): unknown => [item.name, item.detail, item.children.map(told)];
    expect(outline(readText(mail))[0]?.children.map(told)).toEqual([
      ['../../etc/pot.gif', 'image/gif, 300 bytes, not shown', []],
      ['warm.patch', 'text/x-patch, 47 bytes', [['tea.c', '+1 −1', [['line 1', 'line 1', []]]]]],
      ['an older mail', 'message/rfc822, 84 bytes', []],
    ]);
  });

  test('begin in the reading view at a line that leads to their header', () => {
    const reading = readText(mail);
    const view = readingView(reading, 0);
    const lines = view?.text.split('\n') ?? [];
    const line = lines.indexOf('[-- Attachment: warm.patch, text/x-patch, 47 bytes --]');
    expect(mail.slice(view?.sourceOf(line).start).startsWith('--b\nContent-Type: text/x-patch')).toBe(true);
    expect(lines.slice(line - 1, line + 2)).toEqual([
      '[-- Attachment: ../../etc/pot.gif, image/gif, 300 bytes, not shown: it is not text --]',
      lines[line],
      '--- a/tea.c',
    ]);
    expect(lines.slice(-5)).toEqual([
      '[-- Message: message/rfc822, 84 bytes --]',
      'From: Ben Okafor <ben@example.org>',
      'Subject: an older mail',
      '',
      'Old tea.',
    ]);
  });

  test('say on their header, and all over what is not shown, what they are', () => {
    const reading = readText(mail);
    const inHeader = frameHover(reading, mail.indexOf('text/x-patch'));
    expect(inHeader?.markdown).toMatch(/^\*\*warm.patch\*\*/);
    expect(inHeader?.markdown).toContain('(attachment:0/3)');
    const inContent = frameHover(reading, mail.indexOf('base64') + 20);
    expect(inContent?.markdown).toContain('Not shown: it is not text.');
    expect(frameHover(reading, mail.indexOf('See below'))).toBeUndefined();
  });

  test('are saved byte for byte, under a name without folders', () => {
    for (const reading of [readText(mail), readBytes(Buffer.from(mail))]) {
      expect(attachmentFile(reading, 0, 2)).toEqual({ name: 'pot.gif', bytes: BYTES });
      const patch = attachmentFile(reading, 0, 3);
      expect(Buffer.from(patch?.bytes ?? []).toString()).toBe('--- a/tea.c\n+++ b/tea.c\n@@ -1 +1 @@\n-cold\n+warm');
      expect(attachmentFile(reading, 0, 4)?.name).toBe('message.eml');
    }
    expect(attachmentFile(readText(mail), 0, 99)).toBeUndefined();
    expect(attachmentFile(readText(mail), 7, 0)).toBeUndefined();
  });

  test.each([
    ['../../.bashrc', 'bashrc'],
    ['C:\\Users\\ada\\pot.gif', 'pot.gif'],
    ['/etc/passwd', 'passwd'],
    ['..', 'attachment.bin'],
    ['', 'attachment.bin'],
    ['a/', 'attachment.bin'],
    ['con.txt', 'attachment.bin'],
    ['tea\u202egpj.exe', 'teagpj.exe'],
    ['a:b*c?.txt', 'abc.txt'],
    ['pot.txt. ', 'pot.txt'],
    ['  two   words.txt', 'two words.txt'],
    [`${'a'.repeat(300)}.tar.gz`, `${'a'.repeat(117)}.gz`],
  ])('named %j are saved as %j', (filename, saved) => {
    const header = `From: a@example.org\nSubject: x\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: image/gif\n`;
    const text = `${header}Content-Disposition: attachment; filename="${filename.replaceAll('\\', '\\\\')}"\n\nx\n--b--\n`;
    expect(attachmentFile(readText(text), 0, 1)?.name).toBe(saved);
  });
});

describe('a hover over the sender', () => {
  test('shows the address beside the name, and that nobody checked it', () => {
    const answer = frameHover(readText(mail), mail.indexOf('ada@'));
    expect(answer?.markdown).toMatch(/ada\S*example\.org, calls itself Ada Lindqvist/);
    expect(answer?.markdown).toContain('not checked');
  });

  test('speaks of the sender of a forwarded mail on its own line', () => {
    expect(frameHover(readText(mail), mail.indexOf('Ben Okafor'))?.markdown).toContain('Ben Okafor');
  });
});
