import { expect, test } from 'vitest';
import { argumentOf, messagePlace, messageSummary, nextRemark, readText, reviewOf } from '#features';

function message(
  id: string,
  subject: string,
  body: string,
  answers?: string,
  from = 'Ada Lindqvist <ada@example.org>',
) {
  return `From x@example.org Mon Mar  4 08:12:40 2024\nFrom: ${from}\nSubject: ${subject}\nDate: Mon, 4 Mar 2024 09:12:31 +0100\nMessage-ID: <${id}@example.org>\n${answers ? `In-Reply-To: <${answers}@example.org>\n` : ''}\n${body}\n`;
}

const diff =
  'Warm it.\n\nSigned-off-by: Ada Lindqvist <ada@example.org>\n---\ndiff --git a/tea.c b/tea.c\n--- a/tea.c\n+++ b/tea.c\n@@ -1,2 +1,3 @@ static void boil(void)\n fill();\n+heat();\n wait();\n-- \n2.43.0\n';
const ben = 'Ben Okafor <ben@example.org>';
const text = [
  message('cover', '[PATCH v2 0/2] tea: warm the pot', 'Two patches.'),
  message('one', '[PATCH v2 1/2] tea: heat', diff, 'cover'),
  message('two', '[PATCH v2 2/2] tea: pour', diff.replace('heat', 'pour'), 'cover'),
  message(
    'remark',
    'Re: [PATCH v2 1/2] tea: heat',
    'On Mon, Mar 4, 2024, Ada Lindqvist wrote:\n> +heat();\n\nWhat if there is no water?\n',
    'one',
    ben,
  ),
  message('tag', 'Re: [PATCH v2 1/2] tea: heat', 'Reviewed-by: Ben Okafor <ben@example.org>\n', 'one', ben),
].join('\n');
const reading = readText(text);

function finish<Result>(steps: Generator<unknown, Result>): Result {
  for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value;
}
const thread = finish(argumentOf(reading, 0));
const review = finish(reviewOf(reading, thread));

test('a patch tells its place, its answers, the remarks on it and who gave a tag', () => {
  expect(messageSummary(reading, 1, thread, review)).toEqual({
    version: 2,
    part: 1,
    total: 2,
    replies: 2,
    remarks: { count: 1, open: 1, changed: 0 },
    given: [{ token: 'Reviewed-by', names: ['Ben Okafor'] }],
  });
});

test('patches are no answers to their cover letter, and what answers them is below it', () => {
  expect(messageSummary(reading, 0, thread, review)).toMatchObject({ part: 0, total: 2, replies: 2 });
  expect(messageSummary(reading, 2, thread, undefined)).toEqual({
    version: 2,
    part: 2,
    total: 2,
    replies: 0,
    given: [],
  });
});

test('without its thread a message tells what its subject says', () => {
  expect(messageSummary(reading, 1, undefined, undefined)).toEqual({ version: 2, part: 1, total: 2, given: [] });
});

test('a caret knows its message and its patch', () => {
  expect(messagePlace(reading, text.indexOf('Message-ID: <two'))).toEqual({
    message: 3,
    messages: 5,
    version: 2,
    part: 2,
    total: 2,
  });
  expect(messagePlace(readText('From: a@example.org\nSubject: tea\n\nTea.\n'), 5)).toEqual({ message: 1, messages: 1 });
});

test('a reader goes from remark to remark', () => {
  const at = nextRemark(review, 0, 1);
  expect(text.slice(at?.start)).toMatch(/^What if there is no water/);
  expect(nextRemark(review, at?.start ?? 0, 1)).toBeUndefined();
  expect(nextRemark(review, text.length, -1)).toEqual(at);
});
