/** Invented list mail of any size, from a seed: the same seed, the same bytes. */
import { closeSync, openSync, writeSync } from 'node:fs';

const WORDS =
  'the kettle warms while a cup waits and milk stays cold until someone pours slowly so that tea and water meet in every pot of the house before noon'.split(
    ' ',
  );
const DAY = 'Mon, 3 Jul 2023 10:00:00 +0200';
/** Written at once, in units. */
const PIECE = 2 ** 22;

/** Numbers from 0 to 1 (mulberry32). */
function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Bodies of some 200 to 16,000 units, prose and diffs, quoted and not. */
function bodies(next: () => number, longest: number): string[] {
  return Array.from({ length: 400 }, () => {
    const lines: string[] = [];
    const marks = ['', '', '> ', '> > ', '+', '-', ' '][Math.floor(next() * 7)] ?? '';
    for (let length = 0, most = 200 + next() * longest; length < most; ) {
      const words = Array.from({ length: 4 + Math.floor(next() * 9) }, () => WORDS[Math.floor(next() * WORDS.length)]);
      const line = (next() < 0.05 ? 'From ' : marks) + words.join(' ');
      length += line.length + 1;
      lines.push(line.startsWith('From ') && next() < 0.9 ? `>${line}` : line);
    }
    return lines.join('\n');
  });
}

/** Headers as servers leave them: some 2,500 units, of which the index reads few. */
function servers(next: () => number): string[] {
  return Array.from({ length: 50 }, () => {
    const signed = Array.from({ length: 6 }, () => next().toString(36).repeat(5).slice(0, 60)).join('\n ');
    const received = `Received: from mail.example.org (mail.example.org [192.0.2.${Math.floor(next() * 255)}])\n\tby lists.example.org (Postfix) with ESMTPS id ${next().toString(36)}\n\tfor <tea@example.org>; ${DAY}\n`;
    return `${received.repeat(2 + Math.floor(next() * 4))}DKIM-Signature: v=1; a=rsa-sha256; d=example.org;\n b=${signed}\nTo: Tea <tea@example.org>,\n\tPots <pots@example.org>, Ada <ada@example.org>, Ben <ben@example.org>\n`;
  });
}

/** Writes at least `bytes` of mail, or `count` messages where that comes first; says how many messages were written. */
export function writeMailbox(path: string, size: { bytes: number; count: number; small: boolean }): number {
  const next = random(20230703);
  const texts = bodies(next, size.small ? 300 : 11_000);
  const relays = size.small ? [''] : servers(next);
  const one = <Value>(values: readonly Value[]): Value | undefined => values[Math.floor(next() * values.length)];
  const file = openSync(path, 'w');
  let piece = '';
  let written = 0;
  let index = 0;
  for (; index < size.count && written + piece.length < size.bytes; index++) {
    const answers = index % 20 !== 0;
    const parent = index - 1 - Math.floor(next() * Math.min(index % 20, 6));
    const named = answers
      ? `In-Reply-To: <${id(parent)}>\nReferences: <${id(index - (index % 20))}>\n <${id(parent)}>\n`
      : '';
    piece += `From ada@example.org Mon Jul  3 10:00:00 2023\n${one(relays)}From: Ada <ada@example.org>\nSubject: ${answers ? 'Re: ' : ''}tea ${index - (index % 20)}\nDate: ${DAY}\nMessage-ID: <${id(index)}>\n${named}\n${one(texts)}\n\n`;
    if (piece.length < PIECE) continue;
    written += writeSync(file, piece, null, 'latin1');
    piece = '';
  }
  writeSync(file, piece, null, 'latin1');
  closeSync(file);
  return index;
}

/** As long as real ones are. */
export function id(index: number): string {
  return `20230703${(index * 2654435761).toString(36)}.${index}-1-ada@example.org`;
}
