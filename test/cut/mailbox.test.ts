import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cut, type MailboxCut } from '#cut';
import { bytesSource, textSource } from '#mailast';
import { openMailbox } from '#parse';

const cutText = (text: string): MailboxCut => cut(bytesSource(Buffer.from(text, 'latin1')));

const BEGIN = 'From ada@example.org Mon Jul  3 10:00:00 2023\n';

function mail(subject: string, body: string, more = ''): string {
  return `From: Ada Example <ada@example.org>\nDate: Mon, 3 Jul 2023 10:00:00 +0200\nSubject: ${subject}\nMessage-ID: <${subject}@example.org>\n${more}\n${body}`;
}

function subjectsOf({ source, messages }: MailboxCut): string[] {
  return messages.map(({ fields }) => {
    const field = fields.find(({ name }) => name === 'Subject');
    return field ? source.text.slice(field.valueStart, field.end) : '(none)';
  });
}

function bodiesOf({ source, messages }: MailboxCut): string[] {
  return messages.map(({ body }) => source.text.slice(body.start, body.end));
}

function rulesOf({ messages }: MailboxCut): string[] {
  return messages.flatMap(({ complaints }) => complaints.map(({ ruleId }) => ruleId));
}

describe('a line that begins with "From " divides messages when sender and date stand there', () => {
  it.each([
    ['as ctime writes it', 'From ada@example.org Fri Jul  1 03:42:49 2022'],
    ['with two spaces behind the sender', 'From ada@example.org  Fri Jul  1 03:42:49 2022'],
    ['with a zone before the year', 'From ada@example.org Fri Jul  1 03:42:49 PDT 2022'],
    ['with a zone behind the year', 'From ada@example.org Fri Jul  1 03:42:49 2022 +0200'],
    ['without seconds', 'From ada Fri Jul  1 03:42 2022'],
    ['as mail writes dates', 'From ada@example.org Fri, 1 Jul 2022 03:42:49 +0200'],
    ['with a date of numbers', 'From ada@example.org 2022-07-01 03:42:49'],
    ['with the machine that sent it', 'From ada Fri Jul  1 03:42:49 2022 remote from teahouse'],
    ['without a sender, as mail programs write it', 'From - Fri Jul 01 03:42:49 2022'],
    ['with an unknown sender', 'From ???@??? Fri Jul 01 03:42:49 2022'],
    ['with a disguised address', 'From ada at example.org  Fri Jul  1 03:42:49 2022'],
    ['with a name and an address', 'From "Ada Example" <ada@example.org> Fri Jul  1 03:42:49 2022'],
    ['with a name alone', 'From Ada Example Fri Jul  1 03:42:49 2022'],
    ['of patchwork', 'From patchwork Fri Jul  1 03:42:49 2022'],
    ['of git', 'From 0123456789abcdef0123456789abcdef01234567 Mon Sep 17 00:00:00 2001'],
    ['of git, with a longer hash', `From ${'0123456789abcdef'.repeat(4)} Mon Sep 17 00:00:00 2001`],
    ['of a mailer', 'From MAILER-DAEMON Fri Jul  1 03:42:49 2022'],
    ['with nothing behind it', 'From '],
  ])('%s', (_, line) => {
    for (const lineEnd of ['\n', '\r\n', '\r']) {
      const text = `${BEGIN}${mail('one', 'x\n\n')}${line}\n${mail('two', 'y\n\n')}`.replaceAll('\n', lineEnd);
      expect(subjectsOf(cutText(text))).toEqual(['one', 'two']);
      expect(subjectsOf(cutText(text.slice(text.lastIndexOf(line))))).toEqual(['two']);
    }
  });

  it.each([
    ['prose', 'From the start we knew it.\nNote: it was cold.\n'],
    ['prose with a time', 'From the meeting at 10:00 in 2023\nNote: it was cold.\n'],
    ['prose with a date', 'From Monday to Fri Jul  1 10:00:00 2022 we had none.\nNote: it was cold.\n'],
    ['prose with a date of numbers at its end', 'From here 2022-07-01 10:00\nNote: it was cold.\n'],
    ['a time alone', 'From 10:00\nTo: 12:00\n'],
    ['an envelope with text behind it', 'From ada@example.org Fri Jul  1 03:42:49 2022\nwas the line I saw.\n'],
    [
      'an envelope with an empty line behind it',
      'From ada@example.org Fri Jul  1 03:42:49 2022\n\nwas the line I saw.\n',
    ],
    ['nothing behind it and no empty line above', 'is\nFrom \nTo: ada@example.org\n'],
    ['no line end for long', `From ada@example.org ${'very '.repeat(100)}Fri Jul  1 03:42:49 2022\nNote: x\n`],
    ['a hash without a date', `From ${'0123456789abcdef'.repeat(4)} it broke\nFixes: it\n`],
  ])('but not %s', (_, body) => {
    const mailbox = cutText(`${BEGIN}${mail('one', `hot\n\n${body}cold\n\n`)}${BEGIN}${mail('two', 'y\n\n')}`);
    expect(bodiesOf(mailbox)).toEqual([`hot\n\n${body}cold\n`, 'y\n']);
  });

  it('needs no empty line above it', () => {
    expect(bodiesOf(cutText(`${BEGIN}${mail('one', 'x\n')}${BEGIN}${mail('two', 'y\n')}`))).toEqual(['x\n', 'y\n']);
  });

  it('is no message inside an attached patch, also where the attachment is a series', () => {
    const git =
      'From 0123456789abcdef0123456789abcdef01234567 Mon Sep 17 00:00:00 2001\nFrom: ada@example.org\n\nx\n-- \n2\n\n';
    const parts = `--b\nContent-Type: text/x-patch\n\n${git}${git}--b--\n\n`;
    const type = 'Content-Type: multipart/mixed; boundary="b"\n';
    expect(subjectsOf(cutText(`${BEGIN}${mail('one', parts, type)}${BEGIN}${mail('two', 'y\n')}`))).toEqual([
      'one',
      'two',
    ]);
    expect(subjectsOf(cutText(mail('one', parts, type)))).toEqual(['one']);
    // Behind the parts a patch of git is one more message.
    expect(cutText(`${BEGIN}${mail('one', parts, type)}${git}`).messages).toHaveLength(2);
  });
});

describe('one empty line at the end of each message belongs to the mailbox, the last one too', () => {
  it.each([
    ['an empty line', 'x\n\n', 'x\n'],
    ['three empty lines', 'x\n\n\n\n', 'x\n\n\n'],
    ['no empty line', 'x\n', 'x\n'],
    ['no body', '', ''],
    ['an empty line as the whole body', '\n', ''],
  ])('behind %s', (_, body, wanted) => {
    for (const lineEnd of ['\n', '\r\n']) {
      const text = `${BEGIN}${mail('one', body)}${BEGIN}${mail('two', body)}`.replaceAll('\n', lineEnd);
      expect(bodiesOf(cutText(text))).toEqual([wanted, wanted].map((one) => one.replaceAll('\n', lineEnd)));
    }
  });
});

describe('Content-Length is believed where it fits', () => {
  const inside = `x\n\n${BEGIN}Subject: no message\n\ny\n`;
  const counted = (body: string, length = body.length): string => mail('one', body, `Content-Length: ${length}\n`);

  it('and a From_ line inside the body divides nothing', () => {
    const mailbox = cutText(`${BEGIN}${counted(inside)}\n${BEGIN}${counted(inside)}\n`);
    expect(bodiesOf(mailbox)).toEqual([inside, inside]);
  });

  it('and then escaped lines stand as they were written', () => {
    const mailbox = cutText(`${BEGIN}${counted(`>From me\n${inside}`)}\n${BEGIN}${mail('two', '>From me\n')}`);
    expect(mailbox.messages.map(({ escapedFrom }) => escapedFrom)).toEqual([false, true]);
  });

  it('but escapes are escapes where every From_ line in a body has one (mboxcl)', () => {
    const mailbox = cutText(`${BEGIN}${counted('>From me\n')}\n${BEGIN}${counted('y\n')}\n`);
    expect(mailbox.messages.map(({ escapedFrom }) => escapedFrom)).toEqual([true, true]);
    expect(bodiesOf(mailbox)).toEqual(['>From me\n', 'y\n']);
  });

  it.each([0, 3, 4, 40, 1_000_000, 2 ** 52])('but not where it leads elsewhere: %i', (length) => {
    const mailbox = cutText(`${BEGIN}${counted('x\n', length)}\n${BEGIN}${mail('two', 'y\n')}`);
    expect(bodiesOf(mailbox)).toEqual(['x\n', 'y\n']);
  });
});

describe('which lines are escaped', () => {
  it.each([
    ['an mbox: one mark is taken away', BEGIN, 'From me\n>From you\n'],
    [
      'a file of git format-patch: none is',
      'From 0123456789abcdef0123456789abcdef01234567 Mon Sep 17 00:00:00 2001\n',
      '>From me\n>>From you\n',
    ],
  ])('in %s', (_, begin, wanted) => {
    const { text, readable } = openMailbox(textSource(`${begin}${mail('one', '>From me\n>>From you\n')}`)).message(0);
    expect(text.slice(readable.body.start)).toBe(wanted);
  });
});

describe('what is no message is kept and said', () => {
  it('text above the first message', () => {
    const mailbox = openMailbox(textSource(`some words\nmore of them\n\n${BEGIN}${mail('one', 'x\n')}`));
    const { text, readable, complaints, way } = mailbox.message(0);
    expect(mailbox.spans).toEqual([{ start: 0, end: mailbox.source.text.length }]);
    expect(readable.fields[0]?.value).toBe('Ada Example <ada@example.org>');
    expect(text).toMatch(/^some words\nmore of them\nFrom: Ada/);
    expect(way.toSource(0, 4)).toEqual({ start: 0, end: 4 });
    expect(complaints.map(({ ruleId }) => ruleId)).toEqual(['text-above-mailbox']);
  });

  it.each([
    ['NULs', `${'\0'.repeat(600)}`],
    ['an end-of-file sign', '\u001a'],
    ['binary data', `${'\u0001\u0002\u0003ab\n'.repeat(3)}${'\u0000\u0008q'.repeat(40)}\n`],
  ])('%s at the end', (_, garbage) => {
    for (const begin of [BEGIN, '']) {
      const mailbox = openMailbox(textSource(`${begin}${mail('one', 'x\ny\n\n')}${garbage}`));
      const { text, readable, complaints } = mailbox.message(0);
      expect(complaints.map(({ ruleId }) => ruleId)).toContain('garbage-at-end');
      expect(text.slice(readable.body.start, readable.furniture[0]?.start)).toBe('x\ny\n\n');
      expect(text.endsWith(garbage.trimEnd())).toBe(true);
    }
  });

  it('a mailbox that was cut off inside a line, a header or an envelope', () => {
    const whole = `${BEGIN}${mail('one', 'x\n\n')}${BEGIN}${mail('two', 'some words\n')}`;
    expect(rulesOf(cutText(whole))).toEqual([]);
    expect(rulesOf(cutText(whole.slice(0, -4)))).toEqual(['mailbox-cut-off']);
    expect(rulesOf(cutText(whole.slice(0, whole.lastIndexOf('Subject') + 4)))).toEqual(['header-cut-off']);
    for (let end = BEGIN.length + mail('one', 'x\n').length; end < whole.length; end++) {
      const mailbox = cutText(whole.slice(0, end));
      expect(subjectsOf(mailbox)[0]).toBe('one');
      expect(bodiesOf(mailbox)[0]).toMatch(/^x\n/);
    }
  });

  it('a first message that lost its From_ line', () => {
    const mailbox = cutText(`${mail('one', 'x\n\n')}${BEGIN}${mail('two', 'y\n\n')}${BEGIN}${mail('three', 'z\n')}`);
    expect(subjectsOf(mailbox)).toEqual(['one', 'two', 'three']);
    expect(bodiesOf(mailbox)).toEqual(['x\n', 'y\n', 'z\n']);
    expect(rulesOf(mailbox)).toEqual(['from-line-missing']);
  });
});

describe('mails one behind the other without any line between them', () => {
  it('are told by a whole header behind an empty line', () => {
    const mailbox = cutText(`${mail('one', 'x\n\n')}${mail('two', 'y\n\n')}${mail('three', 'z\n')}`);
    expect(subjectsOf(mailbox)).toEqual(['one', 'two', 'three']);
    expect(rulesOf(mailbox)).toEqual(['message-unmarked', 'message-unmarked']);
  });

  it('or by what a server wrote into it', () => {
    const two = `Received: from a by b; Mon, 3 Jul 2023 10:00:00 +0200\n${mail('two', 'y\n')}`;
    expect(subjectsOf(cutText(`${mail('one', 'Signed-off-by: Ada <ada@example.org>\n')}${two}`))).toEqual([
      'one',
      'two',
    ]);
  });

  it.each([
    ['a part of a header', 'From: ada@example.org\nSubject: warm\nMessage-ID: <a@example.org>\n\nx\n'],
    ['the author of a patch', 'From: ada@example.org\n\nWarm the pot.\n'],
    ['a forwarded mail', `---------- Forwarded message ----------\n${mail('two', 'y\n')}`],
    ['a forwarded mail behind an empty line', `-----Original Message-----\n\n${mail('two', 'y\n')}`],
    ['a header that is announced', `These are the headers:\n\n${mail('two', 'y\n')}`],
    ['a quoted header', mail('two', 'y\n').replace(/^/gm, '> ')],
    ['an indented header', mail('two', 'y\n').replace(/^/gm, '  ')],
  ])('but %s begins none', (_, body) => {
    expect(cutText(mail('one', `hot\n\n${body}`)).messages).toHaveLength(1);
  });

  it('and nothing begins inside the parts of a mail', () => {
    const parts = `--b\nContent-Type: message/rfc822\n\n${mail('two', 'y\n')}\n--b--\n`;
    const type = 'Content-Type: multipart/mixed; boundary=b\n';
    expect(subjectsOf(cutText(`${mail('one', parts, type)}\n${mail('three', 'z\n')}`))).toEqual(['one', 'three']);
  });
});

it('any mails that are put into an mbox are found again, whole', () => {
  const line = fc.oneof(
    fc.constantFrom(
      '',
      'From ',
      'From the start',
      '>From me',
      'From: ada@example.org',
      '--b',
      `${BEGIN.trimEnd()}`,
      'x: y',
    ),
    fc.string({ maxLength: 20 }).map((text) => text.replace(/[^ -~]/g, '')),
  );
  const body = fc.array(line, { maxLength: 8 }).map((lines) => lines.map((one) => `${one}\n`).join(''));
  fc.assert(
    fc.property(fc.array(body, { minLength: 1, maxLength: 5 }), (bodies) => {
      const text = bodies
        .map((one, index) => `${BEGIN}${mail(String(index), one.replace(/^(>*From )/gm, '>$1'))}\n`)
        .join('');
      const mailbox = openMailbox(textSource(text));
      const found = mailbox.spans.map((_, index) => mailbox.message(index));
      expect(found.map((one) => one.text.slice(one.readable.body.start, one.readable.body.end))).toEqual(bodies);
    }),
    { seed: 20230703, numRuns: 500 },
  );
});
