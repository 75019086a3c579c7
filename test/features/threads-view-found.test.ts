import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type FoundMail, foundThreads, ReadingMarks, rowsUnder, threadLabel, threadRows } from '#features';

function found(messageId: string, subject: string, more: Partial<FoundMail> = {}): FoundMail {
  return {
    messageId: `${messageId}@example.org`,
    subject,
    author: 'Ada Ament <ada@example.org>',
    date: Date.UTC(2024, 0, 8),
    ...more,
  };
}

/** Titles of threads with the ids of their messages, as they stand in the view. */
function shown(mails: readonly FoundMail[]): string[] {
  const { threads, messages } = foundThreads(mails);
  return threadRows(threads, undefined).flatMap((row) => {
    if (row.kind !== 'thread') return [];
    const ids = [...(threads.members[row.thread] ?? [])].map((at) => messages[at]?.messageId.split('@')[0]);
    return [`${threadLabel(threads, row.thread, new ReadingMarks(), undefined).title}: ${ids.join(' ')}`];
  });
}

describe('what a search found', () => {
  test('stands in threads, also where the message that all answer was not found', () => {
    const references = ['root@example.org'];
    expect(
      shown([
        found('a', 'Re: valve: close it', { references }),
        found('b', 'Re: valve: close it', { references, date: Date.UTC(2024, 0, 9) }),
        found('kettle', 'kettle: boil', { date: Date.UTC(2024, 0, 10) }),
        found('c', 'Re: valve: open it?', { parentId: 'b@example.org' }),
      ]),
    ).toEqual(['kettle: boil: kettle', 'valve: close it: a b c']);
  });

  test('has the patches of a series by their numbers, though the engine names no parents', () => {
    const { threads } = foundThreads([
      found('two', '[PATCH v2 2/2] pot: Pour'),
      found('cover', '[PATCH v2 0/2] Tea'),
      found('one', '[PATCH v2 1/2] pot: Warm'),
    ]);
    const [row] = threadRows(threads, undefined);
    const below = row ? rowsUnder(threads, row, undefined) : [];
    expect(below.map((node) => (node.kind === 'message' ? threads.head(node.message).clean : node.kind))).toEqual([
      'Tea',
      'pot: Warm',
      'pot: Pour',
    ]);
  });

  test('is there once, where it lies in several files', () => {
    expect(shown([found('a', 'Tea'), found('a', 'Tea'), found('b', 'Pot')])).toHaveLength(2);
  });

  test('is a thread by itself without an id', () => {
    expect(
      shown([
        { ...found('', 'Tea'), messageId: '' },
        { ...found('', 'Pot'), messageId: '' },
      ]),
    ).toHaveLength(2);
  });

  test('is all there, whatever engines answer', () => {
    const id = fc.constantFrom('', 'a', 'b', 'c d', '<e>', 'f@');
    const mail = fc.record({
      messageId: id,
      subject: fc.constantFrom('', 'Re: valves and taps', '[PATCH 1/2] tea', '\n[PATCH'),
      author: fc.constantFrom('', 'Ada', '<<'),
      parentId: id,
      references: fc.array(id, { maxLength: 3 }),
      date: fc.constantFrom(0, -1, 1e12),
    });
    fc.assert(
      fc.property(fc.array(mail, { maxLength: 12 }), (mails) => {
        const { threads, messages } = foundThreads(mails);
        const ids = new Set(mails.map(({ messageId }) => messageId));
        expect(new Set(messages.map(({ messageId }) => messageId))).toEqual(ids);
        const all = threads.members.flatMap((members) => [...members]).sort((a, b) => a - b);
        expect(all).toEqual([...messages.keys()]);
      }),
      { seed: 11, numRuns: 150 },
    );
  });
});
