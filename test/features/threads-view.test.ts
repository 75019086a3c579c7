import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { unitsOfBytes } from '#cut';
import {
  hasRowsUnder,
  type MailboxThreads,
  markedMessage,
  messageLabel,
  ReadingMarks,
  readingOrder,
  readText,
  rowsUnder,
  ThreadFilter,
  type ThreadsNode,
  threadIdentity,
  threadLabel,
  threadRows,
  threadsInSlices,
  trailerCounts,
  unreadIn,
  versionsElsewhere,
} from '#features';

interface Written {
  id: string;
  subject: string;
  from?: string;
  answers?: string;
  /** Minutes behind the first one. */
  at: number;
}

function mailbox(mails: readonly Written[]): MailboxThreads {
  const text = mails.map(({ id, subject, from = 'Ada Ament <ada@example.org>', answers, at }) => {
    const date = new Date(Date.UTC(2024, 0, 8, 10, at)).toUTCString().replace('GMT', '+0000');
    const answer = answers === undefined ? '' : `In-Reply-To: <${answers}@example.org>\n`;
    return `From x@example.org Mon Jan  8 10:00:00 2024\nFrom: ${from}\nSubject: ${subject}\nDate: ${date}\nMessage-ID: <${id}@example.org>\n${answer}\nWords.\n\n`;
  });
  return threadsOf(text.join(''));
}

function threadsOf(text: string): MailboxThreads {
  const steps = threadsInSlices(unitsOfBytes(new TextEncoder().encode(text)), 1000);
  for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value;
}

const series: readonly Written[] = [
  { id: 'cover', subject: '[PATCH v12 0/2] TDX host kernel support', from: 'Kai Example <kai@example.org>', at: 0 },
  { id: 'two', subject: '[PATCH v12 2/2] x86/virt/tdx: Add a lock', answers: 'cover', at: 1 },
  { id: 'one', subject: '[PATCH v12 1/2] x86/virt/tdx: Add skeleton', answers: 'cover', at: 1 },
  {
    id: 'why',
    subject: 'Re: [PATCH v12 1/2] x86/virt/tdx: Add skeleton',
    from: 'Bo <bo@example.org>',
    answers: 'one',
    at: 9,
  },
  { id: 'that', subject: 'Re: [PATCH v12 1/2] x86/virt/tdx: Add skeleton', answers: 'why', at: 12 },
  { id: 'alone', subject: '=?utf-8?q?Gr=C3=BC=C3=9Fe?=', from: 'Cy <cy@example.org>', at: 5 },
];

/** The tree as indented lines. */
function drawn(box: MailboxThreads, nodes: readonly ThreadsNode[], marks = new ReadingMarks(), indent = ''): string[] {
  return nodes.flatMap((node) => {
    const below = hasRowsUnder(box, node, undefined) ? rowsUnder(box, node, undefined) : [];
    return [`${indent}${said(box, node, marks)}`, ...drawn(box, below, marks, `${indent}  `)];
  });
}

function said(box: MailboxThreads, node: ThreadsNode, marks: ReadingMarks): string {
  if (node.kind === 'thread') {
    const { title, version, patches, mails } = threadLabel(box, node.thread, marks, undefined);
    return [
      title,
      ...(version ? [`v${version}`] : []),
      ...(patches ? [`${patches} patches`] : []),
      `${mails} mails`,
    ].join(' | ');
  }
  if (node.kind === 'series') return `v${node.version}`;
  if (node.kind === 'range') return `from ${node.first}`;
  if (node.kind === 'missing') return `${node.missing.parts.join()} of ${node.missing.total} missing`;
  if (node.kind === 'version' || node.kind === 'linked') return 'elsewhere';
  const { part, title, author } = messageLabel(box, node.message, marks, node.inSeries);
  return `${part ?? '-'} ${title || author}`;
}

describe('the tree of threads', () => {
  test('has the latest thread first, the patches of a series by their numbers, replies under what they answer', () => {
    const box = mailbox(series);
    expect(drawn(box, threadRows(box, undefined))).toEqual([
      'TDX host kernel support | v12 | 2 patches | 5 mails',
      '  0 TDX host kernel support',
      '  1 Add skeleton',
      '    - Bo',
      '      - Ada Ament',
      '  2 Add a lock',
      'Gr\u00fc\u00dfe | 1 mails',
    ]);
  });

  test('has a row for each version that one thread holds', () => {
    const versions = [1, 2].flatMap((version): Written[] => [
      {
        id: `${version}-0`,
        subject: `[PATCH v${version} 0/1] Tea`,
        at: version * 10,
        ...(version > 1 ? { answers: '1-0' } : {}),
      },
      {
        id: `${version}-1`,
        subject: `[PATCH v${version} 1/1] pot: Warm`,
        answers: `${version}-0`,
        at: version * 10 + 1,
      },
    ]);
    const box = mailbox(versions);
    expect(drawn(box, threadRows(box, undefined))).toEqual([
      'Tea | v1 | 1 patches | 4 mails',
      '  v1',
      '    0 Tea',
      '    1 Warm',
      '  v2',
      '    0 Tea',
      '    1 Warm',
    ]);
  });

  test('says which parts of a series are missing', () => {
    const rows = [0, 2, 4].map((part): Written => {
      return { id: `p${part}`, subject: `[PATCH ${part}/4] Tea`, at: part, ...(part > 0 ? { answers: 'p0' } : {}) };
    });
    const box = mailbox(rows);
    expect(drawn(box, threadRows(box, undefined))).toEqual([
      'Tea | v1 | 4 patches | 3 mails',
      '  0 Tea',
      '  2 Tea',
      '  4 Tea',
      '  1,3 of 4 missing',
    ]);
  });

  test('shows 200 rows at once and every other one behind a row', () => {
    const box = mailbox(Array.from({ length: 450 }, (_, at) => ({ id: `m${at}`, subject: `Mail ${at}`, at })));
    const rows = threadRows(box, undefined);
    expect(rows).toHaveLength(202);
    const threads = rows.flatMap((row) => (row.kind === 'range' ? rowsUnder(box, row, undefined) : [row]));
    expect(threads.map((row) => (row.kind === 'thread' ? row.thread : -1))).toEqual(
      Array.from({ length: 450 }, (_, at) => 449 - at),
    );
  });

  test('shows each message once, however threads are nested', () => {
    const shape = fc.array(fc.record({ parent: fc.nat(30), patch: fc.boolean(), at: fc.nat(50) }), {
      minLength: 1,
      maxLength: 30,
    });
    fc.assert(
      fc.property(shape, (mails) => {
        const box = mailbox(
          mails.map(({ parent, patch, at }, index): Written => {
            const subject = patch ? `[PATCH ${index % 3}/3] Part ${index}` : 'Re: words';
            return { id: `p${index}`, subject, at, ...(parent < index ? { answers: `p${parent}` } : {}) };
          }),
        );
        const shown: number[] = [];
        const walk = (nodes: readonly ThreadsNode[]): void => {
          for (const node of nodes) {
            if (node.kind === 'message') shown.push(node.message);
            const single = node.kind === 'thread' && box.members[node.thread]?.length === 1;
            if (single) shown.push(box.members[node.thread]?.[0] ?? -1);
            const below = rowsUnder(box, node, undefined);
            if (!single && node.kind !== 'thread') expect(hasRowsUnder(box, node, undefined)).toBe(below.length > 0);
            if (!single) walk(below);
          }
        };
        walk(threadRows(box, undefined));
        expect(shown.sort((a, b) => a - b)).toEqual(mails.map((_, index) => index));
      }),
      { seed: 12, numRuns: 200 },
    );
  });

  test('shows a chain of 3000 replies without running out of stack', () => {
    const chain = Array.from({ length: 3000 }, (_, at): Written => {
      return { id: `c${at}`, subject: 'Re: tea', at, ...(at > 0 ? { answers: `c${at - 1}` } : {}) };
    });
    const box = mailbox(chain);
    expect(readingOrder(box, 0)).toEqual(chain.map((_, at) => at));
    let [node] = rowsUnder(box, { kind: 'thread', thread: 0 }, undefined);
    let depth = 0;
    for (; node && hasRowsUnder(box, node, undefined); depth++) [node] = rowsUnder(box, node, undefined);
    expect(depth).toBe(8);
  });

  test('takes bytes that are no mailbox', () => {
    expect(threadRows(threadsOf(''), undefined)).toEqual([]);
    expect(threadRows(threadsOf('Subject: one\n\nwords\n'), undefined)).toHaveLength(1);
  });
});

describe('the filter', () => {
  const find = (filter: ThreadFilter, text: string) => {
    const steps = filter.search(text);
    for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value;
  };

  test('finds messages by words of subject and author, and their threads', () => {
    const box = mailbox(series);
    const found = find(new ThreadFilter(box), 'SKELETON bo');
    expect(found.messages).toBe(1);
    const [thread] = threadRows(box, found);
    expect(thread && rowsUnder(box, thread, found).map((row) => row.kind === 'message' && row.message)).toEqual([3]);
    expect(threadLabel(box, 0, new ReadingMarks(), found).found).toBe(1);
  });

  test('gives what it found so far, the latest threads first, and the same at the end when it was prepared', () => {
    const box = mailbox(Array.from({ length: 900 }, (_, at) => ({ id: `m${at}`, subject: `Mail ${at % 3}`, at })));
    const filter = new ThreadFilter(box);
    const steps = filter.search('mail 1');
    const first = steps.next();
    if (first.done) throw new Error('It was done at once.');
    const { threads, messages } = first.value.soFar();
    expect(messages).toBe(threads.length);
    expect(threads[0]).toBe(898);
    expect(messages).toBeLessThan(300);
    for (const _ of filter.prepare()) break;
    const found = find(filter, 'mail 1');
    expect([...(found?.threads ?? [])]).toEqual(Array.from({ length: 300 }, (_, at) => 898 - 3 * at));
    expect(found?.messages).toBe(300);
  });

  test('finds the same letter by letter as at once', () => {
    const box = mailbox(series);
    fc.assert(
      fc.property(
        fc.constantFrom('skeleton', 'tdx lock', 'gr\u00fc\u00dfe', 'bo', 'kai host', 'none of it'),
        (text) => {
          const typed = new ThreadFilter(box);
          for (let length = 1; length < text.length; length++) find(typed, text.slice(0, length));
          expect([...find(typed, text).found]).toEqual([...find(new ThreadFilter(box), text).found]);
          expect([...find(typed, '').found]).toEqual(series.map(() => 1));
        },
      ),
      { seed: 3, numRuns: 30 },
    );
  });
});

describe('reading marks', () => {
  test('count what is not read, and are kept', () => {
    const box = mailbox(series);
    const marks = new ReadingMarks();
    marks.mark(markedMessage(box, 3), true);
    expect(unreadIn(box, 0, marks)).toEqual({ unread: 4, fresh: 0 });
    marks.markThread(threadIdentity(box, 0), box.last[0] ?? 0);
    marks.mark(markedMessage(box, 1), false);
    const kept = new ReadingMarks(JSON.parse(JSON.stringify(marks.keep())));
    expect(unreadIn(box, 0, kept)).toEqual({ unread: 1, fresh: 0 });
    expect(messageLabel(box, 1, kept, true).isRead).toBe(false);
    expect(unreadIn(box, 1, kept)).toEqual({ unread: 1, fresh: 0 });
  });

  test('tell what is new in a thread that grew since it was looked at', () => {
    const before = mailbox(series.slice(0, 4));
    const marks = new ReadingMarks();
    marks.look(threadIdentity(before, 0), before.last[0] ?? 0);
    const after = mailbox(series);
    const next = new ReadingMarks(marks.keep());
    expect(unreadIn(after, 0, next)).toEqual({ unread: 5, fresh: 1 });
    expect(messageLabel(after, 4, next, false).isNew).toBe(true);
    next.look(threadIdentity(after, 0), after.last[0] ?? 0);
    expect(unreadIn(after, 0, next).fresh).toBe(1);
    expect(unreadIn(after, 0, new ReadingMarks(next.keep())).fresh).toBe(0);
  });

  test('stay bounded, and forget the threads first that nobody looked at for long', () => {
    const marks = new ReadingMarks();
    for (let thread = 0; thread < 4000; thread++)
      for (let message = 0; message < 30; message++) marks.mark({ thread, message, time: 5 }, true);
    const kept = new ReadingMarks(marks.keep());
    expect(JSON.stringify(marks.keep()).length).toBeLessThan(1_000_000);
    expect(kept.isRead({ thread: 3999, message: 29, time: 5 })).toBe(true);
    expect(kept.knows(0)).toBe(false);
  });

  test.each([
    undefined,
    null,
    3,
    {},
    { version: 1 },
    { version: 2, threads: [] },
    { version: 1, threads: [[1], 'x', [1, 2, 3, [], ['a']]] },
  ])('take what somebody else kept for nothing: %j', (kept) => {
    expect(new ReadingMarks(kept).keep().threads).toEqual([]);
  });
});

describe('versions in other threads', () => {
  const found = (box: MailboxThreads) => {
    const steps = versionsElsewhere(box);
    for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value;
  };

  test('are known by who posted them and their subject', () => {
    const box = mailbox([
      { id: 'b', subject: '[PATCH v2 0/1] Tea in the pot', at: 50 },
      { id: 'b1', subject: '[PATCH v2 1/1] pot: Warm it', answers: 'b', at: 51 },
      { id: 'a', subject: '[RFC PATCH 0/1] tea in  the pot', at: 5 },
      { id: 'other', subject: '[PATCH 0/1] Tea in the pot', from: 'Bo <bo@example.org>', at: 70 },
      { id: 're', subject: 'Re: [PATCH 0/1] Tea in the pot', at: 3 },
    ]);
    const ids = (threads: readonly number[] = []) =>
      threads.map((thread) => box.source.header(box.roots[thread] ?? 0, ['message-id']).get('message-id'));
    const versions = found(box);
    expect([...versions.keys()].sort()).toEqual([box.threadOf[0], box.threadOf[2]].sort());
    expect(ids(versions.get(box.threadOf[0] ?? -1))).toEqual(['<a@example.org>', '<b@example.org>']);
  });

  test('are found by the ids of their messages', () => {
    const box = mailbox(series);
    expect(box.messageOf('that@example.org')).toBe(4);
    expect(box.messageOf('none@example.org')).toBe(-1);
    expect(box.messageOf('')).toBe(-1);
  });
});

describe('trailers on rows', () => {
  const counts = (mails: readonly string[]) => {
    const reading = readText(mails.join('\n'));
    return trailerCounts(
      mails.flatMap((_, message) => {
        const page = reading.page(message);
        return page ? [{ message, page }] : [];
      }),
    );
  };
  const mail = (id: string, from: string, subject: string, body: string, answers?: string) =>
    `From x@example.org Mon Jan  8 10:00:00 2024\nFrom: ${from} <${from.toLowerCase()}@example.org>\nSubject: ${subject}\nMessage-ID: <${id}@example.org>\n${answers ? `In-Reply-To: <${answers}@example.org>\n` : ''}\n${body}\n`;
  const diff = '---\n a | 1 +\n\ndiff --git a/a b/a\n--- a/a\n+++ b/a\n@@ -1 +1,2 @@\n a\n+b\n';

  test('count what patches have and what answers give, for the patches that they mean', () => {
    const all = [
      mail('0', 'Ada', '[PATCH 0/2] Tea', 'Words.'),
      mail('1', 'Ada', '[PATCH 1/2] pot: Warm it', `Acked-by: Cy <cy@example.org>\n${diff}`, '0'),
      mail('2', 'Ada', '[PATCH 2/2] pot: Pour', diff, '0'),
      mail('r', 'Bo', 'Re: [PATCH 1/2] pot: Warm it', '> Words.\n\nReviewed-by: Bo <bo@example.org>\n', '1'),
      mail('t', 'Cy', 'Re: [PATCH 0/2] Tea', 'Tested-by: Cy <cy@example.org>\n', '0'),
      mail('x', 'Dan', 'Re: [PATCH 2/2] pot: Pour', 'Reviewed-by: Bo <bo@example.org>\n', '2'),
    ];
    expect([...counts(all)]).toEqual([
      [1, { reviewed: 1, acked: 1, tested: 1 }],
      [2, { reviewed: 0, acked: 0, tested: 1 }],
    ]);
  });

  test('are not counted where there are none', () => {
    expect(counts([mail('0', 'Ada', '[PATCH] Tea', diff)]).size).toBe(0);
  });
});
