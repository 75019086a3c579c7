import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesSource, textSource } from '#mailast';
import { type MessageReading, openMailbox, type ReadablePart } from '#parse';
import { bodyLinesOf } from '#reading';
import { readChecked } from '../parse/invariants.ts';
import { mutated } from '../parse/mail-arbitrary.ts';
import { flat, type Sent, sent, type Writing, writing, written } from './mime-arbitrary.ts';

function read(text: string): MessageReading {
  return openMailbox(bytesSource(Buffer.from(text, 'latin1'))).message(0);
}

function typeOf(part: Sent): string {
  if (part.kind === 'message') return 'message/rfc822';
  return part.type;
}

function textOf({ text }: MessageReading, part: ReadablePart): string {
  return part.text ? text.slice(part.text.start, part.text.end) : '';
}

const cases: fc.Arbitrary<[Sent, Writing]> = fc.tuple(sent, writing);

describe('a message of parts is read as it was sent', { timeout: 120_000 }, () => {
  it('each part with its level, its type and its name', () => {
    fc.assert(
      fc.property(cases, ([tree, how]) => {
        const parts = read(written(tree, how)).readable.parts;
        const said = parts.map(({ depth, mediaType, filename }) => [depth, mediaType, filename]);
        expect(said).toEqual(
          flat(tree).map(({ depth, part }) => [depth, typeOf(part), part.kind === 'text' ? part.filename : undefined]),
        );
      }),
      { seed: 2045, numRuns: 300 },
    );
  });

  it('each text that is shown, unit for unit', () => {
    fc.assert(
      fc.property(cases, ([tree, how]) => {
        const message = read(written(tree, how));
        for (const [index, { part }] of flat(tree).entries()) {
          const ours = message.readable.parts[index];
          if (!ours || part.kind !== 'text' || part.type === 'text/html' || ours.omitted !== undefined) continue;
          expect(textOf(message, ours)).toBe(part.text);
        }
      }),
      { seed: 2046, numRuns: 300 },
    );
  });

  it('and its text holds the lines of the shown texts, each with its own bytes', () => {
    fc.assert(
      fc.property(cases, ([tree, how]) => {
        const file = written(tree, how);
        const message = read(file);
        const body = bodyLinesOf(message);
        const shown = message.readable.parts.filter((part) => part.text && part.text.end > part.text.start);
        expect(body.text).toBe(shown.map((part) => textOf(message, part)).join('\n'));
        // A message that says nothing has one empty line, which is no part's.
        for (const line of shown.length === 0 ? [] : body.lines) {
          const place = message.way.toSource(line.start, line.end);
          const part = shown.find(({ text }) => text && text.start <= line.start && line.end <= text.end);
          expect(part && part.body.start <= place.start && place.end <= part.body.end).toBe(true);
          if (part?.encoding === '7bit' || part?.encoding === '8bit') {
            const bytes = Buffer.from(file.slice(place.start, place.end), 'latin1').toString('utf8');
            if (part.mediaType !== 'text/html') expect(bytes).toBe(message.text.slice(line.start, line.end));
          }
        }
      }),
      { seed: 2047, numRuns: 300 },
    );
  });

  it('with a sound tree, and a way back from every place', () => {
    fc.assert(
      fc.property(cases, ([tree, how]) => {
        const text = written(tree, how);
        readChecked(bytesSource(Buffer.from(text, 'latin1')));
        readChecked(textSource(text));
      }),
      { seed: 2048, numRuns: 250 },
    );
  });

  it('also when it was damaged on its way', () => {
    const samples = fc.sample(cases, { seed: 2049, numRuns: 60 }).map(([tree, how]) => written(tree, how));
    fc.assert(
      fc.property(mutated(samples), (text) => {
        readChecked(bytesSource(Buffer.from(text, 'latin1')));
        readChecked(textSource(text));
      }),
      { seed: 2050, numRuns: 600 },
    );
  });
});
