import { expect, test, vi } from 'vitest';
import { argumentOf, folds, links, messageAnswer, outline, readBytes, readText } from '#features';
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

test('the thread of each of very many mails is found without a look at all the others', () => {
  const count = 600;
  const mails = Array.from(
    { length: count },
    (_, at) =>
      `From ada@example.org Mon Mar  4 09:12:31 2024\nFrom: Ada <ada@example.org>\nMessage-ID: <${at}@example.org>\nSubject: tea ${at}\n\nhot\n`,
  );
  const reading = readText(mails.join('\n'));
  const threadOf = (index: number): readonly number[] => {
    const steps = argumentOf(reading, index);
    for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value.messages;
  };
  expect(threadOf(0)).toEqual([0]);
  const looks = vi.spyOn(Array.prototype, 'includes');
  const found = mails.map((_, at) => threadOf(at)[0]);
  const looked = looks.mock.calls.length;
  looks.mockRestore();
  expect(found).toEqual(mails.map((_, at) => at));
  expect(looked).toBeLessThan(20 * count);
});
