import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Network } from '#archive/fetch';
import {
  downloadFound,
  type FoundMessage,
  isFound,
  leiArguments,
  notmuchArguments,
  readLei,
  readNotmuch,
  readQuery,
  type Searchable,
  searchServer,
  threadsOfFound,
} from '#archive/search';
import { hasPublicInbox, installed, mailOf, type PublicInbox, servePublicInbox } from './public-inbox.ts';

const NOW = Date.UTC(2024, 0, 20);
const BO = { From: 'Bo Example <bo@example.org>' };
const diff = (file: string) =>
  `diff --git a/${file} b/${file}\n--- a/${file}\n+++ b/${file}\n@@ -1 +1 @@\n-open\n+closed\n`;

/** What a mail is made of, and what a search of mail at hand is told of it. */
interface Made {
  id: string;
  subject: string;
  more: Readonly<Record<string, string>>;
  body: string;
  files: string[];
}
const MADE: readonly Made[] = [
  {
    id: 'one@example.org',
    subject: '[PATCH 1/1] valve: close it',
    more: {},
    body: `Closes the lever.\n\n${diff('drivers/valve.c')}`,
    files: ['drivers/valve.c'],
  },
  {
    id: 'two@example.org',
    subject: 'Re: [PATCH 1/1] valve: close it',
    more: {
      ...BO,
      'In-Reply-To': '<one@example.org>',
      References: '<one@example.org>',
      Date: 'Tue, 09 Jan 2024 23:59:00 +0000',
    },
    body: 'The tap & the <lever> leak.\n',
    files: [],
  },
  {
    id: 'three/c@example.org',
    subject: '[PATCH] tap: "stop" & drip <slowly>',
    more: { Date: 'Mon, 15 Jan 2024 10:00:00 +0000' },
    body: `Drips.\n\n${diff('drivers/tap.c')}`,
    files: ['drivers/tap.c'],
  },
];
const MAILS = MADE.map(({ id, subject, more, body }) => mailOf(id, subject, more, body));
const HELD: readonly Searchable[] = MADE.map(({ id, subject, more, body, files }) => ({
  id,
  subject,
  author: more.From ?? 'Ada Example <ada@example.org>',
  date: Date.parse(more.Date ?? 'Mon, 08 Jan 2024 10:00:00 +0000'),
  lists: 'valves@lists.example.org',
  files: () => files,
  text: () => body,
}));

const [ONE, TWO, THREE] = MADE.map(({ id }) => id);

/** Queries, and whom they find: the same by each engine that knows the prefixes. */
const QUERIES: readonly [string, readonly (string | undefined)[]][] = [
  ['valve', [ONE, TWO]],
  ['s:tap', [THREE]],
  ['f:bo', [TWO]],
  ['s:valve f:ada', [ONE]],
  ['s:valve -f:bo', [ONE]],
  ['b:lever', [ONE, TWO]],
  ['"close it"', [ONE, TWO]],
  ['d:20240109..', [TWO, THREE]],
  ['d:20240108..20240110', [ONE, TWO]],
  ['d:..20240108', [ONE]],
  ['s:kettle', []],
];

const local = (text: string) => HELD.filter((message) => isFound(readQuery(text, NOW), message)).map(({ id }) => id);
const idsOf = (found: readonly FoundMessage[]) => found.map(({ messageId }) => messageId).sort();
const sorted = (ids: readonly (string | undefined)[]) => [...ids].map(String).sort();

describe('mail at hand', () => {
  test.each([
    ...QUERIES,
    ['dfn:valve.c', [ONE]],
    ['dfn:drivers/', [ONE, THREE]],
    ['l:valves@lists', [ONE, TWO, THREE]],
    ['m:two@example.org', [TWO]],
    ['d:2.weeks.ago..', [ONE, TWO, THREE]],
    ['d:2024-01-09', [TWO]],
    ['LEVER', [ONE, TWO]],
    ['', [ONE, TWO, THREE]],
  ] as typeof QUERIES)('is found by %s', (text, ids) => {
    expect(local(text).sort()).toEqual(sorted(ids));
  });

  test.each([
    ['d:yesterday-ish', 'd:yesterday-ish'],
    ['d:20240231', 'd:20240231'],
    ['d:..', 'd:..'],
    ['patchid:abc', 'patchid:abc'],
  ])('a term that means nothing is said: %s', (text, wrong) => {
    expect(readQuery(text, NOW)).toMatchObject({ terms: [], wrong: [wrong] });
  });

  test('a word with a colon is a word', () => {
    expect(readQuery('kvm:x86', NOW).terms).toMatchObject([{ field: 'any', value: 'kvm:x86' }]);
  });

  test('any text is a query', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => {
        const { terms } = readQuery(text, NOW);
        expect(HELD.filter((message) => isFound({ text, terms, wrong: [] }, message)).length).toBeLessThanOrEqual(3);
      }),
      { seed: 30, numRuns: 1000 },
    );
    expect(readQuery('"'.repeat(100_000), NOW).terms.length).toBeLessThan(100_000);
  });
});

const clock: Network['clock'] = {
  now: () => Date.now(),
  after(milliseconds, run) {
    const timer = setTimeout(run, milliseconds);
    return () => clearTimeout(timer);
  },
};
const asking = () => ({
  network: { fetch, clock, redirects: 'shown' as const, patience: { begin: 5000, all: 30_000 } },
  pace: {},
  signal: new AbortController().signal,
});

describe.skipIf(!hasPublicInbox)('the search of a public-inbox server', () => {
  let inbox: PublicInbox;
  beforeAll(async () => {
    inbox = await servePublicInbox(MAILS);
  });
  afterAll(() => inbox?.stop());

  const search = async (text: string): Promise<FoundMessage[]> => {
    const answer = await searchServer(inbox.server, text, asking());
    if ('failed' in answer) throw new Error(answer.failed);
    return answer.found;
  };

  test.each([...QUERIES, ['dfn:drivers/valve.c', [ONE]]] as typeof QUERIES)(
    'finds the same by %s',
    async (text, ids) => {
      expect(idsOf(await search(text))).toEqual(sorted(ids));
    },
  );

  test('says who wrote what and when, and what it answers', async () => {
    expect((await search('s:tap'))[0]).toEqual({
      messageId: THREE,
      subject: '[PATCH] tap: "stop" & drip <slowly>',
      author: 'Ada Example <ada@example.org>',
      date: Date.UTC(2024, 0, 15, 10),
      url: `${inbox.server}/three%2Fc@example.org/`,
    });
    expect((await search('f:bo'))[0]).toMatchObject({ messageId: TWO, parentId: ONE });
  });

  test('gives what it found as one mailbox', async () => {
    const got = await downloadFound(inbox.server, 's:valve', asking());
    const text = typeof got === 'object' && 'mail' in got ? new TextDecoder().decode(got.mail) : '';
    expect([...text.matchAll(/^Message-ID: <(.*)>$/gm)].map(([, id]) => id).sort()).toEqual(sorted([ONE, TWO]));
  });

  test('that is not there is said', async () => {
    const answer = await searchServer(`${inbox.server}-not`, 'valve', asking());
    expect(answer).toEqual({ failed: expect.stringContaining('does not have it (404)') });
  });
});

const hasNotmuch = installed('notmuch');

describe.skipIf(!hasNotmuch)('notmuch', () => {
  let home = '';
  const run = (...args: string[]) =>
    execFileSync('notmuch', args, {
      env: { ...process.env, HOME: home, NOTMUCH_CONFIG: join(home, 'config') },
      encoding: 'utf8',
    });
  beforeAll(() => {
    home = mkdtempSync(join(tmpdir(), 'patchgloss-notmuch-'));
    mkdirSync(join(home, 'mail/cur'), { recursive: true });
    writeFileSync(
      join(home, 'config'),
      `[database]\npath=${home}/mail\n[user]\nname=Ada\nprimary_email=ada@example.org\n[new]\ntags=\n`,
    );
    for (const [at, mail] of MAILS.entries()) writeFileSync(join(home, 'mail/cur', `${at}.eml`), mail);
    run('new', '--quiet');
  });
  afterAll(() => rmSync(home, { recursive: true, force: true }));

  test.each(QUERIES)('finds the same by %s', (text, ids) => {
    const { args, wrong } = notmuchArguments(readQuery(text, NOW));
    expect(wrong).toEqual([]);
    expect(idsOf(readNotmuch(run(...args)) ?? [])).toEqual(sorted(ids));
  });

  test('finds what its own command line finds, with the file it lies in', () => {
    const own = run('search', '--output=messages', '--format=text', 'subject:valve').trim().split('\n');
    const found = readNotmuch(run(...notmuchArguments(readQuery('s:valve', NOW)).args)) ?? [];
    expect(idsOf(found)).toEqual(own.map((line) => line.replace(/^id:/, '')).sort());
    expect(found.find(({ messageId }) => messageId === ONE)).toEqual({
      messageId: ONE,
      subject: '[PATCH 1/1] valve: close it',
      author: 'Ada Example <ada@example.org>',
      date: Date.UTC(2024, 0, 8, 10),
      file: join(home, 'mail/cur/0.eml'),
      index: 0,
    });
  });

  test('is not asked for the files of a diff, which it does not know', () => {
    expect(notmuchArguments(readQuery('dfn:valve.c s:valve', NOW)).wrong).toEqual(['dfn:valve.c']);
  });

  test('is never handed an option', () => {
    const { args } = notmuchArguments(readQuery('--config=/tmp/x -x "a\\" or *"', NOW));
    expect(args.slice(0, args.indexOf('--'))).toEqual(notmuchArguments(readQuery('', NOW)).args.slice(0, -2));
  });
});

describe.skipIf(!installed('lei'))('lei', () => {
  let home = '';
  const run = (...args: string[]) =>
    execFileSync('lei', args, {
      env: { PATH: process.env.PATH, HOME: home, XDG_RUNTIME_DIR: home },
      cwd: home,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  beforeAll(() => {
    home = mkdtempSync(join(tmpdir(), 'patchgloss-lei-'));
    for (const [at, mail] of MAILS.entries()) writeFileSync(join(home, `${at}.eml`), mail);
    run('import', '--in-format=eml', ...MAILS.map((_, at) => join(home, `${at}.eml`)));
  }, 60_000);
  afterAll(() => {
    run('daemon-kill');
    rmSync(home, { recursive: true, force: true, maxRetries: 20 });
  });

  test.each([
    ...QUERIES,
    ['dfn:drivers/valve.c', [ONE]],
    ['m:two@example.org', [TWO]],
    ['m:three/c@example.org', [THREE]],
    ['-f:bo', [ONE, THREE]],
    ['-d:..20240109', [THREE]],
    ['"tap: \'stop\'"', [THREE]],
    ['(valve OR', []],
  ])('finds the same by %s', (text, ids) => {
    const { args, wrong } = leiArguments(readQuery(text, NOW));
    expect(wrong).toEqual([]);
    expect(idsOf(readLei(run(...args)) ?? [])).toEqual(sorted(ids));
  });

  test('finds what its own command line finds, with what is said of each', () => {
    const found = readLei(run(...leiArguments(readQuery('s:valve', NOW)).args)) ?? [];
    const own = run('q', '--no-save', '--format=mboxrd', 's:valve').match(/(?<=^Message-ID: <)[^>]+/gim) ?? [];
    expect(idsOf(found)).toEqual([...own].sort());
    expect(found.find(({ messageId }) => messageId === TWO)).toEqual({
      messageId: TWO,
      subject: 'Re: [PATCH 1/1] valve: close it',
      author: 'Bo Example <bo@example.org>',
      date: Date.UTC(2024, 0, 9, 23, 59),
      parentId: ONE,
    });
  });
});

test('lei is never handed an option, nor what its search takes for its own signs', () => {
  const options = leiArguments(readQuery('', NOW)).args.slice(0, -1);
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('-', 's', ':', '"', '(', ' ', 'o', '*', 'NOT') }), (text) => {
      const { args } = leiArguments(readQuery(text, NOW));
      expect(args.slice(0, options.length)).toEqual(options);
      for (const word of args.slice(options.length)) expect(word).toMatch(/^(?:NOT|[a-z]*:?[^-"(*][^"(*]*)$/);
    }),
    { seed: 31, numRuns: 500 },
  );
});

test('what was found stands by thread, the newest first', () => {
  const at = (messageId: string, subject: string, date: number, parentId?: string): FoundMessage => ({
    messageId,
    subject,
    author: '',
    date,
    ...(parentId === undefined ? {} : { parentId }),
  });
  const threads = threadsOfFound([
    at('c', 'Re: Re: valve', 5, 'b'),
    at('x', 'tap', 3),
    at('a', 'valve', 1),
    at('b', 'Re: valve', 2, 'a'),
    at('y', 'Other words', 4, 'x'),
  ]);
  expect(
    threads.map(({ subject, messages }) => [subject, messages.map(({ messageId }) => messageId).join('')]),
  ).toEqual([
    ['valve', 'abc'],
    ['tap', 'xy'],
  ]);
  // Who answers whom goes round in a circle.
  expect(
    threadsOfFound([at('p', 'one', 1, 'q'), at('q', 'two', 2, 'p')]).flatMap(({ messages }) => messages),
  ).toHaveLength(2);
});
