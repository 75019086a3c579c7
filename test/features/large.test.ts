import { expect, test } from 'vitest';
import { folds, links, messageAnswer, outline, readBytes } from '#features';
import { briefOf } from '#features/sharing';

/** More of one thing than fits on the stack as arguments. */
const MANY = 150_000;

test.each([
  ['headings', `\n${'v2:\n'.repeat(MANY)}`],
  ['trailers', `\nx\n\n${'Acked-by: a <a@b.c>\n'.repeat(MANY)}`],
  ['links', `\n${'http://a.b/c\n'.repeat(MANY)}`],
  ['words of a charset that nobody knows', `X: ${'=?x?q?a?= y '.repeat(MANY)}\n\nx\n`],
])('a mail of very many %s is folded, listed and answered', (_, rest) => {
  const reading = readBytes(Buffer.from(`Subject: [PATCH] tea\nFrom: a@example.org\n${rest}`));
  expect(folds(reading).length + outline(reading).length).toBeGreaterThan(0);
  expect(links(reading)).toBeInstanceOf(Array);
  expect(briefOf([{ path: 'tea', reading }])).toMatch(/^# /);
  const page = reading.page(0);
  expect(page && messageAnswer(page, reading.mailbox.source, '0:0', undefined).subject).toBe('[PATCH] tea');
});
