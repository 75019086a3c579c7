import { describe, expect, it } from 'vitest';
import { bytesSource } from '#mailast';
import { type MessageReading, openMailbox } from '#parse';

function mail(encoding: string, body: string): string {
  return `From: a@example.org\nSubject: x\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: ${encoding}\n\n${body}`;
}

function read(encoding: string, body: string): MessageReading {
  return openMailbox(bytesSource(Buffer.from(mail(encoding, body), 'latin1'))).message(0);
}

function bodyOf({ text, readable }: MessageReading): string {
  return text.slice(readable.body.start);
}

function rules({ complaints }: MessageReading): string[] {
  return complaints.map(({ ruleId }) => ruleId);
}

const long = Buffer.from('tea and cake and tea again, until the pot is empty\n'.repeat(3)).toString('base64');
const lines = (width: number): string => long.replace(new RegExp(`.{${width}}`, 'g'), '$&\n');
const FOOTER = '_______________\ntea mailing list\ntea at example.org\nhttp://lists.example.org/tea\nBye\n';

describe('base64 in a body', () => {
  it.each([
    ['in lines of 76', lines(76), 3],
    ['in lines of 61', lines(61), 3],
    ['in one line', long, 3],
    ['without padding', 'Y2Fmw6k', 0],
    ['with white space in it', 'Y2Fm\n  w6k=\n', 0],
  ])('is read %s', (_, body, count) => {
    const wanted = count ? 'tea and cake and tea again, until the pot is empty\n'.repeat(count) : 'café';
    expect(bodyOf(read('base64', body))).toBe(wanted);
    expect(rules(read('base64', body))).toEqual([]);
  });

  it('ends where a list put its footer', () => {
    const message = read('BASE64 (as it is)', `${lines(76)}\n${FOOTER}`);
    expect(bodyOf(message).endsWith(`pot is empty\n${FOOTER}`)).toBe(true);
    expect(rules(message)).toEqual(['text-behind-base64']);
    const at = message.text.indexOf('mailing list');
    const { start, end } = message.way.toSource(at, at + 12);
    expect(mail('BASE64 (as it is)', `${lines(76)}\n${FOOTER}`).slice(start, end)).toBe('mailing list');
  });

  it('gives a footer a line of its own', () => {
    expect(bodyOf(read('base64', `Y2Fmw6k=\n-- \nlist\n`))).toBe('café\n-- \nlist\n');
  });

  it('says what is damaged', () => {
    expect(rules(read('base64', `${lines(76).replace('\n', '\n!!\n')}`))).toEqual(['transfer-encoding-damaged']);
  });

  it('is read as it is written when it is none', () => {
    const message = read('base64', 'Hello Ada,\n\nthis is no code.\n');
    expect(bodyOf(message)).toBe('Hello Ada,\n\nthis is no code.\n');
    expect(rules(message)).toEqual(['transfer-encoding-wrong']);
  });
});

describe('an encoding that nobody knows', () => {
  it.each(['8-bit', 'utf-8', 'x-tea'])('%s changes nothing, and is said', (encoding) => {
    const message = read(encoding, 'caf\u00c3\u00a9 =3D\n');
    expect(bodyOf(message)).toBe('café =3D\n');
    expect(rules(message)).toEqual(['transfer-encoding-unknown']);
  });

  it.each(['8bit', '7BIT (plain)', 'binary;', ''])('%j is none', (encoding) => {
    expect(rules(read(encoding, 'caf\u00c3\u00a9\n'))).toEqual([]);
  });
});

/** "tea\ncake and a café\n" as uuencode(1) writes it. */
const CODED = 'begin 644 menu.txt\n5=&5A"F-A:V4@86YD(&$@8V%FPZD*\n`\nend\n';

describe('uuencoded text', () => {
  it('is a whole body', () => {
    const message = read('x-uuencode', CODED);
    expect(bodyOf(message)).toBe('tea\ncake and a café\n');
    expect(rules(message)).toEqual([]);
  });

  it('stands in a body between its first and its last line', () => {
    const message = read('7bit', `see\n\n${CODED}bye\n`);
    expect(bodyOf(message)).toBe('see\n\nbegin 644 menu.txt\ntea\ncake and a café\nend\nbye\n');
    expect(rules(message)).toEqual(['uuencoded-file']);
  });

  it('leads back to its codes', () => {
    const message = read('7bit', CODED);
    const at = message.text.indexOf('tea');
    const { start, end } = message.way.toSource(at, at + 3);
    expect(mail('7bit', CODED).slice(start, end)).toBe('=&5A');
  });

  it('stays as it is when it holds no text', () => {
    const body = 'begin 644 tea.bin\n$``$"`P``\n`\nend\n';
    expect(bodyOf(read('7bit', body))).toBe(body);
    expect(rules(read('7bit', body))).toEqual(['uuencoded-file']);
  });

  it.each(['begin 644 the tea\nwithout end\n', 'begin 644 tea\n', 'begin to pour\nend\n'])('is not %j', (body) => {
    expect(bodyOf(read('7bit', body))).toBe(body);
    expect(rules(read('7bit', body))).toEqual([]);
  });

  it.each(['begin 644 a\n', 'begin 644 a\n`\n', `begin 644 a\n${'M'.repeat(61)}\n`, 'A\n!\n'])(
    'costs little for %j twenty thousand times',
    (piece) => {
      expect(bodyOf(read('7bit', piece.repeat(20_000))).length).toBe(piece.length * 20_000);
      expect(bodyOf(read('base64', piece.repeat(20_000))).length).toBeGreaterThan(0);
    },
    10_000,
  );
});
