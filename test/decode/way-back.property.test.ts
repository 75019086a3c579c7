import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesSource } from '#mailast';
import { type MessageReading, openMailbox } from '#parse';
import { undoBase64, undoQuotedPrintable } from './undo.ts';

function encodeQuotedPrintable(bytes: Buffer, lineEnd: string, breaks: readonly number[]): string {
  let text = '';
  let next = 0;
  for (const [index, byte] of bytes.entries()) {
    if (byte === 10) text += lineEnd;
    else if (byte > 126 || byte === 61 || byte === 13 || byte < 32) {
      text += `=${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    } else text += String.fromCharCode(byte);
    if (index >= (breaks[next] ?? Number.POSITIVE_INFINITY) && byte !== 10) {
      text += `=${lineEnd}`;
      next++;
    }
  }
  return text;
}

const letters = fc.constantFrom(...'abc =.>-\t', '\n', 'é', 'ß', '–', '☕', '😀', '字', '\u202e', 'From ');
const written = fc.array(letters, { maxLength: 120 }).map((pieces) => pieces.join(''));
const lineEnds = fc.constantFrom('\n', '\r\n');
const spans = fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(40)), {
  minLength: 5,
  maxLength: 5,
});

function open(
  encoding: string,
  lineEnd: string,
  body: string,
): { message: MessageReading; bodyStart: number; file: string } {
  const header = `From: a@example.org${lineEnd}Subject: way${lineEnd}Content-Transfer-Encoding: ${encoding}${lineEnd}${lineEnd}`;
  const file = header + body;
  return { message: openMailbox(bytesSource(Buffer.from(file, 'latin1'))).message(0), bodyStart: header.length, file };
}

/** Spans of the body that do not cut a character in two. */
function wholeCharacters(
  text: string,
  from: number,
  pairs: readonly (readonly [number, number])[],
): [number, number][] {
  return pairs.flatMap(([place, length]) => {
    let start = from + Math.floor(place * (text.length - from));
    let end = Math.min(text.length, start + 1 + length);
    const inside = (at: number): boolean => /^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(at - 1, at + 1));
    if (inside(start)) start--;
    if (inside(end)) end++;
    return start < end ? [[start, end]] : [];
  });
}

describe('what the source says where a character leads back to is that character', () => {
  it('through quoted-printable', () => {
    fc.assert(
      fc.property(written, lineEnds, fc.array(fc.nat(120)), spans, (text, lineEnd, breaks, pairs) => {
        const sorted = [...breaks].sort((a, b) => a - b);
        const body = encodeQuotedPrintable(Buffer.from(text, 'utf8'), lineEnd, sorted);
        const { message, file } = open('quoted-printable', lineEnd, body);
        expect(message.text.slice(message.readable.body.start)).toBe(text);
        for (const [start, end] of wholeCharacters(message.text, message.readable.body.start, pairs)) {
          const span = message.way.toSource(start, end);
          const again = undoQuotedPrintable(file.slice(span.start, span.end)).toString('utf8').replaceAll('\r\n', '\n');
          expect(again).toBe(message.text.slice(start, end));
        }
      }),
      { seed: 1, numRuns: 1500 },
    );
  });

  it('through base64', () => {
    fc.assert(
      fc.property(written, lineEnds, fc.integer({ min: 5, max: 76 }), spans, (text, lineEnd, width, pairs) => {
        const encoded = Buffer.from(text, 'utf8').toString('base64');
        const body = encoded.replace(new RegExp(`.{${width}}`, 'g'), (line) => line + lineEnd);
        const { message, file, bodyStart } = open('base64', lineEnd, body);
        expect(message.text.slice(message.readable.body.start)).toBe(text);
        for (const [start, end] of wholeCharacters(message.text, message.readable.body.start, pairs)) {
          const span = message.way.toSource(start, end);
          const again = undoBase64(file.slice(bodyStart), span.start - bodyStart, span.end - bodyStart);
          expect(again.toString('utf8')).toBe(message.text.slice(start, end));
        }
      }),
      { seed: 2, numRuns: 1500 },
    );
  });

  it('through UTF-8 with no encoding', () => {
    fc.assert(
      fc.property(written, lineEnds, spans, (text, lineEnd, pairs) => {
        const body = Buffer.from(text.replaceAll('\n', lineEnd), 'utf8').toString('latin1');
        const { message, file } = open('8bit', lineEnd, body);
        expect(message.text.slice(message.readable.body.start)).toBe(text);
        for (const [start, end] of wholeCharacters(message.text, message.readable.body.start, pairs)) {
          const { start: from, end: to } = message.way.toSource(start, end);
          const again = Buffer.from(file.slice(from, to), 'latin1').toString('utf8').replaceAll('\r\n', '\n');
          expect(again).toBe(message.text.slice(start, end));
        }
      }),
      { seed: 3, numRuns: 1000 },
    );
  });

  it('through the words of a header', () => {
    fc.assert(
      fc.property(fc.array(letters, { maxLength: 30 }), fc.boolean(), (pieces, base64) => {
        const text = pieces.join('').replace(/[\n\t]/g, '');
        fc.pre(text.trim() === text && text !== '');
        const bytes = Buffer.from(text, 'utf8');
        const coded = [...bytes].map((byte) => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
        const word = base64 ? `=?utf-8?B?${bytes.toString('base64')}?=` : `=?utf-8?q?${coded}?=`;
        const file = `From: a@example.org\nTo: b@example.org\nSubject: tea ${word} pot\n\nx\n`;
        const message = openMailbox(bytesSource(Buffer.from(file, 'latin1'))).message(0);
        expect(message.readable.fields[2]?.value).toBe(`tea ${text} pot`);
        const at = message.text.indexOf(`tea ${text} pot`) + 4;
        const span = message.way.toSource(at, at + text.length);
        const wordAt = file.indexOf('?', file.indexOf('=?utf-8?') + 8) + 1;
        expect(file.slice(span.start, span.end)).toBe(
          file.slice(wordAt, file.indexOf('?=', wordAt)).replace(/=+$/, (sign) => (base64 ? '' : sign)),
        );
      }),
      { seed: 4, numRuns: 500 },
    );
  });
});
