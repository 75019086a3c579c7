import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bytesSource } from '#mailast';
import { type MessageReading, openMailbox } from '#parse';
import { undoBase64, undoQuotedPrintable } from '../decode/undo.ts';
import { corpus, filesOf, present } from './corpus.ts';

/** So many characters of each part are looked at, spread over it by a step that is no round number. */
const LOOKED = 400;

/** What the bytes that readable [at, at + length) leads back to say by the encoding and the charset of their part; other code than ours. */
function saidByBytes(file: Buffer, message: MessageReading, part: Part, at: number, length: number): string {
  const { start, end } = message.way.toSource(at, at + length);
  const body = file.toString('latin1', part.body.start, part.body.end);
  const [from, to] = [start - part.body.start, end - part.body.start];
  const coded = body.slice(from, to);
  const bytes =
    part.encoding === 'base64'
      ? undoBase64(body, from, to)
      : part.encoding === 'quoted-printable'
        ? undoQuotedPrintable(coded)
        : Buffer.from(coded, 'latin1');
  return decoder(part.charset).decode(bytes).replaceAll('\r\n', '\n');
}

/** Node's windows-1252 is wrong at 0x80 to 0x9f, and its gb2312 lacks characters; mail that has the wrong label is read by what it is. */
function decoder(label = 'utf-8'): TextDecoder {
  const name = label.toLowerCase();
  if (name === 'gb2312' || name === 'gbk') return new TextDecoder('gb18030');
  return new TextDecoder(name === 'y' || name === 'us-ascii' ? 'utf-8' : name);
}

type Part = MessageReading['readable']['parts'][number];

/** What escape sequences and markup say is said by more bytes than those of one character. */
function isWalked({ charset, mediaType, text }: Part): boolean {
  return text !== undefined && mediaType !== 'text/html' && !/^(?:iso-2022|utf-7)/i.test(charset ?? '');
}

describe.skipIf(!present)('characters of real mails', () => {
  it('lead back to bytes that say the same character', () => {
    let characters = 0;
    const charsets = new Set<string>();
    const encodings = new Set<string>();
    for (const name of filesOf('mails', '.eml')) {
      const file = readFileSync(join(corpus, 'mails', name));
      const message = openMailbox(bytesSource(file)).message(0);
      for (const part of message.readable.parts.filter(isWalked)) {
        const { start = 0, end = 0 } = part.text ?? {};
        const step = Math.max(1, Math.floor((end - start) / LOOKED));
        for (let at = start; at < end; at += step) {
          const point = message.text.codePointAt(at) ?? 0;
          if (point >= 0xdc00 && point < 0xe000) continue;
          const character = String.fromCodePoint(point);
          const said = saidByBytes(file, message, part, at, character.length);
          if (said !== character) expect(`${name} at ${at}: ${said}`).toBe(`${name} at ${at}: ${character}`);
          characters++;
        }
        charsets.add((part.charset ?? 'none').toLowerCase());
        encodings.add(part.encoding ?? 'none');
      }
    }
    console.log(
      `way back: ${characters} characters in ${charsets.size} charsets and ${encodings.size} encodings say the same`,
    );
    expect(characters).toBeGreaterThan(20_000);
    expect(charsets.size).toBeGreaterThan(5);
  });
});
