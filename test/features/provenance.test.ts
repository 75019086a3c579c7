import { describe, expect, it } from 'vitest';
import {
  keyOf,
  QuoteTraces,
  type Reading,
  readText,
  ThreadTraces,
  type TraceAnswer,
  threadsAnswer,
  traceAnswer,
} from '#features';

const NAMES = ['Ada Example', 'Ben Example', 'Cleo Example', 'Dan Example'];

/** A thread in which each mail answers the one before. */
function thread(...bodies: string[]): Reading {
  const mails = bodies.map((body, at) => {
    const answers = at === 0 ? '' : `In-Reply-To: <${at - 1}@example.org>\n`;
    return `From x@example.org Mon Jan  1 00:00:0${at} 2024\nFrom: ${NAMES[at]} <x${at}@example.org>\nSubject: tea\nMessage-ID: <${at}@example.org>\n${answers}\n${body}\n`;
  });
  return readText(mails.join('\n'));
}

/** What is known of the line of message `mail` that holds `words`. */
function trace(reading: Reading, mail: number, words: string): TraceAnswer {
  const body = bodyOf(reading, mail);
  const line = body.findIndex((one) => one.includes(words)) + 1;
  const one = new ThreadTraces(threadsAnswer([reading]), [reading]).thread(keyOf(0, mail));
  return traceAnswer(one, new QuoteTraces(one), keyOf(0, mail), line);
}

function bodyOf(reading: Reading, mail: number): string[] {
  const message = reading.page(mail)?.message;
  return message ? message.text.slice(message.readable.body.start).split('\n') : [];
}

function originOf(reading: Reading, mail: number, words: string): string {
  const { origin, candidates, found } = trace(reading, mail, words);
  if (origin) return bodyOf(reading, Number(origin.key.slice(2)))[origin.line - 1] ?? '';
  return candidates.length > 0 ? `one of ${candidates.length}` : String(found);
}

const TEA = `The kettle stands on the stove and sings.
It is full of water that nobody has
warmed yet.

A pot that is cold cools the water which we pour.

Thanks,
Ada`;

describe('a quoted line', () => {
  it('is found where it was said, and so is one that is quoted in a quote', () => {
    const reading = thread(
      TEA,
      'Ada Example wrote:\n> A pot that is cold cools the water which we pour.\n\nThen warm it.',
      'Ben Example wrote:\n> Ada Example wrote:\n>> A pot that is cold cools the water which we pour.\n>\n> Then warm it.\n\nHow?',
    );
    expect(trace(reading, 2, 'cools the water')).toEqual({
      found: true,
      speaker: 'Ada Example',
      origin: { key: '0:0', line: 5 },
      quotedBy: [
        { key: '0:1', line: 2, depth: 1 },
        { key: '0:2', line: 3, depth: 2 },
      ],
      candidates: [],
    });
    expect(trace(reading, 2, '> Then warm')).toMatchObject({ speaker: 'Ben Example', origin: { key: '0:1', line: 4 } });
  });

  it('is found when it was wrapped anew, and when lines were joined', () => {
    const rewrapped = thread(TEA, '> It is full of water\n> that nobody has warmed\n> yet.\n\nIndeed.');
    expect(originOf(rewrapped, 1, '> that nobody')).toBe('It is full of water that nobody has');
    expect(originOf(rewrapped, 1, '> yet.')).toBe('warmed yet.');
    const joined = thread(TEA, '> It is full of water that nobody has warmed yet.\n\nIndeed.');
    expect(trace(joined, 1, 'It is full').origin).toEqual({ key: '0:0', line: 2, lastLine: 3 });
  });

  it('says which words were altered, and takes another charset and marks of omissions for no alteration', () => {
    const altered = thread(TEA, '> A pot that is warm cools the water which we pour.');
    expect(trace(altered, 1, 'A pot').origin?.altered).toEqual({
      was: 'A pot that is cold cools the water which we pour.',
      now: 'A pot that is warm cools the water which we pour.',
    });
    const omitted = thread(TEA, '> [...] that is cold cools the water which we pour.');
    expect(trace(omitted, 1, 'cools').origin).toEqual({ key: '0:0', line: 5 });
    const recoded = thread(
      'The water\u2019s cold \u2014 \u201cvery\u201d cold, I think.',
      "> The water's cold - ?very? cold, I think.",
    );
    expect(trace(recoded, 1, 'cold').origin).toEqual({ key: '0:0', line: 1 });
  });

  it('is given to none of two places that are as good, unless its neighbours decide', () => {
    const twice =
      'First we warm the pot.\nThen we fill it with water.\n\nLater, once more:\nThen we fill it with water.\nAnd drink it all.';
    expect(originOf(thread(twice, '> Then we fill it with water.\n\nWhich one?'), 1, '> Then')).toBe('one of 2');
    const both = '> Later, once more:\n> Then we fill it with water.\n> And drink it all.';
    const decided = trace(thread(twice, both), 1, '> Then');
    expect(decided.origin).toEqual({ key: '0:0', line: 5 });
  });

  it('is found in an older mail when the answered one does not have it', () => {
    const reading = thread(TEA, 'I see.', '> A pot that is cold cools the water which we pour.\n\nAnd so?');
    expect(trace(reading, 2, 'cools')).toMatchObject({ speaker: 'Ada Example', origin: { key: '0:0', line: 5 } });
  });

  it('that nobody said is said by nobody that is known; who is named for it is told', () => {
    const reading = thread(TEA, 'Ada Example wrote:\n> Milk goes in first, as everybody knows.\n\nNo.');
    expect(trace(reading, 1, 'Milk')).toEqual({ found: false, speaker: 'Ada Example', quotedBy: [], candidates: [] });
  });

  it('may end with a line that lost its mark', () => {
    const reading = thread(TEA, '> A pot that is cold cools the\nwater which we pour.\n> \n> Thanks,\n\nYes.');
    expect(trace(reading, 1, 'A pot').origin?.line).toBe(5);
  });
});

it('traces a deep thread, a wide one, and one that goes round, in time that grows with the mails', () => {
  const deep = readText(
    Array.from({ length: 1000 }, (_, at) => {
      const quote = at === 0 ? '' : `> The answer number ${at - 1} is long enough.\n\n`;
      return `From x Mon Jan  1 00:00:00 2024\nFrom: A${at} <a@example.org>\nSubject: s\nMessage-ID: <${at}@e.org>\nIn-Reply-To: <${at === 0 ? 999 : at - 1}@e.org>\n\n${quote}The answer number ${at} is long enough.\n`;
    }).join('\n'),
  );
  expect(trace(deep, 999, '> The answer').origin).toEqual({ key: '0:998', line: 3 });
  const same = '> the same words are here again and again and again\n'.repeat(5_000);
  const wide = thread(same.replaceAll('> ', ''), same);
  expect(trace(wide, 1, '> the same').candidates.length).toBeLessThanOrEqual(16);
});
