import { expect, test } from 'vitest';
import { indexSource, Links, NamedIdNumbers } from '#archive';
import { unitsOfBuffer } from '#archive/node';
import { cut } from '#cut';
import { textSource } from '#mailast';
import { costOf } from '../cost.ts';

const BEGIN = 'From ada@example.org Mon Jul  3 10:00:00 2023\n';
const GIT = 'From 0123456789abcdef0123456789abcdef01234567 Mon Sep 17 00:00:00 2001\n';
const HEADER = 'From: ada@example.org\nDate: Mon, 3 Jul 2023 10:00:00 +0200\nMessage-ID: <a@example.org>\n';

/** Mailboxes that grow with `n`, each a way to make a splitter look at the same units again and again. */
const CASES: [string, (n: number) => string][] = [
  ['lines that read From alone', (n) => 'From \n'.repeat(n)],
  ['messages of one line', (n) => 'From a@b 1 Jul 22 1:11\nA: b\n'.repeat(n)],
  ['envelopes that no header follows', (n) => `${BEGIN}A: b\n\n${'From a@b 1 Jul 22 1:11\n'.repeat(n)}`],
  ['prose that begins with From', (n) => `${BEGIN}A: b\n\n${'From here to 10:00 there\n'.repeat(n)}`],
  ['header fields', (n) => BEGIN + 'X-A: b\n'.repeat(n)],
  ['lines in a header that are no fields', (n) => BEGIN + 'A: b\nno field\n'.repeat(n)],
  ['references in one field', (n) => `${BEGIN}References:${'\n <a@example.org>'.repeat(n)}\n\nx\n`],
  ['fields of references', (n) => `${BEGIN}${'References: x\n'.repeat(n)}\nx\n`],
  [
    'patches in a part that never ends',
    (n) => `${BEGIN}Content-Type: multipart/mixed; boundary=b\n\n--b\n\n${`${GIT}A: b\n\n`.repeat(n)}`,
  ],
  ['lengths that lead to the end', (n) => `${BEGIN}Content-Length: 9999999\n\nx\n\n`.repeat(n / 4)],
  ['mails without lines between them', (n) => `${HEADER}\nx\n\n`.repeat(n / 4)],
  ['headers that are announced', (n) => `${HEADER}\n${`Header:\n\n${HEADER}\n`.repeat(n / 4)}`],
  ['text above a mailbox', (n) => `${'From here on.\n'.repeat(n)}${BEGIN}${HEADER}\nx\n${BEGIN}${HEADER}\nx\n`],
  ['empty lines', (n) => `${BEGIN}${HEADER}\n${'\n'.repeat(n * 4)}`],
  ['NULs at the end', (n) => `${BEGIN}${HEADER}\nx\n${'\0\n'.repeat(n * 2)}`],
];

test.each(CASES)('four times as many %s cost about four times as much', (_, make) => {
  const [small, large] = [make(8_000), make(32_000)].map((text) => ({ text, bytes: Buffer.from(text, 'latin1') }));
  if (!small || !large) throw new Error('there are two sizes');
  for (const run of [
    ({ text }: typeof small) => cut(textSource(text)),
    ({ bytes }: typeof small) => {
      const named = new NamedIdNumbers();
      indexSource(unitsOfBuffer(bytes), named);
      new Links(named.finish()).threads();
    },
  ]) {
    // Work that grows with the square of the input would take sixteen times as long.
    expect(costOf(() => run(large))).toBeLessThan(10 * costOf(() => run(small)) + 20);
  }
});
