import { describe, expect, it } from 'vitest';
import {
  type Argument,
  alteredQuotes,
  argumentOf,
  cutAbove,
  quotedLineAt,
  quotesOf,
  type Reading,
  readText,
} from '#features';

const NAMES = ['Ada Example', 'Ben Example', 'Cleo Example'];

/** A thread in which each mail answers the one before. */
function thread(...bodies: string[]): { text: string; reading: Reading; argument: Argument } {
  const text = bodies
    .map((body, at) => {
      const answers = at === 0 ? '' : `In-Reply-To: <${at - 1}@example.org>\n`;
      return `From x@example.org Mon Jan  1 00:00:0${at} 2024\nFrom: ${NAMES[at]} <x${at}@example.org>\nSubject: tea\nMessage-ID: <${at}@example.org>\n${answers}\n${body}\n`;
    })
    .join('\n');
  const reading = readText(text);
  return { text, reading, argument: whole(argumentOf(reading, 0)) };
}

function whole<Result>(steps: Generator<unknown, Result>): Result {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

const TEA = `The kettle stands on the stove and sings.
It is full of water that nobody has warmed yet.

A pot that is cold cools the water which we pour.
We drink it anyway, out of the blue cups.
Nobody washes them.`;

const WARM = 'Ada Example wrote:\n> A pot that is cold cools the water which we pour.\n\nThen warm it.';
const HOW =
  'Ben Example wrote:\n> Ada Example wrote:\n>> A pot that is cold cools the water which we pour.\n>\n> Then warm it.\n\nHow?';

describe('a quoted line', () => {
  it('leads from its whole line to where it was said', () => {
    const { text, argument } = thread(TEA, WARM, HOW);
    const found = quotedLineAt(argument, text.indexOf('cold cools', text.indexOf('>> A pot')));
    expect(found && text.slice(found.place.start, found.place.end)).toBe(
      '>> A pot that is cold cools the water which we pour.',
    );
    expect(found?.origins).toEqual([
      {
        place: { start: text.indexOf('A pot'), end: text.indexOf('\nWe drink') },
        by: 'Ada Example',
      },
    ]);
  });

  it('is quoted again, and so is the line where it was said', () => {
    const { text, argument } = thread(TEA, WARM, HOW);
    const lines = (at: number) => quotesOf(argument, at).map(({ place }) => text.slice(place.start, place.end));
    const all = [
      'A pot that is cold cools the water which we pour.',
      '> A pot that is cold cools the water which we pour.',
      '>> A pot that is cold cools the water which we pour.',
    ];
    expect(lines(text.indexOf('A pot'))).toEqual(all);
    expect(lines(text.indexOf('>> A pot'))).toEqual(all);
    expect(lines(text.indexOf('The kettle'))).toEqual([]);
    expect(lines(text.indexOf('Subject: tea'))).toEqual([]);
  });

  it('leads to every place where it may have been said', () => {
    const twice = 'The kettle sings a song.\n\nWe pour.\n\nThe kettle sings a song.\n\nWe drink.';
    const { text, argument } = thread(twice, 'Ada Example wrote:\n> The kettle sings a song.\n\nWhich one?');
    const found = quotedLineAt(argument, text.indexOf('> The kettle'));
    expect(found?.origins.map(({ place }) => place.start)).toEqual([
      text.indexOf('The kettle'),
      text.indexOf('The kettle', text.indexOf('We pour')),
    ]);
  });

  it('tells which of its words are others than those that were said', () => {
    const { text, argument } = thread(
      TEA,
      'Ada Example wrote:\n> A pot that is cold warms the water which we pour.\n> We drink it anyway, out of the blue cups.\n\nNo.',
    );
    const [altered, ...more] = alteredQuotes(argument, 1);
    expect(more).toEqual([]);
    expect(altered && text.slice(altered.place.start, altered.place.end)).toBe('warms');
    expect(altered?.was).toBe('A pot that is cold cools the water which we pour.');
    expect(altered?.origin.by).toBe('Ada Example');
    expect(alteredQuotes(argument, 0)).toEqual([]);
  });

  it('knows what was cut away above it, and that nothing was', () => {
    const { text, argument } = thread(
      TEA,
      'Ada Example wrote:\n> The kettle stands on the stove and sings.\n> It is full of water that nobody has warmed yet.\n\nSo?\n\n> Nobody washes them.\n\nI do.',
    );
    const cut = cutAbove(argument, text.indexOf('> Nobody'));
    expect(cut).toEqual({
      lines: 2,
      place: { start: text.indexOf('A pot'), end: text.indexOf('\nNobody washes') },
      by: 'Ada Example',
    });
    expect(cutAbove(argument, text.indexOf('> It is full'))).toBeUndefined();
    expect(cutAbove(argument, text.indexOf('> The kettle'))).toBeUndefined();
  });

  it('is traced in steps, one a message', () => {
    const { reading } = thread(TEA, WARM, HOW);
    const steps = [...argumentOf(readText(reading.mailbox.source.text), 1)];
    expect(steps).toHaveLength(6);
  });
});
