import { describe, expect, it } from 'vitest';
import { textSource } from '#mailast';
import { lineHeads, openMailbox } from '#parse';
import { corpus, filesOf, open, present } from './corpus.ts';

/** Each character of a text that is neither white space nor a quote mark, with the depth of its line. */
function depths(text: string, start: number): { characters: string; depth: number[] } {
  const heads = lineHeads(text, { start, end: text.length });
  const depth: number[] = [];
  let characters = '';
  for (let line = heads.table.at(start); line < heads.table.count; line++) {
    const own = heads.own(line).replace(/[\s>]+/g, '');
    characters += own;
    for (let at = 0; at < own.length; at++) depth.push(heads.depth(line));
  }
  return { characters, depth };
}

/** Bodies of real replies, without what looks like a tag: flattening eats that too. */
function* replies(): Generator<string> {
  for (const [folder, ending] of [
    ['mails', '.eml'],
    ['threads', '.mbox'],
  ] as const) {
    for (const file of filesOf(folder, ending)) {
      const mailbox = open(folder, file);
      for (let index = 0; index < mailbox.spans.length; index++) {
        const { readable, text } = mailbox.message(index);
        const body = text.slice(readable.body.start).replace(/<[a-zA-Z][^>\n]*>/g, '');
        if (readable.mediaType === 'text/plain' && /^>.*\n>.*\n>/m.test(body)) yield body;
      }
    }
  }
}

describe.skipIf(!present)(`real replies that lost their line ends (${corpus})`, () => {
  it('have at least 98 of 100 quoted characters at their true depth', () => {
    let quoted = 0;
    let right = 0;
    for (const body of replies()) {
      const truth = depths(body, 0);
      const flat = `Received: by x; Subject: y From: a To: b X-Mailing-List: l@example.org ${body.replace(/\s+/g, ' ')}`;
      const message = openMailbox(textSource(flat)).message(0);
      const read = depths(message.text, message.readable.body.start);
      const whole = read.characters === truth.characters;
      truth.depth.forEach((depth, at) => {
        if (depth === 0) return;
        quoted++;
        if (whole && read.depth[at] === depth) right++;
      });
    }
    console.log(
      `flattened replies: ${((100 * right) / quoted).toFixed(1)}% of ${quoted} quoted characters at their true depth`,
    );
    expect(right / quoted).toBeGreaterThan(0.98);
  });
});
