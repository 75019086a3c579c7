import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ThreadMember, threadsOf } from '#archive';

function member(
  key: string,
  messageId: string | undefined,
  references: string[] = [],
  inReplyTo: string[] = [],
): ThreadMember {
  return { key, ...(messageId === undefined ? {} : { messageId }), references, inReplyTo };
}

describe('who answers whom', () => {
  test('the last reference is the parent; In-Reply-To stands in for references that lead nowhere', () => {
    const { parents } = threadsOf([
      member('0', 'a'),
      member('1', 'b', ['a'], ['a']),
      member('2', 'c', ['a', 'b']),
      member('3', 'd', [], ['c']),
      member('4', 'e', ['a', 'lost'], ['d']),
    ]);
    expect([...parents]).toEqual([
      ['1', { key: '0', messageId: 'a', by: 'references' }],
      ['2', { key: '1', messageId: 'b', by: 'references' }],
      ['3', { key: '2', messageId: 'c', by: 'in-reply-to' }],
      ['4', { key: '3', messageId: 'd', by: 'in-reply-to' }],
    ]);
  });

  test('where the parent is missing the nearest message above it is taken; where all are, the parent keeps its id alone', () => {
    const { parents } = threadsOf([member('0', 'a'), member('1', 'c', ['a', 'b']), member('2', 'x', ['y'])]);
    expect(parents.get('1')).toEqual({ key: '0', messageId: 'a', by: 'references' });
    expect(parents.get('2')).toEqual({ messageId: 'y', by: 'references' });
  });

  test('answers to a message that is missing are one thread, and their root is the first of them', () => {
    const { threads } = threadsOf([member('0', 'x'), member('1', 'b', ['a']), member('2', 'c', ['a'])]);
    expect(threads).toEqual([
      { root: '0', messages: ['0'] },
      { root: '1', messages: ['1', '2'] },
    ]);
  });

  test('messages without ids are threads of their own; of several with one id the first is meant', () => {
    const { parents, threads } = threadsOf([
      member('0', undefined),
      member('1', 'a'),
      member('2', 'a'),
      member('3', 'b', ['a']),
    ]);
    expect(parents.get('3')?.key).toBe('1');
    expect(threads).toEqual([
      { root: '0', messages: ['0'] },
      { root: '1', messages: ['1', '2', '3'] },
    ]);
  });

  test('a message that names itself, or a circle of messages, comes to an end', () => {
    const { parents, threads } = threadsOf([member('0', 'a', ['a']), member('1', 'b', ['c']), member('2', 'c', ['b'])]);
    expect(parents.has('0')).toBe(false);
    expect(threads).toHaveLength(2);
    expect(threads[1]?.messages).toEqual(['1', '2']);
    expect([parents.get('1')?.key, parents.get('2')?.key].filter((key) => key !== undefined)).toHaveLength(1);
  });
});

test('in any headers every message is in one thread, which has a root, and no way up goes round', () => {
  const id = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g');
  const headers = fc.record({
    id: fc.option(id),
    references: fc.array(id, { maxLength: 4 }),
    inReplyTo: fc.array(id, { maxLength: 2 }),
  });
  fc.assert(
    fc.property(fc.array(headers, { maxLength: 12 }), (given) => {
      const members = given.map((one, index) =>
        member(String(index), one.id ?? undefined, one.references, one.inReplyTo),
      );
      const { parents, threads } = threadsOf(members);
      expect(threads.flatMap(({ messages }) => messages).sort()).toEqual(members.map(({ key }) => key).sort());
      for (const { root, messages } of threads) {
        expect(messages).toContain(root);
        expect(parents.get(root)?.key).toBeUndefined();
      }
      for (const { key } of members) {
        let steps = 0;
        for (let at: string | undefined = key; at !== undefined; at = parents.get(at)?.key)
          expect(++steps).toBeLessThan(20);
      }
    }),
    { seed: 20240304, numRuns: 2000 },
  );
});

test('100,000 messages in one long chain are threaded at once', () => {
  const chain = Array.from({ length: 100_000 }, (_, index) =>
    member(String(index), `id${index}`, index === 0 ? [] : [`id${index - 1}`]),
  );
  const { threads } = threadsOf(chain.reverse());
  expect(threads).toHaveLength(1);
  expect(threads[0]?.root).toBe('0');
});

const FILE = '../shared/corpus/threads/expected.json';
const present = existsSync(FILE);
if (!present && process.env.CI !== undefined) throw new Error(`${FILE} must be there when CI is set`);
if (!present) console.log(`threads skipped: no ${FILE} beside the repository`);

test.skipIf(!present)('the parents of 605 real list messages are the true ones', () => {
  interface Expected {
    file: string;
    messages: { id: string; irt: string[]; refs: string[]; truth_parent: string | null }[];
  }
  const all: Expected[] = JSON.parse(readFileSync(FILE, 'utf8'));
  const wrong: string[] = [];
  let count = 0;
  for (const { file, messages } of all) {
    const { parents, threads } = threadsOf(messages.map(({ id, irt, refs }) => member(id, id, refs, irt)));
    for (const { id, truth_parent } of messages) {
      count++;
      const found = parents.get(id)?.key ?? null;
      if (found !== truth_parent) wrong.push(`${file} ${id}: ${found}, not ${truth_parent}`);
    }
    if (threads.length !== 1) wrong.push(`${file}: ${threads.length} threads`);
  }
  expect(wrong).toEqual([]);
  expect(count).toBeGreaterThan(500);
});
