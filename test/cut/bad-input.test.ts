import { describe, expect, it } from 'vitest';
import { bytesSource, textSource } from '#mailast';
import { type MessageReading, openMailbox } from '#parse';

const latin1 = (text: string): ReturnType<typeof bytesSource> => bytesSource(Buffer.from(text, 'latin1'));

/** Rule and place of each complaint: the text it stands on, or the offset where it stands on none. */
function complaintsOf({ complaints, text }: MessageReading): string[] {
  return complaints.map(({ ruleId, start = 0, end = start }) => `${ruleId} ${JSON.stringify(text.slice(start, end))}`);
}

function fieldsOf({ readable }: MessageReading): string[] {
  return readable.fields.map(({ name, value }) => `${name}: ${value}`);
}

function bodyOf({ readable, text }: MessageReading): string {
  return text.slice(readable.body.start);
}

describe('a file that holds no mail is refused with a reason', () => {
  it.each([
    ['an empty file', '', 'empty-source'],
    ['only white space', ' \r\n\t\n', 'empty-source'],
    ['a program', `\u007fELF\u0002\u0001\u0001${'\0'.repeat(60)}`, 'binary-source'],
    ['a picture', '\u0089PNG\r\n\u001a\n\0\0\0\rIHDR', 'binary-source'],
    ['an archive', `PK\u0003\u0004${'plain names.txt'.repeat(40)}`, 'binary-source'],
    ['a compressed mailbox', `\u001f\u008b\u0008${'x'.repeat(400)}`, 'binary-source'],
    ['UTF-16 text', `\u00ff\u00fe${[...'From: Ada'].join('\0')}\0`, 'utf16-source'],
    ['control characters', 'a\0b\u0001\u0002c\u0003'.repeat(50), 'binary-source'],
  ])('%s', (_, text, ruleId) => {
    const { spans, complaints, dialect } = openMailbox(latin1(text));
    expect({ spans, dialect, rules: complaints.map((one) => one.ruleId) }).toEqual({
      spans: [],
      dialect: 'none',
      rules: [ruleId],
    });
    expect(complaints[0]?.reason).toMatch(/^[A-Z].{20,}\.$/);
  });
});

describe('a byte order mark hides nothing', () => {
  it.each([
    ['bytes', bytesSource(Buffer.from('\ufeffFrom: Ada Example <ada@example.org>\nSubject: tea\n\nhot\n', 'utf8'))],
    ['a document', textSource('\ufeffFrom: Ada Example <ada@example.org>\nSubject: tea\n\nhot\n')],
  ])('before the first field, in %s', (_, source) => {
    const mailbox = openMailbox(source);
    const message = mailbox.message(0);
    expect(fieldsOf(message)).toEqual(['From: Ada Example <ada@example.org>', 'Subject: tea']);
    expect(bodyOf(message)).toBe('hot\n');
    const { start, end } = message.way.toSource(0, 4);
    expect(source.text.slice(start, end)).toBe('From');
    expect(mailbox.messageAt(0)).toBe(0);
  });

  it('before the first From_ line', () => {
    const mailbox = openMailbox(
      latin1(
        '\u00ef\u00bb\u00bfFrom a Mon Jul  3 10:00:00 2023\nA: b\n\nx\n\nFrom b Mon Jul  3 10:00:00 2023\nA: c\n\ny\n',
      ),
    );
    expect(mailbox.spans).toHaveLength(2);
    expect(bodyOf(mailbox.message(1))).toBe('y\n');
  });
});

describe('a header that is not whole says so where it breaks off', () => {
  it.each([
    [
      'inside the last name',
      'From: ada@example.org\nTo: ben@example.org\nSubj',
      ['header-cut-off "To: ben@example.org\\n\\nSubj"'],
    ],
    ['inside a value', 'From: ada@example.org\nSubject: te', ['header-cut-off "Subject: te"']],
    ['behind a whole line', 'From: ada@example.org\nSubject: tea\n', ['header-cut-off "Subject: tea"']],
    [
      'with no empty line',
      'From: ada@example.org\nSubject: tea\nno empty line\nbefore this\n',
      ['header-end-unmarked ""'],
    ],
    [
      'with a line that is none',
      'From: ada@example.org\n(no field)\nSubject: tea\n\nhot\n',
      ['header-line-unreadable "\\n"'],
    ],
  ])('%s', (_, text, complaints) => {
    const message = openMailbox(latin1(text)).message(0);
    expect(complaintsOf(message)).toEqual(complaints);
    expect(fieldsOf(message)[0]).toBe('From: ada@example.org');
  });

  it('in the second message of a mailbox, with the first one whole', () => {
    const mailbox = openMailbox(
      latin1(
        'From a Mon Jul  3 10:00:00 2023\nSubject: one\n\nx\n\nFrom b Mon Jul  3 10:00:00 2023\nSubject: two\nFro',
      ),
    );
    expect(mailbox.spans.map((_, index) => complaintsOf(mailbox.message(index)))).toEqual([
      [],
      ['header-cut-off "Subject: two\\n\\nFro"'],
    ]);
  });
});

describe('a message with a piece missing is read as far as it goes', () => {
  it('a header without a body', () => {
    const message = openMailbox(latin1('From: ada@example.org\nSubject: tea\n\n')).message(0);
    expect(complaintsOf(message)).toEqual([]);
    expect(bodyOf(message)).toBe('');
  });

  it('a body without a header', () => {
    const message = openMailbox(latin1('Ada Example wrote:\n> tea?\n\nYes.\n')).message(0);
    expect(complaintsOf(message)).toEqual(['no-header ""']);
    expect(bodyOf(message)).toBe('Ada Example wrote:\n> tea?\n\nYes.\n');
  });
});

describe('units that text should not hold are kept and told', () => {
  const mail = (body: string, more = ''): MessageReading =>
    openMailbox(latin1(`From: ada@example.org\nSubject: tea\n${more}\n${body}`)).message(0);

  it('a NUL', () => {
    const message = mail('a\0b\n');
    expect(complaintsOf(message)).toEqual(['control-character "\\u0000"']);
    expect(bodyOf(message)).toBe('a\0b\n');
  });

  it('a carriage return alone, which ends no line', () => {
    const message = mail('a\rb\n');
    expect(complaintsOf(message)).toEqual(['control-character "\\r"']);
    expect(bodyOf(message)).toBe('a\rb\n');
  });

  it('carriage returns alone in the whole file, which end every line', () => {
    const message = openMailbox(latin1('From: ada@example.org\rSubject: tea\r\r> hot\rcold\r')).message(0);
    expect(complaintsOf(message)).toEqual(['carriage-returns-as-line-ends ""']);
    expect(fieldsOf(message)).toEqual(['From: ada@example.org', 'Subject: tea']);
    expect(bodyOf(message)).toBe('> hot\ncold\n');
  });

  it('bytes that are no UTF-8, each as one replacement character', () => {
    const message = mail('caf\u00e9 caf\u00c3\u00a9 \u00c3\n');
    expect(complaintsOf(message)).toEqual(['charset-bytes-invalid "\ufffd"']);
    expect(bodyOf(message)).toBe('caf\ufffd café \ufffd\n');
  });

  it('a charset that nobody knows', () => {
    const message = mail('caf\u00c3\u00a9\n', 'Content-Type: text/plain; charset=klingon\n');
    expect(complaintsOf(message)).toEqual(['charset-unknown ""']);
    expect(message.complaints[0]?.reason).toContain('klingon');
    expect(bodyOf(message)).toBe('café\n');
  });

  it('base64 with a line behind it that is none', () => {
    const message = mail('aG90\n~', 'Content-Transfer-Encoding: base64\n');
    expect(complaintsOf(message)).toEqual(['text-behind-base64 "~"']);
    expect(bodyOf(message)).toMatch(/^hot\s*~$/);
  });

  it.each([
    ['that does not end', '=?utf-8?Q?tea', '=?utf-8?Q?tea', 'encoded-word-unreadable "=?utf-8?Q?"'],
    ['of an unknown charset', 'x =?klingon?Q?tea?= y', 'x tea y', 'charset-unknown "tea"'],
  ])('an encoded word %s', (_, subject, read, said) => {
    const message = openMailbox(latin1(`From: ada@example.org\nSubject: ${subject}\n\nhot\n`)).message(0);
    expect(fieldsOf(message)[1]).toBe(`Subject: ${read}`);
    expect(complaintsOf(message)).toEqual([said]);
  });

  it('base64 with a unit that is none at its very end', () => {
    const message = mail('aG90~', 'Content-Transfer-Encoding: base64\n');
    expect(complaintsOf(message)).toEqual(['transfer-encoding-damaged ""']);
    expect(bodyOf(message)).toBe('hot');
  });

  it('quoted-printable with codes that are none', () => {
    const message = mail('a=3D=ZZ\nb\n', 'Content-Transfer-Encoding: quoted-printable\n');
    expect(complaintsOf(message)).toEqual(['transfer-encoding-damaged "="']);
    expect(bodyOf(message)).toBe('a==ZZ\nb\n');
  });
});
