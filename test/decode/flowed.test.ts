import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesSource } from '#mailast';
import { openMailbox } from '#parse';
import { unflow } from '../../src/decode/flowed.ts';

function joined(text: string, delSp = false): string {
  const pieces: string[] = [];
  unflow(text, delSp, {
    keep: (start, end) => pieces.push(text.slice(start, end)),
    put: () => expect.unreachable(),
  });
  return pieces.join('');
}

describe('lines that flow', () => {
  it.each([
    ['go on in the next line', 'one \ntwo \nthree\nfour', 'one two three\nfour'],
    ['lose the space that was put there, where the mailer says so', 'on \ne\ntwo', 'one\ntwo', true],
    ['go on in quotes of the same depth', '> one \n> two\n>> three \n>> four', '> one two\n>> three four'],
    [
      'never go on at another depth',
      '> one \ntwo\nthree \n> four\n>> five \n> six',
      '> one \ntwo\nthree \n> four\n>> five \n> six',
    ],
    [
      'count marks before anything is joined, written with spaces or not',
      '>one \n> two\n> > three \n> four\n> > five \n>> six',
      '>one two\n> > three \n> four\n> > five six',
    ],
    [
      'stop before a signature, and the separator stays',
      'bye \n-- \nAda\n> x \n> -- \n> Ben',
      'bye \n-- \nAda\n> x \n> -- \n> Ben',
    ],
    ['are not empty', '> one\n> \n> two\n \nthree', '> one\n> \n> two\n\nthree'],
    ['lose the space that was put before them', ' From here\n  indented\n>  quoted', 'From here\n indented\n>  quoted'],
    ['lose that space also where they are joined', 'a \n From b', 'a From b'],
  ])('%s', (_, text, wanted, delSp = false) => {
    expect(joined(text, delSp)).toBe(wanted);
  });
});

describe('a patch in a flowed mail', () => {
  const hunk = '@@ -1,3 +1,3 @@ int tea(\n';

  it('has its context lines back as they were', () => {
    expect(joined(`${hunk}  one\n\n-two\n+\ttwo\n  \tthree\n`)).toBe(`${hunk} one\n\n-two\n+\ttwo\n \tthree\n`);
  });

  it('keeps lines apart that end in a space', () => {
    const patch = `${hunk}  one \n-two \n+two\n  three\nsays \nhello`;
    expect(joined(patch)).toBe(`${hunk} one \n-two \n+two\n three\nsays hello`);
  });

  it('keeps them apart in a quote, where the hunk may be cut short', () => {
    const reply = `> ${hunk}> +one \n> +two\nyes \nno`;
    expect(joined(reply)).toBe(`> ${hunk}> +one \n> +two\nyes no`);
  });

  it('has lines joined that a mailer wrapped', () => {
    const patch = '@@ -1 +1,2 @@ int tea(int cups, \nint pots)\n+if (cups && \npots)\n  x\nend \nof it';
    expect(joined(patch)).toBe('@@ -1 +1,2 @@ int tea(int cups, int pots)\n+if (cups && pots)\n x\nend of it');
  });

  it('keeps the spaces before its lines where the mailer put none there', () => {
    const patch = `${hunk} one\n-two\n+two\n \tthree\n`;
    expect(joined(patch)).toBe(patch);
  });
});

describe('the text of a flowed mail', () => {
  const header =
    'From: a@example.org\nSubject: x\nContent-Type: text/plain; charset=utf-8; Format="Flowed"; DelSp=yes\n';
  const read = (body: string) => {
    const file = `${header}Content-Transfer-Encoding: quoted-printable\n\n${body}`;
    return { file, message: openMailbox(bytesSource(Buffer.from(file, 'latin1'))).message(0) };
  };

  it('is joined, and known as it was sent', () => {
    const { message } = read('caf=C3=A9=20\n=C3=BC x\n');
    expect(message.text.slice(message.readable.body.start)).toBe('caféü x\n');
    expect(message.readable.sent.map(({ text }) => text)).toEqual(['café \nü x\n']);
  });

  it('is as it was sent when no line flows', () => {
    expect(read('one\ntwo\n').message.readable.sent).toEqual([]);
  });

  it('leads back, character by character', () => {
    const letters = fc.constantFrom('a', 'é', '☕', ' ', '\n', '>', ' \n', ' \n> ', '-- \n', '+', '@@ -1,2 +1,2 @@\n');
    const coded = (text: string): string =>
      [...Buffer.from(text, 'utf8')]
        .map((byte) => (byte === 10 ? '\n' : `=${byte.toString(16).padStart(2, '0')}`))
        .join('');
    fc.assert(
      fc.property(fc.array(letters, { maxLength: 80 }), (pieces) => {
        const { file, message } = read(coded(pieces.join('')));
        const { text, way } = message;
        for (let at = message.readable.body.start; at < text.length; at++) {
          const { start, end } = way.toSource(at, at + 1);
          const octets = file
            .slice(start, end)
            .replace(/=(..)/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
          expect(Buffer.from(octets, 'latin1').toString('utf8')).toBe(text.charAt(at));
        }
      }),
      { seed: 31, numRuns: 500 },
    );
  });

  it.each(['a \n', '> \n', '>', '@@ -1,9 +1,9 @@\n', '@@ -1,9 +1,9 @@ \n', '+ \n'])(
    'costs little for %j a hundred thousand times',
    (line) => {
      const text = line.repeat(100_000);
      expect(joined(text).length).toBeLessThanOrEqual(text.length);
    },
    5000,
  );
});
