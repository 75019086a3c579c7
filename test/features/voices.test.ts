import { describe, expect, it } from 'vitest';
import { keyOf, type MessageAnswer, messageAnswer, readText, ThreadTraces, threadsAnswer } from '#features';

const TEA = `The kettle stands on the stove and sings.
It is full of water that nobody has warmed yet.

A pot that is cold cools the water which we pour.`;

/** The answer of Cleo to a mail of Ada, in which Ben may be quoted too. */
function reply(...body: string[]): MessageAnswer {
  const mails = [
    ['Ada Example', TEA],
    ['Ben Muster', 'Milk goes in first, as everybody in this house knows.'],
    ['Cleo Modelo', body.join('\n')],
  ];
  const text = mails.map(
    ([from, words], at) =>
      `From x Mon Jan  1 00:00:00 2024\nFrom: ${from} <x${at}@example.org>\nSubject: tea\nMessage-ID: <${at}@example.org>\n${at === 0 ? '' : 'References: <0@example.org>\n'}\n${words}\n`,
  );
  const reading = readText(text.join('\n'));
  const threads = threadsAnswer([reading]);
  const known = new ThreadTraces(threads, [reading]).next(keyOf(0, 2));
  const page = reading.page(2);
  if (!page) throw new Error('There is no third mail');
  return messageAnswer(page, reading.mailbox.source, keyOf(0, 2), threads.parents.get(keyOf(0, 2)), known);
}

/** `1-2 Ada Example (header)` */
function told({ voices }: MessageAnswer): string[] {
  return voices.map(({ firstLine, lastLine, speaker, by }) => `${firstLine}-${lastLine} ${speaker ?? '?'} (${by})`);
}

describe('who says a line', () => {
  it('is told of every line: by the header, an attribution, or the mail in which it was found; or nobody knows', () => {
    const answer = reply(
      'Ada Example wrote:',
      '> A pot that is cold cools the water which we pour.',
      '',
      'Yes.',
      '',
      '>> Milk goes in first, as everybody in this house knows.',
      '',
      'No.',
      '',
      '>>> Nobody has ever heard of these words before.',
    );
    expect(told(answer)).toEqual([
      '1-1 Cleo Modelo (header)',
      '2-2 Ada Example (attribution)',
      '3-5 Cleo Modelo (header)',
      '6-6 Ben Muster (provenance)',
      '7-9 Cleo Modelo (header)',
      '10-10 ? (unknown)',
      '11-11 Cleo Modelo (header)',
    ]);
    expect(answer.voices.at(-1)?.lastLine).toBe(answer.lines.length);
  });

  it('is set right where an attribution names somebody else, also for what stands below an answer', () => {
    const answer = reply(
      'Ben Muster wrote:',
      '> A pot that is cold cools the water which we pour.',
      '',
      'Yes.',
      '',
      '> sings.',
    );
    expect(told(answer)[1]).toBe('2-2 Ada Example (provenance)');
    expect(told(answer)[3]).toBe('6-6 Ada Example (provenance)');
    expect(answer.voices[1]?.attributed).toBe('Ben Muster');
    expect(answer.quotes[0]).toMatchObject({
      speaker: 'Ada Example',
      speakerBy: 'provenance',
      attributed: 'Ben Muster',
      from: { key: '0:0', line: 4 },
    });
  });

  it.each(['Example, Ada', 'Ada M. Example', 'ada.example@example.org', 'Ada Example via tea-list', 'Ad? Example'])(
    'is left as %s, which may be the same name',
    (name) => {
      const answer = reply(
        `On Mon, 1 Jan 2024 at 10:00, ${name} wrote:`,
        '> A pot that is cold cools the water which we pour.',
      );
      expect(answer.voices[1]).toMatchObject({ firstLine: 2, lastLine: 2, depth: 1 });
      expect(answer.voices[1]?.attributed).toBeUndefined();
    },
  );

  it("is left as it is named where most of the words are nobody else's", () => {
    const answer = reply(
      'Dan Voorbeeld wrote:',
      '> Whoever looks into the kitchen on a Sunday sees this:',
      '> A pot that is cold cools the water which we pour.',
    );
    expect(told(answer)[1]).toBe('2-3 Dan Voorbeeld (attribution)');
  });
});
