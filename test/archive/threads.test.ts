import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Posting, type ThreadMember, threadsOf } from '#archive';

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

test('of several messages with one id the others lead to the first', () => {
  const { duplicates } = threadsOf([member('0', 'a'), member('1', 'a'), member('2', 'b', ['a']), member('3', 'a')]);
  expect([...duplicates]).toEqual([
    ['1', '0'],
    ['3', '0'],
  ]);
});

test('an id whose domain an archive has hidden is the one that it may be', () => {
  const parentsOf = (...ids: string[]): unknown[] => {
    const { parents } = threadsOf([
      ...ids.map((id, index) => member(String(index), id)),
      member('answer', 'b', [], ['20230703.1-ada@...mple.org']),
    ]);
    return [parents.get('answer')?.key];
  };
  expect(parentsOf('20230703.1-ada@example.org')).toEqual(['0']);
  expect(parentsOf('20230703.1-ada@example.com', '20230703.1-ada@mail.example.org')).toEqual(['1']);
  expect(parentsOf('20230703.1-ada@example.org', '20230703.1-ada@mail.example.org')).toEqual([undefined]);
  expect(parentsOf('20230703.2-ada@example.org')).toEqual([undefined]);
  // The other way round: the copy whose ids are masked is answered.
  const copy = member('copy', '20230703.1-ada@...mple.org');
  expect(threadsOf([copy, member('1', 'b', ['20230703.1-ada@example.org'])]).parents.get('1')).toEqual({
    key: 'copy',
    messageId: '20230703.1-ada@...mple.org',
    by: 'references',
  });
});

describe('the order in which a thread is read', () => {
  const at = (minute: number, part?: number): Posting => ({
    clean: 'warm the pot',
    reply: false,
    date: minute * 60_000,
    ...(part === undefined ? {} : { part, total: 2 }),
  });
  const orderOf = (...members: ThreadMember[]): unknown => threadsOf(members).threads.map(({ order }) => order);

  test('is by date, patches of one second by their number, whatever the order of the file', () => {
    expect(
      orderOf(
        { ...member('late', 'd', ['a']), posting: at(9) },
        { ...member('two', 'c', ['a']), posting: at(1, 2) },
        { ...member('one', 'b', ['a']), posting: at(1, 1) },
        { ...member('cover', 'a'), posting: at(1, 0) },
      ),
    ).toEqual([['cover', 'one', 'two', 'late']]);
  });

  test('has a cover letter before its patches where a clock was wrong, also one that answers', () => {
    expect(
      orderOf(
        { ...member('root', 'r'), posting: at(1) },
        { ...member('one', 'b', ['a']), posting: at(5, 1) },
        { ...member('cover', 'a', ['r']), posting: at(7, 0) },
        { ...member('between', 'x', ['r']), posting: at(6) },
      ),
    ).toEqual([['root', 'cover', 'one', 'between']]);
  });

  test('is not told where it is that of the file; a message without a date stands behind what it answers', () => {
    const [root, answer] = [
      { ...member('0', 'a'), posting: at(1) },
      { ...member('1', 'b', ['a']), posting: at(2) },
    ];
    expect(orderOf(root, answer, member('2', 'c', ['b']))).toEqual([undefined]);
    expect(orderOf(root, answer, { ...member('3', 'd', ['a']), posting: at(8) }, member('2', 'c', ['b']))).toEqual([
      ['0', '1', '2', '3'],
    ]);
  });
});

describe('the order in which a header names messages', () => {
  test('In-Reply-To is right where References names the same message in another place', () => {
    const { parents } = threadsOf([member('0', 'a'), member('1', 'b', ['a']), member('2', 'c', ['b', 'a'], ['b'])]);
    expect(parents.get('2')).toEqual({ key: '1', messageId: 'b', by: 'references' });
  });

  test('the last of References is right where In-Reply-To names a message that References does not know', () => {
    const { parents } = threadsOf([member('0', 'a'), member('1', 'b'), member('2', 'c', ['a'], ['b'])]);
    expect(parents.get('2')).toEqual({ key: '0', messageId: 'a', by: 'references' });
  });
});

describe('a message that names none finds its parent by its subject where that is beyond doubt', () => {
  const HOUR = 3_600_000;
  const posting = (clean: string, more: Partial<Posting> = {}): Posting => ({ clean, reply: false, ...more });
  const mail = (key: string, more: Posting, references: string[] = []): ThreadMember => ({
    ...member(key, key, references),
    posting: more,
  });
  const parentsOf = (...members: ThreadMember[]): (string | undefined)[] => {
    const { parents } = threadsOf(members);
    return members.map(({ key }) => parents.get(key)?.key);
  };
  const subject = 'warm the pot';

  test('an answer to the only message with that subject', () => {
    const { parents, threads } = threadsOf([
      mail('0', posting(subject)),
      mail('1', posting('Warm  the pot', { reply: true })),
    ]);
    expect(parents.get('1')).toEqual({ key: '0', messageId: '0', by: 'subject' });
    expect(threads).toEqual([{ root: '0', messages: ['0', '1'] }]);
  });

  test('also where that message is there twice', () => {
    const original = posting(subject, { sender: 'ada@example.org', date: 1 });
    const answer = posting(subject, { reply: true, date: 2 });
    expect(parentsOf(mail('0', original), mail('1', original), mail('2', answer))).toEqual([undefined, undefined, '0']);
  });

  test('also where that message answers another one', () => {
    expect(
      parentsOf(
        mail('0', posting('tea')),
        mail('1', posting(subject), ['0']),
        mail('2', posting(subject, { reply: true })),
      ),
    ).toEqual([undefined, '0', '1']);
  });

  test.each<[string, Posting[]]>([
    ['two messages have the subject', [posting(subject), posting(subject)]],
    ['the message is later', [posting(subject, { date: 9 * HOUR })]],
    ['the message is of another version', [posting(subject, { version: 2 })]],
    ['the subject is short', [posting('tea')]],
    ['nobody has it', [posting('cool the pot')]],
  ])('but not where %s', (_, originals) => {
    const clean = originals[0]?.clean === 'tea' ? 'tea' : subject;
    const answer = mail('answer', posting(clean, { reply: true, date: HOUR }));
    expect(parentsOf(...originals.map((one, index) => mail(String(index), one)), answer).at(-1)).toBeUndefined();
  });

  test('but not where it names a message, if only one that is missing', () => {
    expect(parentsOf(mail('0', posting(subject)), mail('1', posting(subject, { reply: true }), ['lost']))).toEqual([
      undefined,
      undefined,
    ]);
  });

  test('the patches of a series that nothing joins belong to its cover letter, or to its first patch', () => {
    const patch = (part: number, date: number, sender = 'ada@example.org'): Posting =>
      posting(`part ${part}`, { part, total: 2, version: 1, sender, date });
    expect(parentsOf(mail('0', patch(0, 0)), mail('1', patch(1, 1)), mail('2', patch(2, 2)))).toEqual([
      undefined,
      '0',
      '0',
    ]);
    expect(parentsOf(mail('2', patch(2, 1)), mail('1', patch(1, 0)))).toEqual(['1', undefined]);
    // The cover letter answers the version before; without it and the first patch, the others belong together still.
    expect(
      parentsOf(
        mail('v1', posting('v1')),
        mail('0', patch(0, 5), ['v1']),
        mail('1', patch(1, 6)),
        mail('2', patch(2, 7)),
      ),
    ).toEqual([undefined, 'v1', '0', '0']);
    const three = (part: number): Posting => ({ ...patch(part, part), total: 3 });
    expect(parentsOf(mail('3', three(3)), mail('2', three(2)))).toEqual(['2', undefined]);
    // Sent again without a word, or by somebody else, or a day later.
    expect(parentsOf(...[0, 1, 2, 0, 1, 2].map((part, index) => mail(String(index), patch(part, index))))).toEqual([
      undefined,
      '0',
      '0',
      undefined,
      '3',
      '3',
    ]);
    expect(parentsOf(mail('0', patch(0, 0)), mail('1', patch(1, 1, 'ben@example.org')))).toEqual([
      undefined,
      undefined,
    ]);
    expect(parentsOf(mail('0', patch(0, 0)), mail('1', patch(1, 30 * HOUR)))).toEqual([undefined, undefined]);
  });

  test('100,000 answers to one message are threaded at once', () => {
    const answers = Array.from({ length: 100_000 }, (_, index) => mail(`a${index}`, posting(subject, { reply: true })));
    expect(threadsOf([mail('0', posting(subject)), ...answers]).threads).toHaveLength(1);
  });
});

test('the root of a thread whose first message is missing is its earliest one', () => {
  const late = { ...member('0', 'b', ['a']), posting: { clean: 'tea', reply: true, date: 2 } };
  const early = { ...member('1', 'c', ['a']), posting: { clean: 'tea', reply: true, date: 1 } };
  expect(threadsOf([late, early]).threads).toEqual([{ root: '1', messages: ['0', '1'], order: ['1', '0'] }]);
});

test('in any headers every message is in one thread, which has a root, and no way up goes round', () => {
  const id = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g');
  const headers = fc.record({
    id: fc.option(id),
    references: fc.array(id, { maxLength: 4 }),
    inReplyTo: fc.array(id, { maxLength: 2 }),
    posting: fc.record({
      clean: fc.constantFrom('warm the pot', 'cool the pot'),
      reply: fc.boolean(),
      part: fc.option(fc.nat(2), { nil: 0 }),
      total: fc.constant(2),
      sender: fc.constant('ada@example.org'),
      date: fc.nat(5),
    }),
  });
  fc.assert(
    fc.property(fc.array(headers, { maxLength: 12 }), (given) => {
      const members = given.map((one, index) => ({
        ...member(String(index), one.id ?? undefined, one.references, one.inReplyTo),
        posting: one.posting,
      }));
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
