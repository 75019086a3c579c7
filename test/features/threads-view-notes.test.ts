import { expect, test } from 'vitest';
import { unitsOfBytes } from '#cut';
import { identityOfId, threadsInSlices } from '#features';

test('a note knows its message in every mailbox by the id alone', () => {
  const ids = ['20240108.1-ada@example.org', 'a$b+c=d@example.org', 'x@y'];
  const text = ids.map(
    (id) => `From a@example.org Mon Jan  8 10:00:00 2024\nSubject: Tea\nMessage-ID: <${id}>\n\nWords.\n`,
  );
  const steps = threadsInSlices(unitsOfBytes(new TextEncoder().encode(text.join('\n'))), 1000);
  let step = steps.next();
  while (!step.done) step = steps.next();
  const threads = step.value;
  expect(ids.map((_, message) => threads.identity(message))).toEqual(ids.map(identityOfId));
});
