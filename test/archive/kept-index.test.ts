import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  changeSince,
  continueIndex,
  findIndex,
  type IndexProgress,
  type IndexStore,
  indexKeyOf,
  indexToKeep,
  type KeptIndex,
  NamedIdNumbers,
  openIndex,
  packIndex,
  tableSource,
} from '#archive';
import { unitsOfBuffer } from '#archive/node';
import { isoDate } from '#reading';

const bytesOf = (text: string): Uint8Array => Buffer.from(text, 'latin1');

function drained<Result>(steps: Generator<IndexProgress, Result>): Result {
  for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value;
}

function kept(text: string, budget = 5000): KeptIndex {
  const index = drained(indexToKeep(unitsOfBuffer(bytesOf(text)), 1, budget));
  if (!index) throw new Error('no mailbox');
  return index;
}

/** An invented mail; `kind` gives it what makes boundaries hard to tell. */
function mail(index: number, kind: number, size: number): string {
  const body = `line ${index}\n`.repeat(size);
  const counted = kind === 1 ? `Content-Length: ${size * 9}\n` : kind === 2 ? `Content-Length: ${body.length}\n` : '';
  const parts = kind === 3 ? `Content-Type: multipart/mixed; boundary="b${index}"\n` : '';
  const patches = kind === 3 ? `--b${index}\nContent-Type: text/x-patch\n\n${gitMail(index)}${gitMail(index + 1)}` : '';
  const closed = kind === 3 && size % 2 === 0 ? `\n--b${index}--\n` : '';
  const id = `<${index}@example.org>`;
  const named = index === 0 ? '' : `References: <${index >> 1}@example.org> <lost${index % 5}@example.org>\n`;
  const from =
    kind === 4
      ? `From ${'0123456789abcdef0123'.repeat(2)} Mon Sep 17 00:00:00 2001\n`
      : 'From ada@example.org Mon Jul  3 10:00:00 2023\n';
  return `${from}Date: Mon, 3 Jul 2023 10:${10 + (index % 50)}:00 +0200\nSubject: tea ${index}\n${counted}${parts}Message-ID: ${id}\n${named}\n${body}${patches}${closed}\n`;
}

function gitMail(index: number): string {
  return `From ${'fedcba9876543210fedc'.repeat(2)} Mon Sep 17 00:00:00 2001\nFrom: Ada <ada@example.org>\nSubject: [PATCH] ${index}\n\nsaid\n\n`;
}

const mailbox = fc
  .array(fc.tuple(fc.nat(5), fc.integer({ min: 0, max: 400 })), { minLength: 10, maxLength: 60 })
  .map((mails) => mails.map(([kind, size], index) => mail(index, kind, size)).join(''));

describe('an index that is kept', () => {
  test('is the same after it was packed and opened', () => {
    fc.assert(
      fc.property(mailbox, (text) => {
        const index = kept(text);
        const joined = {
          parents: new Int32Array(index.table.starts.length).fill(-1),
          duplicates: new Int32Array(index.table.starts.length).fill(-1),
          threads: new Int32Array(index.table.starts.length),
          roots: new Int32Array(1),
        };
        expect(openIndex(packIndex(index))).toEqual(index);
        // A view into the middle of other bytes is opened too.
        const moved = Buffer.concat([Buffer.alloc(3), packIndex({ ...index, joined })]).subarray(3);
        expect(openIndex(moved)).toEqual({ ...index, joined });
      }),
      { seed: 11, numRuns: 50 },
    );
  });

  test('is thrown away when one byte of it was changed, or it was cut off', () => {
    const packed = packIndex(kept(Array.from({ length: 30 }, (_, index) => mail(index, index % 5, 20)).join('')));
    fc.assert(
      fc.property(fc.nat(packed.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const damaged = packed.slice();
        damaged[at] = (damaged[at] ?? 0) ^ change;
        expect(openIndex(damaged)).toBeUndefined();
        expect(openIndex(packed.subarray(0, at))).toBeUndefined();
      }),
      { seed: 12, numRuns: 500 },
    );
  });

  test('tells dates in the forms that mail programs write, and as a reading of the message does', () => {
    const begin = 'From ada@example.org Mon Jul  3 10:00:00 2023\n';
    const timesOf = (dates: readonly string[]): number[] => {
      const mails = dates.map((date) => `${begin}Subject: tea\nDate:${date}\n\nhot\n\n`);
      return [...kept(mails.join('')).table.dates];
    };
    const known = [
      ' Mon, 3 Jul 2023 10:00:00 +0200',
      ' 29 Feb 2024 08:00 -0030 (tea)',
      'Mon,  3 JUL 2023 10:00:00 -0000',
    ];
    expect(timesOf([...known, ' Monday', ' 31 Feb 2023 10:00:00 +0000', ' 3 Jul 2023 10:00:00', ''])).toEqual([
      Date.parse('2023-07-03T10:00:00+02:00'),
      Date.parse('2024-02-29T08:00:00-00:30'),
      Date.parse('2023-07-03T10:00:00Z'),
      ...new Array(4).fill(Number.NaN),
    ]);
    const part = (...values: string[]): fc.Arbitrary<string> => fc.constantFrom(...values);
    const date = fc
      .tuple(
        part(' ', '  ', '', '\n '),
        part('', 'Mon, ', 'Tue,  ', 'Monday, '),
        part('1', '03', '29', '30', '31', '32', '0'),
        part(' Jan ', ' feb ', ' Sep  ', ' anf ', ' November ', '-Dec-'),
        part('2023', '2024', '1900', '23', '0999'),
        part(' 10:00', ' 23:59:59', ' 24:00:00', ' 10:00:60', ' 9:00', ' 10:00:0'),
        part(' +0200', ' -0730', ' GMT', '', ' +02000', ' +0260', ' +02:00', ' +0000 (UTC)'),
      )
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(date, (value) => {
        const [time = Number.NaN] = timesOf([value]);
        if (!Number.isNaN(time)) expect(time).toBe(Date.parse(isoDate(value) ?? ''));
      }),
      { seed: 14, numRuns: 2000 },
    );
  });
});

describe('a mailbox that has grown', () => {
  test('is continued, and its index is that of the whole', () => {
    fc.assert(
      fc.property(mailbox, fc.double({ min: 0.2, max: 1, noNaN: true }), (text, share) => {
        const before = text.slice(0, Math.floor(text.length * share));
        const old = kept(before);
        const units = unitsOfBuffer(bytesOf(text));
        expect(changeSince(old.key, units, 2)).toMatch(before.length === text.length ? /other/ : /grown/);
        expect(drained(continueIndex(old, units, 1, 3000))).toEqual(kept(text));
      }),
      { seed: 13, numRuns: 400 },
    );
  });

  test('is read from the end of what was known on', () => {
    const text = Array.from({ length: 400 }, (_, index) => mail(index, 0, 50)).join('');
    const all = bytesOf(text + mail(400, 0, 50));
    let first = all.length;
    const units = unitsOfBuffer(all);
    const watched = {
      ...units,
      nextFromLine: (from: number) => {
        first = Math.min(first, from);
        return units.nextFromLine(from);
      },
    };
    const index = drained(continueIndex(kept(text), watched, 1, Number.POSITIVE_INFINITY));
    expect(index?.table.starts).toHaveLength(401);
    expect(first).toBeGreaterThan(text.length - 10_000);
  });
});

describe('a store of indexes', () => {
  const text = Array.from({ length: 60 }, (_, index) => mail(index, 0, 60)).join('');
  function storeOf(bytes: Uint8Array): { store: IndexStore; names: Set<string> } {
    const names = new Set(['one']);
    return {
      names,
      store: {
        read: async (name) => (names.has(name) ? bytes : undefined),
        write: async () => undefined,
        remove: async (name) => void names.delete(name),
        list: async () => [...names],
      },
    };
  }

  test.each<[string, string, number, string]>([
    ['the same', text, 1, 'none'],
    ['a longer one', text + mail(99, 0, 1), 2, 'grown'],
    ['one that was changed later', text, 2, 'removed'],
    ['one whose first words were changed', text.replace('Jul', 'Jun'), 1, 'removed'],
    ['a shorter one', text.slice(0, -1), 1, 'removed'],
    ['a longer one that has lost a word', `${text.replace('line', '')}${mail(99, 0, 1)}`, 2, 'removed'],
  ])('says of %s what has become of it', async (_, now, modified, outcome) => {
    const { store, names } = storeOf(packIndex(kept(text)));
    const found = await findIndex(store, 'one', unitsOfBuffer(bytesOf(now)), modified);
    expect(found?.change ?? (names.size === 0 ? 'removed' : 'kept')).toBe(outcome);
  });

  test('loses an index that was damaged', async () => {
    const { store, names } = storeOf(packIndex(kept(text)).subarray(0, 1000));
    expect(await findIndex(store, 'one', unitsOfBuffer(bytesOf(text)), 1)).toBeUndefined();
    expect(names.size).toBe(0);
  });
});

test('an opened index finds messages and headers in their source', () => {
  const text = Array.from({ length: 30 }, (_, index) => mail(index, index % 5, 20)).join('');
  const opened = openIndex(packIndex(kept(text)));
  const source = opened && tableSource(opened.table, unitsOfBuffer(bytesOf(text)));
  expect(source?.header(7, ['subject']).get('subject')).toBe('tea 7');
  expect(indexKeyOf(unitsOfBuffer(bytesOf(text)), 1)).toEqual(opened?.key);
  const named = new NamedIdNumbers();
  if (opened) named.addTable(opened.table.ids);
  expect(named.table()).toEqual(opened?.table.ids);
});
