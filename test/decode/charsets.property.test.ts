import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesSource, textSource } from '#mailast';
import { type MessageReading, openMailbox } from '#parse';

function mail(label: string | undefined, body: Uint8Array | string, encoding?: string): Buffer {
  const type = label === undefined ? '' : `Content-Type: text/plain; charset="${label}"\n`;
  const transfer = encoding === undefined ? '' : `Content-Transfer-Encoding: ${encoding}\n`;
  return Buffer.concat([
    Buffer.from(`From: a@example.org\nSubject: x\n${type}${transfer}\n`, 'latin1'),
    typeof body === 'string' ? Buffer.from(body, 'latin1') : body,
  ]);
}

function read(...args: Parameters<typeof mail>): MessageReading {
  return openMailbox(bytesSource(mail(...args))).message(0);
}

function bodyOf({ text, readable }: MessageReading): string {
  return text.slice(readable.body.start, readable.body.end);
}

function rules({ complaints }: MessageReading): string[] {
  return complaints.map(({ ruleId }) => ruleId);
}

const bytes = (hex: string): Buffer => Buffer.from(hex.replaceAll(' ', ''), 'hex');

describe('a charset as mail labels it', () => {
  it.each([
    ['windows-1252', '93 92 94 80', '“’”€'],
    ['iso-8859-1', '93 92 94 E9', '“’”é'],
    ['latin-1', 'E9', 'é'],
    ['iso-8859-15', 'A4', '€'],
    ['iso-8859-16', 'A4 AA', '€Ș'],
    ['koi8-r', 'F0 D2 C9', 'При'],
    ['koi8-u', 'AE BE', 'ўЎ'],
    ['cp1251', 'CF F0 E8', 'При'],
    ['cp866', '8F E0 A8', 'При'],
    ['gb2312', 'C4 E3 BA C3', '你好'],
    ['gb2312', '88 DD A8 BF', '堓ǹ'],
    ['gb18030', '94 39 FC 36 81 30 81 30', '😀\u0080'],
    ['big5', 'A7 41 A6 6E', '你好'],
    ['euc-kr', 'B0 A1 20 B0 A2', '가 각'],
    ['ks_c_5601-1987', '81 41 C6 52 A0 FE', '갂힣좤'],
    ['euc-jp', 'C6 FC CB DC 8E B1', '日本ｱ'],
    ['shift_jis', '93 FA 96 7B 83 5C B1', '日本ソｱ'],
    ['iso-2022-jp', '61 1B 24 42 46 7C 4B 5C 1B 28 42 62 0A', 'a日本b\n'],
    ['iso-2022-jp', '1B 24 42 46 7C 0A 61 1B 28 49 31', '日\naｱ'],
    ['iso-2022-kr', '1B 24 29 43 0A 61 0E 30 21 0F 62', '\na가b'],
    ['utf-7', '61 2B 41 4F 6B 2D 20 2B 2D 2B 32 44 33 65 41 41 21', 'aé +😀!'],
    ['utf-16le', 'FF FE 61 00 0D 00 0A 00 3D D8 00 DE', 'a\n😀'],
    ['utf-16', '61 00 0A 00', 'a\n'],
    ['utf-16', '00 61 00 0A', 'a\n'],
    ['UTF8', 'C3 A9', 'é'],
    ['utf-8', 'EF BB BF 61', 'a'],
    ['us-ascii', 'EF BB BF C3 A9', 'é'],
  ])('%s: %s reads as %s', (label, hex, text) => {
    expect(bodyOf(read(label, bytes(hex).toString('base64'), 'base64'))).toBe(text);
    // A file that ends in zeros ends in no mail.
    if (hex.endsWith(' 00')) return;
    expect(bodyOf(read(label, bytes(hex)))).toBe(text);
    expect(rules(read(label, bytes(hex))).filter((one) => one.startsWith('charset-'))).toEqual([]);
  });

  it.each([
    [undefined, 'C3 A9', 'é', []],
    [undefined, 'E9', 'é', ['charset-guessed']],
    ['us-ascii', 'C3 A9', 'é', ['charset-guessed']],
    ['us-ascii', '92', '’', ['charset-guessed']],
    [undefined, '1B 24 42 46 7C 1B 28 42', '日', ['charset-guessed']],
    ['utf-8', '41 E9 42', 'AéB', ['charset-guessed']],
    ['utf-8', 'C3 A9 E9', 'é\ufffd', ['charset-bytes-invalid']],
    ['y', 'C3 A9', 'é', ['charset-unknown']],
    ['unknown-8bit', 'E9', 'é', ['charset-unknown']],
    ['x-unknown', '41', 'A', ['charset-unknown']],
    ['8bit', 'C3 A9', 'é', ['charset-unknown']],
    ['big5', 'A7 C8 20', '\ufffd ', ['charset-bytes-invalid']],
  ])('%s with %s reads as %j, and says %j', (label, hex, text, said) => {
    const message = read(label, bytes(hex.replace('A7 C8 20', 'FF 20')));
    expect(bodyOf(message)).toBe(text);
    expect(rules(message)).toEqual(said);
  });

  it('says nothing about bytes of a document, which has none', () => {
    const message = openMailbox(textSource(`${mail(undefined, '').toString()}caf\u00e9 \u2019`)).message(0);
    expect(bodyOf(message)).toBe('café ’');
    expect(rules(message)).toEqual([]);
  });

  it('reads what is written in ASCII also in a document', () => {
    const body = '\u001b$B4A;z\u001b(B +AOk-';
    expect(bodyOf(openMailbox(textSource(mail('iso-2022-jp', body).toString())).message(0))).toBe('漢字 +AOk-');
    expect(bodyOf(openMailbox(textSource(mail('utf-7', 'x+AOk-').toString())).message(0))).toBe('xé');
  });
});

/** Code of no other room: the platform's decoder, of whole texts. */
function platform(label: string, octets: Uint8Array): string {
  return new TextDecoder(label, { ignoreBOM: true }).decode(octets);
}

/** Random text of a charset: two-byte characters that the platform knows, and ASCII. */
function characters(label: string, leads: [number, number], trails: [number, number]): fc.Arbitrary<Buffer[]> {
  const pair = fc
    .tuple(fc.integer({ min: leads[0], max: leads[1] }), fc.integer({ min: trails[0], max: trails[1] }))
    .map((two) => Buffer.from(two))
    .filter((two) => /^[\u0370-\ud7ff\uff00-\uffee]$/.test(platform(label, two)));
  const ascii = fc.constantFrom(...'abc \n\\~').map((unit) => Buffer.from(unit, 'latin1'));
  return fc.array(fc.oneof({ weight: 3, arbitrary: pair }, ascii), { maxLength: 60 });
}

const single = (): fc.Arbitrary<Buffer[]> =>
  fc.array(
    fc
      .integer({ min: 0x20, max: 0xff })
      .filter((byte) => byte !== 0x7f)
      .map((byte) => Buffer.of(byte)),
    { maxLength: 60 },
  );

describe('the bytes that a character leads back to are that character', () => {
  const charsets: [string, fc.Arbitrary<Buffer[]>][] = [
    ['koi8-r', single()],
    ['windows-1251', single()],
    ['iso-8859-2', single()],
    ['ibm866', single()],
    ['gb18030', characters('gb18030', [0x81, 0xfe], [0x40, 0xfe])],
    ['big5', characters('big5', [0xa4, 0xf9], [0x40, 0xfe])],
    ['euc-kr', characters('euc-kr', [0xb0, 0xc8], [0xa1, 0xfe])],
    ['euc-jp', characters('euc-jp', [0xa1, 0xf4], [0xa1, 0xfe])],
    ['shift_jis', characters('shift_jis', [0x81, 0xea], [0x40, 0xfc])],
  ];

  it.each(charsets)('in %s, as it is and in base64', (label, arbitrary) => {
    fc.assert(
      fc.property(arbitrary, fc.nat(59), (pieces, chosen) => {
        const octets = Buffer.concat(pieces);
        const message = read(label, octets);
        expect(bodyOf(message)).toBe(platform(label, octets));
        const encoded = read(label, octets.toString('base64'), 'base64');
        expect(bodyOf(encoded)).toBe(platform(label, octets));
        if (octets.length === 0) return;
        const bodyStart = mail(label, '').length;
        const at = chosen % pieces.length;
        const before = Buffer.concat(pieces.slice(0, at));
        const start = message.readable.body.start + platform(label, before).length;
        const length = platform(label, pieces[at] ?? Buffer.of()).length;
        expect(message.way.toSource(start, start + length)).toEqual({
          start: bodyStart + before.length,
          end: bodyStart + before.length + (pieces[at]?.length ?? 0),
        });
        expect(message.way.toReadable(bodyStart + before.length)).toBe(start);
      }),
      { seed: 21, numRuns: 300 },
    );
  });

  it('in iso-2022-jp by the run, with its escape sequence', () => {
    const word = fc.constantFrom('漢字', '日本語', 'テスト', 'abc', 'x ', '\n');
    const coded: Record<string, string> = { 漢字: '4A;z', 日本語: 'F|K\\8l', テスト: '%F%9%H' };
    fc.assert(
      fc.property(fc.array(word, { maxLength: 12 }), (words) => {
        const written = words.map((one) => (coded[one] ? `\u001b$B${coded[one]}\u001b(B` : one)).join('');
        const message = read('iso-2022-jp', written);
        expect(bodyOf(message)).toBe(words.join(''));
        let at = message.readable.body.start;
        for (const one of words) {
          const { start, end } = message.way.toSource(at, at + one.length);
          const slice = mail('iso-2022-jp', written).subarray(start, end);
          expect(platform('iso-2022-jp', slice)).toBe(one);
          at += one.length;
        }
      }),
      { seed: 22, numRuns: 300 },
    );
  });

  it.each([
    'gb18030',
    'big5',
    'euc-kr',
    'euc-jp',
    'shift_jis',
    'iso-2022-jp',
    'iso-2022-kr',
    'utf-7',
    'utf-16',
    'koi8-r',
    'y',
    'us-ascii',
    'utf-8',
  ])('for any octets labelled %s the way is whole and in order', (label) => {
    const octets = fc.array(
      fc.oneof(fc.integer({ min: 0, max: 255 }), fc.constantFrom(27, 36, 40, 66, 43, 45, 10, 13)),
    );
    fc.assert(
      fc.property(octets, (all) => {
        const body = Buffer.from([10, ...all]);
        const source = mail(label, body);
        const { text, way } = openMailbox(bytesSource(source)).message(0);
        let last = 0;
        for (let at = 0; at < text.length; at++) {
          const { start, end } = way.toSource(at, at + 1);
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(source.length);
          last = start;
        }
      }),
      { seed: 23, numRuns: 200 },
    );
  });
});
