import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { type IndexedSource, indexSource, Links, NamedIdNumbers, threadsOf } from '#archive';
import { FilePieces, unitsOfBuffer } from '#archive/node';
import { cut, type Units, unitsOfBytes } from '#cut';
import { decode } from '#decode';
import { bytesSource, type Span } from '#mailast';
import { messageIdsOf } from '#reading';
import { corpus, present } from '../conformance/corpus.ts';

const NAMES = ['subject', 'from', 'date', 'message-id'];

interface Indexed {
  index: IndexedSource;
  parents: number[];
  threads: number[][];
}

function indexed(units: Units): Indexed {
  const named = new NamedIdNumbers();
  const index = indexSource(units, named);
  const links = new Links(named.finish());
  return { index, parents: [...links.parents], threads: links.threads() };
}

function spansIn({ index }: Indexed): Span[] {
  return Array.from({ length: index.count }, (_, at) => index.span(at));
}

function headersIn({ index }: Indexed): unknown[] {
  return Array.from({ length: index.count }, (_, at) => Object.fromEntries(index.header(at, NAMES)));
}

/** What `cut` finds, which reads the whole source as one string. */
function spansOf(bytes: Uint8Array): Span[] {
  return cut(bytesSource(bytes)).messages.map(({ span }) => span);
}

/** What a reading of whole messages finds. */
function readWhole(bytes: Uint8Array): { headers: unknown[]; parents: number[] } {
  const { source, messages } = cut(bytesSource(bytes));
  const fields = messages.map((message) => decode(source, message).fields);
  const valuesOf = (at: number, wanted: string): string[] =>
    (fields[at] ?? []).filter(({ name }) => name.toLowerCase() === wanted).map(({ value }) => value);
  const headers = fields.map((_, at) =>
    Object.fromEntries(
      NAMES.flatMap((name) =>
        valuesOf(at, name)
          .slice(0, 1)
          .map((value) => [name, value]),
      ),
    ),
  );
  const members = fields.map((_, at) => {
    const messageId = valuesOf(at, 'message-id').flatMap(messageIdsOf)[0];
    return {
      key: String(at),
      ...(messageId === undefined ? {} : { messageId }),
      references: valuesOf(at, 'references').flatMap(messageIdsOf),
      inReplyTo: valuesOf(at, 'in-reply-to').flatMap(messageIdsOf),
    };
  });
  const { parents } = threadsOf(members);
  return { headers, parents: members.map(({ key }) => Number(parents.get(key)?.key ?? -1)) };
}

const folder = mkdtempSync(join(tmpdir(), 'patchgloss-index-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The same bytes in memory, as Node reads them and as any host does, and in a file. */
function everyWay(bytes: Uint8Array): Indexed[] {
  const path = join(folder, 'source');
  writeFileSync(path, bytes);
  const file = new FilePieces();
  try {
    return [indexed(unitsOfBytes(bytes)), indexed(unitsOfBuffer(bytes)), indexed(file.units(path))];
  } finally {
    file.close();
  }
}

const BEGIN = 'From ada@example.org Mon Jul  3 10:00:00 2023\n';
const bytesOf = (text: string): Uint8Array => Buffer.from(text, 'latin1');

function invented(index: number, body: string): string {
  const answers =
    index === 0
      ? ''
      : `In-Reply-To: <${index >> 1}@example.org>\nReferences:\n <0@example.org>\n\t<${index >> 1}@example.org>\n`;
  return `${BEGIN}Subject: =?utf-8?q?caf=C3=A9?= ${index}\nFrom: Ada <ada@example.org>\nMessage-ID: <${index}@example.org>\n${answers}\n${body}\n\n`;
}

test('an index finds the messages, headers and parents that a reading of the whole finds', () => {
  const bytes = bytesOf(
    Array.from({ length: 50 }, (_, index) => invented(index, `line ${index}\n`.repeat(index))).join(''),
  );
  const whole = readWhole(bytes);
  for (const way of everyWay(bytes)) {
    expect(spansIn(way)).toEqual(spansOf(bytes));
    expect(way.parents).toEqual(whole.parents);
    expect(way.threads).toHaveLength(1);
  }
  expect(headersIn(indexed(unitsOfBytes(bytes)))).toEqual(whole.headers);
});

test.each([
  ['without brackets', 'a.1@example.org'],
  ['several without brackets', 'lost@example.org a.1@example.org'],
  ['with one bracket', '<a.1@example.org'],
  ['with one bracket and words behind it', '<a.1@example.org (Ada, on Monday)'],
  ['that was folded', '<a.1\n @example.org>'],
  ['in brackets with spaces', '< a.1@example.org >'],
  ['behind words', 'Your message of "Mon, 3 Jul 2023" <a.1@example.org>'],
])('an id %s joins its messages', (_, named) => {
  const answer = `${BEGIN}Subject: answer\nIn-Reply-To: ${named}\nMessage-ID: <b@example.org>\n\nhot\n\n`;
  const bytes = bytesOf(`${BEGIN}Subject: tea\nMessage-Id: a.1@example.org\n\nhot\n\n${answer}`);
  expect(readWhole(bytes).parents).toEqual([-1, 0]);
  for (const way of everyWay(bytes)) expect(way.parents).toEqual([-1, 0]);
});

test.each(['<not an id>', 'Your message of Monday', 'ada at the office', '<a b c@example.org>', 'Ada ada@example.org'])(
  'what is no id names none: %s',
  (named) => {
    expect(messageIdsOf(named)).toEqual([]);
    const bytes = bytesOf(`${BEGIN}Subject: tea\nIn-Reply-To: ${named}\n\nhot\n\n`);
    const ids = new NamedIdNumbers();
    indexSource(unitsOfBytes(bytes), ids);
    expect(ids.finish().ids).toBe(0);
  },
);

test('headers of any length are read, and the pieces of a file divide none', () => {
  const long = (index: number): string => invented(index, `${'x'.repeat(70)}\n`.repeat(1 + (index % 3) * 9000));
  const wide = `${BEGIN}${'X-Pad: y\n'.repeat(3000)}Subject: wide\n(no field)\nMessage-ID: <wide@example.org>\n\nbody\n\n`;
  const text = Array.from({ length: 24 }, (_, index) => (index % 5 === 4 ? wide : long(index))).join('');
  const bytes = bytesOf(text);
  expect(bytes.length).toBeGreaterThan(9 * 2 ** 20);
  const path = join(folder, 'large');
  writeFileSync(path, bytes);
  const file = new FilePieces();
  const way = indexed(file.units(path));
  expect(spansIn(way)).toEqual(spansOf(bytes));
  expect(headersIn(way)).toEqual(readWhole(bytes).headers);
  file.close();
});

describe('what is no mailbox is indexed too', () => {
  test.each([
    ['a mail', 'From: ada@example.org\nSubject: tea\nMessage-ID: <a@example.org>\n\nhot\n', ['tea']],
    [
      'two mails without a line between them',
      `${'From: ada@example.org\nDate: Mon, 3 Jul 2023 10:00:00 +0200\nSubject: tea\nMessage-ID: <a@example.org>\n\nhot\n\n'.repeat(2)}`,
      ['tea', 'tea'],
    ],
    [
      'a mailbox whose lines end in CR',
      `${BEGIN}Subject: one\n\nx\n\n${BEGIN}Subject: two\n\ny\n`.replaceAll('\n', '\r'),
      ['one', 'two'],
    ],
    [
      'a mailbox with a mark at its start',
      `\u00ef\u00bb\u00bf${BEGIN}Subject: one\n\nx\n\n${BEGIN}Subject: two\n\ny\n`,
      ['one', 'two'],
    ],
    ['a patch', 'diff --git a/tea b/tea\n--- a/tea\n+++ b/tea\n@@ -1 +1 @@\n-x\n+y\n', [undefined]],
    ['binary data', `\u007fELF\u0000\u0001${'\u0002'.repeat(99)}`, []],
    ['nothing', '', []],
  ])('%s', (_, text, subjects) => {
    for (const way of everyWay(bytesOf(text))) {
      expect(spansIn(way)).toEqual(spansOf(bytesOf(text)));
      expect(subjects).toHaveLength(way.index.count);
    }
    const { index } = indexed(unitsOfBytes(bytesOf(text)));
    expect(subjects.map((_subject, at) => index.header(at, NAMES).get('subject'))).toEqual(subjects);
  });
});

/** Real mailboxes and mails, damaged in ways that tell: pieces put in, taken out, put twice. */
function mutated(bytes: Buffer, cuts: readonly [at: number, length: number, kind: number][]): Buffer {
  const inserts = [
    BEGIN,
    '\n',
    'From ',
    '\n\n',
    '\r',
    '\0\0\0',
    'Content-Length: 12\n',
    '--b\nContent-Type: a/b\n\n',
    '>From x\n',
    '\u00ef\u00bb\u00bf',
  ];
  let text = bytes.toString('latin1');
  for (const [at, length, kind] of cuts) {
    const place = at % (text.length + 1);
    const near = kind % 2 === 0 ? place : text.indexOf('\n', place) + 1;
    const put = kind < inserts.length ? (inserts[kind] ?? '') : kind % 3 === 0 ? text.slice(near, near + length) : '';
    text = text.slice(0, near) + put + text.slice(kind < inserts.length ? near : near + (kind % 3 === 0 ? 0 : length));
  }
  return Buffer.from(text, 'latin1');
}

describe.skipIf(!present)('the index and the reading of a message are cut alike', () => {
  const files = present
    ? ['threads', 'mails', 'pages', 'b4/samples', 'git-mailinfo/input', 'patchwork/mail', 'python-email/data'].flatMap(
        (kind) =>
          readdirSync(join(corpus, kind), { withFileTypes: true })
            .filter((entry) => entry.isFile() && !entry.name.endsWith('.json'))
            .map((entry) => join(corpus, kind, entry.name)),
      )
    : [];

  test('in every file of the corpora', () => {
    expect(files.length).toBeGreaterThan(250);
    for (const path of files) {
      const bytes = readFileSync(path);
      const whole = readWhole(bytes);
      for (const way of everyWay(bytes))
        expect([path, spansIn(way), way.parents]).toEqual([path, spansOf(bytes), whole.parents]);
      expect([path, headersIn(indexed(unitsOfBuffer(bytes)))]).toEqual([path, whole.headers]);
    }
  });

  test('in files that were damaged', () => {
    const small = files.map((path) => readFileSync(path)).filter((bytes) => bytes.length < 60_000);
    const damage = fc.array(fc.tuple(fc.nat(60_000), fc.nat(3000), fc.nat(15)), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(fc.constantFrom(...small), fc.constantFrom(...small), damage, (one, other, cuts) => {
        const bytes = mutated(Buffer.concat([one, other]), cuts);
        for (const units of [unitsOfBytes(bytes), unitsOfBuffer(bytes)]) {
          expect(spansIn(indexed(units))).toEqual(spansOf(bytes));
        }
      }),
      { seed: 20230703, numRuns: 600 },
    );
  });
});

test('ids that differ have different numbers, and 300,000 of them are numbered at once', () => {
  const named = new NamedIdNumbers();
  const text = (id: number): string => `<${id.toString(36)}.${id % 7}@example.org>`;
  for (let id = 0; id < 300_000; id++) {
    const value = text(id);
    named.add(value, [{ name: 'Message-ID', start: 0, valueStart: 0, end: value.length }]);
  }
  expect(named.finish().ids).toBe(300_000);
});

test('a file that is no mailbox, and too large to be a mail, has a complaint and no messages', () => {
  const units: Units = {
    length: 2 ** 31,
    nextFromLine: () => -1,
    slice: (start, end) => {
      if (end - start > 2 ** 20) throw new Error('a text cannot be so long');
      return 'x'.repeat(Math.max(0, end - start));
    },
  };
  const { index } = indexed(units);
  expect([index.count, index.complaints.map(({ ruleId }) => ruleId)]).toEqual([0, ['too-large-for-mail']]);
});
