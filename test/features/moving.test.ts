import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { levelsAt, nextStop, readText, type StopKind } from '#features';

const thread = [
  'From ada@example.org Mon Mar  4 08:12:40 2024',
  'From: Ada Lindqvist <ada@example.org>',
  'Subject: [PATCH v2 1/2] tea: warm the pot',
  'Message-ID: <1@example.org>',
  '',
  'The pot is cold.',
  '',
  'It stays so.',
  '',
  'Signed-off-by: Ada Lindqvist <ada@example.org>',
  '---',
  'diff --git a/tea.c b/tea.c',
  '--- a/tea.c',
  '+++ b/tea.c',
  '@@ -1,2 +1,3 @@ static void boil(void)',
  ' fill();',
  '+heat();',
  ' wait();',
  '-- ',
  '2.43.0',
  '',
  'From ben@example.org Mon Mar  4 15:40:03 2024',
  'From: Ben Okafor <ben@example.org>',
  'Subject: Re: [PATCH v2 1/2] tea: warm the pot',
  'In-Reply-To: <1@example.org>',
  '',
  'On Mon, Mar 4, 2024, Ada Lindqvist wrote:',
  '> On Sun, Mar 3, 2024, Chiara Moretti wrote:',
  '> > Why is it?',
  '> Because.',
  '',
  'Fine by me.',
  '',
  '> The pot is cold.',
  '',
  'Warm it.',
  '',
].join('\n');

function stop(offset: number, kind: StopKind, step: 1 | -1, text = thread): string | undefined {
  const steps = nextStop(readText(text), offset, kind, step);
  for (let last = steps.next(); ; last = steps.next()) {
    if (!last.done) continue;
    return last.value && text.slice(last.value.start).split('\n')[0];
  }
}

describe('a reader goes', () => {
  test('from message to message, and back first to where this one begins', () => {
    expect(stop(0, 'message', 1)).toMatch(/^From ben/);
    expect(stop(thread.indexOf('Fine'), 'message', 1)).toBeUndefined();
    expect(stop(thread.indexOf('Fine'), 'message', -1)).toMatch(/^From ben/);
    expect(stop(thread.indexOf('From ben'), 'message', -1)).toMatch(/^From ada/);
    expect(stop(0, 'message', -1)).toBeUndefined();
  });

  test('to patches, over what answers them', () => {
    expect(stop(thread.length - 1, 'patch', -1)).toMatch(/^From ada/);
    expect(stop(0, 'patch', 1)).toBeUndefined();
  });

  test('to what is new, over quotes, diffs, trailers and signatures', () => {
    const found: (string | undefined)[] = [];
    for (let at = 0; at !== -1; ) {
      const line = stop(at, 'newText', 1);
      found.push(line);
      at = line === undefined ? -1 : thread.indexOf(`\n${line}`, at) + 1;
    }
    expect(found).toEqual(['The pot is cold.', 'Fine by me.', 'Warm it.', undefined]);
    expect(stop(thread.indexOf('Warm it'), 'newText', -1)).toBe('Fine by me.');
  });

  test('over what stands unmarked below the header lines of another mail', () => {
    const text = [
      'From: Ben Okafor <ben@example.org>',
      'Subject: Re: tea',
      '',
      'Agreed.',
      '',
      '-----Original Message-----',
      'From: Ada Lindqvist',
      'Sent: Monday, March 4, 2024',
      '',
      'The pot is cold.',
      '',
    ].join('\n');
    expect(stop(0, 'newText', 1, text)).toBe('Agreed.');
    expect(stop(text.indexOf('Agreed'), 'newText', 1, text)).toBeUndefined();
  });
});

describe('a selection grows', () => {
  const reading = readText(thread);
  const grown = (word: string) =>
    levelsAt(reading, thread.indexOf(word)).map(({ start, end }) => thread.slice(start, end));

  test('from the word to its line, the quote, the quote around it, and the message', () => {
    const levels = grown('Why is it');
    expect(levels[0]).toBe('Why');
    expect(levels).toContain('Why is it?');
    expect(levels).toContain('> > Why is it?');
    expect(levels).toContain('> On Sun, Mar 3, 2024, Chiara Moretti wrote:\n> > Why is it?\n> Because.');
    expect(levels.at(-1)).toMatch(/^From.*Warm it\.\s*$/s);
  });

  test('in a diff from the word to the line, the hunk, the file and the diff', () => {
    const levels = grown('heat()');
    expect(levels[0]).toBe('heat');
    expect(levels.some((level) => level.startsWith('@@') && level.endsWith('wait();'))).toBe(true);
    expect(levels.some((level) => level.startsWith('diff --git'))).toBe(true);
  });

  test('each level holds the one before it, wherever it begins', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: thread.length }), (offset) => {
        let inner = { start: offset, end: offset };
        for (const level of levelsAt(reading, offset)) {
          expect(level.start).toBeLessThanOrEqual(inner.start);
          expect(level.end).toBeGreaterThanOrEqual(inner.end);
          expect(level.end - level.start).toBeGreaterThan(inner.end - inner.start);
          inner = level;
        }
      }),
      { seed: 5, numRuns: 120 },
    );
  });
});
