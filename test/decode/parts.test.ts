import { describe, expect, it } from 'vitest';
import { bytesSource, walk } from '#mailast';
import { type MessageReading, openMailbox } from '#parse';
import { bodyLinesOf } from '#reading';

const HEADER = 'From: ada@example.org\nSubject: tea\nMIME-Version: 1.0\n';
const MIXED = `${HEADER}Content-Type: multipart/mixed; boundary="b"\n\n`;

function read(text: string): MessageReading {
  return openMailbox(bytesSource(Buffer.from(text, 'utf8'))).message(0);
}

/** The parts in few words: levels as indents, what is not shown in brackets. */
function parts({ readable }: MessageReading): string[] {
  return readable.parts.map(({ depth, mediaType, omitted }) => {
    const type = omitted === undefined ? mediaType : `[${mediaType}]`;
    return `${'  '.repeat(depth)}${type}`;
  });
}

function text(message: MessageReading): string {
  return bodyLinesOf(message).text;
}

function rules(message: MessageReading): string[] {
  return message.complaints.map(({ ruleId }) => ruleId);
}

/** Lines of the readable text that stand for the headers of parts. */
function partLines({ text, readable }: MessageReading): string[] {
  return readable.parts.flatMap(({ line }) => (line ? [text.slice(line.start, line.end)] : []));
}

describe('the text of a message of parts', () => {
  it('is that of its text parts; preamble, epilogue and boundaries are no text', () => {
    const message = read(`${MIXED}preamble\n--b\n\none\n--b\nContent-Type: text/plain\n\ntwo\n\n--b--\nepilogue\n`);
    expect(text(message)).toBe('one\ntwo\n');
    expect(rules(message)).toEqual(['text-behind-parts']);
  });

  it('shows the plain text of several forms, and lists the others', () => {
    const form = (type: string, says: string): string => `--a\nContent-Type: ${type}\n\n${says}\n`;
    const alternative = (...forms: string[]): string =>
      `${HEADER}Content-Type: multipart/alternative; boundary=a\n\n${forms.join('')}--a--\n`;
    const both = read(alternative(form('text/plain', 'tea'), form('text/html', '<b>tea</b>')));
    expect([text(both), parts(both)]).toEqual(['tea', ['multipart/alternative', '  text/plain', '  [text/html]']]);
    expect(partLines(both)).toEqual([]);
    expect(text(read(alternative(form('text/html', '<b>tea</b>')))).trim()).toBe('tea');
    expect(text(read(alternative(form('text/plain', ' '), form('text/html', '<b>tea</b>')))).trim()).toBe('tea');
  });

  it('keeps attachments that stand among the forms', () => {
    const message = read(
      `${HEADER}Content-Type: multipart/alternative; boundary=a\n\n--a\n\ntea\n--a\nContent-Type: multipart/mixed; boundary=c\n\n` +
        '--c\nContent-Type: text/html\n\n<p>tea\n--c\nContent-Disposition: attachment; filename=a.diff\n\n--- a/x\n--c--\n--a--\n',
    );
    expect(partLines(message)).toEqual(['[-- Attachment: a.diff, text/plain, 7 bytes --]']);
  });

  it('shows HTML where no text stands before it, and not behind it', () => {
    const html = '--b\nContent-Type: text/html\n\n<p>tea</p>\n';
    expect(text(read(`${MIXED}${html}--b\n\nlist footer\n--b--\n`))).toBe('tea\n\nlist footer');
    expect(parts(read(`${MIXED}--b\n\ntea\n${html}--b--\n`)).at(-1)).toBe('  [text/html]');
  });

  it('leaves signatures and what is not text away, and says so in a line', () => {
    const message = read(
      `${HEADER}Content-Type: multipart/signed; boundary=b; protocol="application/pgp-signature"\n\n--b\n\ntea\n\n` +
        '--b\nContent-Type: application/pgp-signature; name=signature.asc\n\nxxxx\n' +
        '--b\nContent-Type: image/gif\nContent-Transfer-Encoding: base64\n\nR0lGODdh\nR0lG\n--b--\n',
    );
    expect(text(message)).toBe('tea\n');
    expect(partLines(message)).toEqual([
      '[-- Attachment: signature.asc, application/pgp-signature, 4 bytes, not shown: a signature, which was not checked --]',
      '[-- Attachment: image/gif, 9 bytes, not shown: it is not text --]',
    ]);
  });

  it('keeps an encrypted mail away', () => {
    const message = read(
      `${HEADER}Content-Type: multipart/encrypted; boundary=b; protocol="application/pgp-encrypted"\n\n` +
        '--b\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n--b\nContent-Type: application/octet-stream\n\n-----BEGIN\n--b--\n',
    );
    expect(parts(message).slice(1)).toEqual(['  [application/pgp-encrypted]', '  [application/octet-stream]']);
  });
});

const DIFF = 'diff --git a/pot.c b/pot.c\n--- a/pot.c\n+++ b/pot.c\n@@ -1 +1 @@\n-cold\n+warm\n';

describe('a patch that is attached', () => {
  it.each([
    ['by its type', 'Content-Type: text/x-patch; name=a', DIFF],
    ['by its name', 'Content-Type: application/octet-stream; name="0001-pot.patch"', DIFF],
    [
      'in base64',
      'Content-Type: application/octet-stream\nContent-Disposition: attachment; filename=pot.diff\nContent-Transfer-Encoding: base64',
      Buffer.from(DIFF).toString('base64'),
    ],
  ])('is read like one in the text, %s', (_, header, content) => {
    const message = read(`${MIXED}--b\n\nsee below\n--b\n${header}\n\n${content}\n--b--\n`);
    const found: string[] = [];
    walk(message.tree, (node) => {
      if (node.type === 'diffFile') found.push(node.after ?? '');
      return undefined;
    });
    expect(found).toEqual(['pot.c']);
    expect(text(message)).toContain('see below\ndiff --git');
  });

  it('stays away when it is no text, whatever its name', () => {
    const message = read(
      `${MIXED}--b\nContent-Type: application/octet-stream; name=a.patch\n\n\u0000\u0001\u0002\u0003\u0004\n--b--\n`,
    );
    expect(parts(message)[1]).toBe('  [application/octet-stream]');
  });
});

describe('a message in a message', () => {
  const inner = 'From: ben@example.org\nSubject: =?utf-8?q?caf=C3=A9?=\n\nwarm the pot\n';

  it('has a header and a body of its own; the text is that of its body', () => {
    const message = read(`${MIXED}--b\n\nforwarded:\n--b\nContent-Type: message/rfc822\n\n${inner}\n--b--\n`);
    expect(parts(message)).toEqual(['multipart/mixed', '  text/plain', '  message/rfc822', '    text/plain']);
    expect(text(message)).toBe('forwarded:\nwarm the pot\n');
    const found: string[] = [];
    walk(message.tree, (node, parents) => {
      const inPart = parents.some(({ type }) => type === 'part');
      if (node.type === 'headerField' && inPart) found.push(`${node.name}: ${node.value}`);
      return undefined;
    });
    expect(found).toEqual(['From: ben@example.org', 'Subject: café']);
  });

  it('is what a part of a digest is, when it does not say otherwise', () => {
    const digest = `${HEADER}Content-Type: multipart/digest; boundary=d\n\n--d\n\n${inner}--d\nContent-Type: text/plain\n\nplain\n--d--\n`;
    expect(parts(read(digest))).toEqual(['multipart/digest', '  message/rfc822', '    text/plain', '  text/plain']);
  });

  it('may be all that a message holds', () => {
    const message = read(`${HEADER}Content-Type: message/rfc822\n\nContent-Type: message/rfc822\n\n${inner}`);
    expect(parts(message)).toEqual(['message/rfc822', '  message/rfc822', '    text/plain']);
    expect(text(message)).toBe('warm the pot\n');
  });

  it('is shown as text when it is encoded, or has no header', () => {
    const coded = `Content-Transfer-Encoding: base64\n\n${Buffer.from(inner).toString('base64')}`;
    const encoded = read(`${MIXED}--b\nContent-Type: message/rfc822\n${coded}\n--b--\n`);
    expect([text(encoded), rules(encoded)]).toEqual([inner, ['message-encoded']]);
    const headless = read(`${MIXED}--b\nContent-Type: message/rfc822\n\nno header\n--b--\n`);
    expect([text(headless), rules(headless)]).toEqual(['no header', ['message-header-missing']]);
  });
});

describe('a broken message of parts', () => {
  it('ends with its last part when the closing boundary is missing', () => {
    const message = read(`${MIXED}--b\n\none\n--b\n\ntwo\n`);
    expect([text(message), rules(message)]).toEqual(['one\ntwo\n', ['multipart-unterminated']]);
  });

  it('has no part behind a boundary that is the last line', () => {
    expect(parts(read(`${MIXED}--b\n\none\n--b\n`))).toEqual(['multipart/mixed', '  text/plain']);
  });

  it('lets white space stand behind a boundary, and nothing else', () => {
    const message = read(`${MIXED}--b \t\n\none\n--bb\n-- b\n--b-\n--b--  \n`);
    expect(text(message)).toBe('one\n--bb\n-- b\n--b-');
  });

  it('lets an outer boundary end an inner part', () => {
    const message = read(`${MIXED}--b\nContent-Type: multipart/mixed; boundary=bb\n\n--bb\n\none\n--b\n\ntwo\n--b--\n`);
    expect(parts(message)).toEqual(['multipart/mixed', '  multipart/mixed', '    text/plain', '  text/plain']);
    expect([text(message), rules(message)]).toEqual(['one\ntwo', ['multipart-unterminated']]);
  });

  it.each([
    ['no boundary', 'multipart/mixed'],
    ['an empty one', 'multipart/mixed; boundary=""'],
  ])('is parted by the lines that part it when its header names %s', (_, type) => {
    const message = read(
      `${HEADER}Content-Type: ${type}\n\n--x1\nContent-Type: text/plain\n\none\n--x1\nContent-Type: text/plain\n\ntwo\n--x1--\n`,
    );
    expect([text(message), rules(message)]).toEqual(['one\ntwo', ['boundary-missing']]);
  });

  it('is shown as it is written when no boundary is found', () => {
    const message = read(`${MIXED}one\n--c\ntwo\n`);
    expect([text(message), rules(message)]).toEqual(['one\n--c\ntwo\n', ['boundary-not-found']]);
  });

  it('reads a part that has no header, and no empty line either', () => {
    const message = read(`${MIXED}--b\none\n--b\n\ntwo\n--b--\n`);
    expect([text(message), rules(message)]).toEqual(['one\ntwo', ['part-header-missing']]);
  });

  it('passes over a line in the header of a part that is none of it', () => {
    const message = read(`${MIXED}--b\nContent-Type: text/x-diff\njunk\nContent-Description: x\n\n+x\n--b--\n`);
    expect(parts(message)[1]).toBe('  text/x-diff');
    expect(message.readable.parts[1]?.defects).toEqual(['header-line-unreadable']);
  });

  it('lets a boundary end a header that no empty line ends', () => {
    const message = read(`${HEADER}Content-Type: multipart/mixed; boundary=b\n--b\n\none\n--b--\n`);
    expect([text(message), message.readable.parts[0]?.defects]).toEqual(['one', ['header-end-unmarked']]);
  });

  it('passes over an encoding of the whole, which it cannot have', () => {
    const message = read(
      `${HEADER}Content-Transfer-Encoding: base64\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\none\n--b--\n`,
    );
    expect([text(message), rules(message)]).toEqual(['one', ['multipart-encoded']]);
  });
});

describe('a message without measure', () => {
  it('nests 20 levels; what is deeper is shown as it is written', () => {
    const levels = Array.from(
      { length: 30 },
      (_, at) => `Content-Type: multipart/mixed; boundary=n${at}x\n\n--n${at}x\n`,
    );
    const message = read(`${HEADER}${levels.join('')}\n\ndeep\n`);
    expect(message.readable.parts.map(({ depth }) => depth)).toEqual(Array.from({ length: 21 }, (_, depth) => depth));
    expect(rules(message).filter((rule) => rule !== 'multipart-unterminated')).toEqual(['parts-too-deep']);
    expect(text(message)).toContain('boundary=n29x\n\n--n29x\n\n\ndeep\n');
  });

  it('has 1,000 parts; the rest is shown as it is written', () => {
    const message = read(`${MIXED}${Array.from({ length: 3000 }, (_, at) => `--b\n\npart ${at}\n`).join('')}--b--\n`);
    expect(message.readable.parts).toHaveLength(1001);
    expect(rules(message)).toEqual(['too-many-parts']);
    expect(text(message).endsWith('--b\n\npart 2999\n--b--\n')).toBe(true);
  });

  it('has a header of a million bytes; the rest of it is passed over', () => {
    const message = read(`${MIXED}--b\nContent-Type: text/plain\n${'X-Tea: pot\n'.repeat(200_000)}\none\n--b--\n`);
    expect([text(message), rules(message)]).toEqual(['one', ['header-too-long']]);
  });
});
