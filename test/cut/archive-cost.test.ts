import { expect, test } from 'vitest';
import { cut } from '#cut';
import { textSource } from '#mailast';
import { costOf } from '../cost.ts';

const LORE = 'From: a <a@example.org>\nDate: x\t[thread overview]\nMessage-ID: <a@example.org> (raw)\n\n';
const THREAD =
  '* a\n@ 2023-07-02  9:00 Ada\nFrom: Ada @ 2023-07-02  9:00 UTC (permalink / raw)\n  To: b\n\nx\n^ permalink raw reply\n\n';

/** Pages that grow with `n`, each a way to make a reader of pages look at the same units again and again. */
const CASES: [string, (n: number) => string][] = [
  ['tags that do not end', (n) => `<html><body>${'<a '.repeat(n)}`],
  ['comments that do not end', (n) => `<html><body>${'<!-- '.repeat(n)}`],
  ['scripts that do not end', (n) => `<html><body>${'<script>'.repeat(n)}`],
  ['elements inside each other', (n) => `<html><body>${'<pre>x'.repeat(n)}`],
  ['texts of a patchwork page', (n) => `<html><table class="patch-meta">${'<pre class="content">x</pre>'.repeat(n)}`],
  ['references in comments', (n) => `<!-- M --><html>${'<!--X-Reference: a@b -->'.repeat(n)}<!--X-Body-of-Message-->x`],
  ['messages of a thread', (n) => THREAD.repeat(n / 16)],
  ['messages of a thread in HTML', (n) => `<html><body><pre>${THREAD.replaceAll('\n', '\n<b></b>').repeat(n / 16)}`],
  ['attachments in one line', (n) => LORE + '[-- Attachment #1: x --] '.repeat(n)],
  ['attachments in lines', (n) => LORE + '[-- Attachment #1: x --]\n'.repeat(n)],
  ['words of a footer', (n) => LORE + 'other threads: '.repeat(n)],
  [
    'dates of the mail archive',
    (n) => `tea\nAda Mon, 03 Jul 2023 10:00:00 -0700\n${'Mon, 03 Jul 2023 10:00:00\n'.repeat(n)}View by thread\n`,
  ],
  [
    'attachments of openwall',
    (n) => `[<prev] [next>] [day] [month]\nDate: x\nFrom: y\n\n${' attachment "x'.repeat(n)}`,
  ],
  [
    'pieces of a flattened patch',
    (n) => `${'x '.repeat(200)}--- a/x +++ b/x @@ -1,2 +1,2 @@ ${'+ a; - b; x | 2 ++ '.repeat(n)}`,
  ],
];

test.each(CASES)('four times as many %s cost about four times as much', (_, make) => {
  // Work that grows with the square of the input would take sixteen times as long.
  const [small = 0, large] = [8_000, 32_000].map((size) => {
    const text = make(size);
    return costOf(() => cut(textSource(text)));
  });
  expect(large).toBeLessThan(10 * small + 30);
});
