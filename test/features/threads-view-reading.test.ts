import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readBytes, readText, type ThreadMail, threadView } from '#features';

const encode = (text: string) => new TextEncoder().encode(text);

function mail(headers: string, body: string): string {
  return `From x@example.org Mon Jan  8 10:00:00 2024\n${headers}\n${body}\n\n`;
}

/** The messages of a mailbox, each read from its own bytes. */
function mailsOf(pieces: readonly string[]): ThreadMail[] {
  let start = 0;
  return pieces.map((piece, message) => {
    const bytes = encode(piece);
    const page = readBytes(bytes).page(0);
    const made = { message, pages: page ? [page] : [], start };
    start += bytes.length;
    return made;
  });
}

const one = mail(
  'From: Ada Ament <ada@example.org>\nTo: list@example.org\nSubject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\nDate: Mon, 8 Jan 2024 10:00:00 +0000\nMessage-ID: <one@example.org>\nX-Odd: 1\n',
  'The first one.',
);
const two = mail(
  'From: Bo <bo@example.org>\nSubject: Re: one\nDate: Mon, 8 Jan 2024 11:00:00 +0100\nIn-Reply-To: <one@example.org>\nMessage-ID: <two@example.org>\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n',
  'R3LDvMOfZQpGcm9tIGhlcmUKQm8K',
);

describe('a thread as a document', () => {
  test('has each message with a short header, decoded', () => {
    expect(threadView(mailsOf([one, two]), 2).text.split('\n')).toEqual([
      'From ada@example.org Mon Jan  8 10:00:00 2024',
      'From: Ada Ament <ada@example.org>',
      'Date: Mon, 8 Jan 2024 10:00:00 +0000',
      'Subject: Gr\u00fc\u00dfe',
      'Message-ID: <one@example.org>',
      '',
      'The first one.',
      '',
      'From bo@example.org Mon Jan  8 10:00:00 2024',
      'From: Bo <bo@example.org>',
      'Date: Mon, 8 Jan 2024 11:00:00 +0100',
      'Subject: Re: one',
      'In-Reply-To: <one@example.org>',
      'Message-ID: <two@example.org>',
      '',
      'Gr\u00fc\u00dfe',
      '>From here',
      'Bo',
      '',
    ]);
  });

  test('leads each line back to its message and its bytes', () => {
    const bytes = encode(one + two);
    const view = threadView(mailsOf([one, two]), 2);
    const said = (line: number) => {
      const { start = 0, end = 0 } = view.sourceOf(line)?.place ?? {};
      return new TextDecoder().decode(bytes.slice(start, end));
    };
    expect(said(6)).toBe('The first one.');
    expect(said(13)).toContain('<two@example.org>');
    expect(view.sourceOf(13)?.message).toBe(1);
    expect(view.lineOf(1)).toBe(8);
    expect(view.sourceOf(-5)?.message).toBe(0);
    expect(view.sourceOf(500)?.message).toBe(1);
    expect(view.lineOf(7)).toBeUndefined();
  });

  test('is read again as just these messages, whatever stands in them', () => {
    const line = fc.constantFrom(
      'From ada@example.org Mon Jan  8 10:00:00 2024',
      '>From me',
      'From: x',
      '',
      '---',
      'Subject: y',
      'words',
      '> quoted',
    );
    fc.assert(
      fc.property(fc.array(fc.array(line, { maxLength: 8 }), { minLength: 1, maxLength: 5 }), (bodies) => {
        const pieces = bodies.map((body, at) => {
          const text = btoa(body.join('\n'));
          return mail(
            `From: A <a@example.org>\nSubject: S${at}\nDate: Mon, 8 Jan 2024 10:00:00 +0000\nMessage-ID: <${at}@example.org>\nContent-Transfer-Encoding: base64\n`,
            text,
          );
        });
        const reading = readText(threadView(mailsOf(pieces), pieces.length).text);
        expect(reading.messages).toBe(bodies.length);
        for (const at of bodies.keys()) expect(reading.page(at)?.subject).toBe(`S${at}`);
      }),
      { seed: 8, numRuns: 200 },
    );
  });

  test('shows what has no header and no message', () => {
    const [page] = mailsOf(['just words\n']);
    const view = threadView([...(page ? [page] : []), { message: 1, pages: [], start: 11 }], 2);
    expect(view.text).toContain('just words');
    expect(threadView([], 0)).toMatchObject({ text: '', title: '', left: 0 });
    expect(threadView([], 0).sourceOf(0)).toBeUndefined();
  });

  test('ends where it becomes too long for the editor, and says how much is left', () => {
    const long = mail('From: A <a@example.org>\nSubject: S\n', `${'words '.repeat(20)}\n`.repeat(60_000));
    const mails = mailsOf([long]);
    const many = Array.from({ length: 8 }, (_, message) => ({
      ...mails[0],
      message,
      pages: mails[0]?.pages ?? [],
      start: 0,
    }));
    const view = threadView(many, 8);
    expect(view.text.length).toBeLessThan(25_000_000);
    expect(view.left).toBeGreaterThan(0);
  });
});
