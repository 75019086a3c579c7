import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesSource, textSource } from '#mailast';
import { type MessageReading, openMailbox } from '#parse';

const FROM = 'From: a@example.org\nSubject: ';

function mail(subject: string): Buffer {
  return Buffer.from(`${FROM}${subject}\n\nx\n`, 'latin1');
}

function read(subject: string): MessageReading {
  return openMailbox(bytesSource(mail(subject))).message(0);
}

function subjectOf(message: MessageReading): string | undefined {
  return message.readable.fields[1]?.value;
}

function rules({ complaints }: MessageReading): string[] {
  return complaints.map(({ ruleId }) => ruleId);
}

describe('encoded words in a header', () => {
  it.each([
    ['in both encodings', '=?utf-8?Q?caf=C3=A9?= =?UTF-8?b?w6k=?=', 'caféé'],
    ['with a language', '=?iso-8859-1*en?Q?caf=E9?=', 'café'],
    ['with spaces where none may be', '=?utf-8?Q?one two?= x', 'one two x'],
    ['over a line end', '=?utf-8?Q?one=20?=\n =?utf-8?Q?two?=', 'one two'],
    ['with a line end in them', '=?utf-8?B?b25l\n IHR3bw==?=', 'one two'],
    ['with a character cut in two', '=?utf-8?Q?caf=C3?= =?utf-8?Q?=A9?=', 'café'],
    ['with a character cut in two encodings', '=?utf-8?Q?caf=C3?= =?utf-8?B?qQ==?=', 'café'],
    ['with a code cut in two', '=?utf-8?B?Y2Fmw?= =?utf-8?B?6k=?=', 'café'],
    ['without padding', '=?utf-8?B?Y2Fmw6k?=', 'café'],
    ['in quotes and brackets', '"=?utf-8?Q?A=C3=A9?=" (=?utf-8?Q?b?=)', '"Aé" (b)'],
    ['in the middle of a word', 'x=?utf-8?Q?=C3=A9?=y', 'xéy'],
    ['in iso-2022-jp', '=?iso-2022-jp?B?GyRCNEE7ehsoQg==?=', '漢字'],
    ['in gb2312 that is gbk', '=?gb2312?B?iN0=?=', '堓'],
    ['as they are when broken', 'a =?utf-8?Q?b', 'a =?utf-8?Q?b'],
  ])('are read %s', (_, subject, wanted) => {
    expect(subjectOf(read(subject))).toBe(wanted);
  });

  it.each([
    ['=?unknown-8bit?Q?caf=C3=A9?=', 'café', 'charset-unknown'],
    ['=?x-unknown?Q?caf=E9?=', 'café', 'charset-unknown'],
    ['=?utf-8?Q?=C3=A9=FF?=', 'é\ufffd', 'encoded-word-damaged'],
    ['=?utf-8?Q?x', '=?utf-8?Q?x', 'encoded-word-unreadable'],
    ['caf\u00e9 \u0096', 'café –', 'header-charset-guessed'],
  ])('%s reads as %s, and says %s', (subject, wanted, rule) => {
    expect(subjectOf(read(subject))).toBe(wanted);
    expect(rules(read(subject))).toEqual([rule]);
  });

  it('are no matter where the header is UTF-8 itself', () => {
    const message = read(Buffer.from('café ☕', 'utf8').toString('latin1'));
    expect(subjectOf(message)).toBe('café ☕');
    expect(rules(message)).toEqual([]);
    expect(subjectOf(openMailbox(textSource(`${FROM}café ☕\n\nx\n`)).message(0))).toBe('café ☕');
  });

  it('lead back to the codes of each character, also over two words', () => {
    const subject = 'a =?utf-8?Q?b=C3?=\n =?utf-8?Q?=A9c?= d';
    const { text, way } = read(subject);
    const source = (piece: string): string => {
      const at = text.indexOf(piece, FROM.length);
      const { start, end } = way.toSource(at, at + piece.length);
      return mail(subject).subarray(start, end).toString();
    };
    expect(source('b')).toBe('b');
    expect(source('é')).toBe('=C3?=\n =?utf-8?Q?=A9');
    expect(source('c')).toBe('c');
    expect(source('d')).toBe('d');
  });

  it('keep the way whole for anything that looks like them', () => {
    const bits = fc.constantFrom(
      '=?',
      '?=',
      'utf-8',
      '?Q?',
      '?B?',
      '=C3',
      '=A9',
      'w6k=',
      ' ',
      '\n ',
      'a',
      '?',
      '\u00e9',
      '_',
    );
    fc.assert(
      fc.property(fc.array(bits, { maxLength: 40 }), (pieces) => {
        const subject = pieces.join('');
        const { text, way } = read(subject);
        let last = 0;
        for (let at = 0; at < text.length; at++) {
          const { start, end } = way.toSource(at, at + 1);
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          last = start;
        }
      }),
      { seed: 41, numRuns: 1000 },
    );
  });

  it.each(['=?a?q?', '=?utf-8?Q?a?= ', '=?utf-8?B?', '=?', '=?x?Q?b?= '])(
    'cost little, %j a hundred thousand times',
    (piece) => {
      expect(subjectOf(read(piece.repeat(100_000)))?.length).toBeLessThan(2_000_000);
    },
    5000,
  );
});
