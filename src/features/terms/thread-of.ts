import { threadsOf } from '#archive';
import { joinShownTrees, keyOf, type Mail, mailOf } from '../answers/threads.ts';
import type { Reading } from '../reading.ts';

/** The messages of the thread that message `index` belongs to, in the order of the source. Pauses after each message it has looked at. */
export function* threadOf(reading: Reading, index: number): Generator<void, readonly number[]> {
  if (reading.messages <= 1) return reading.messages === 1 ? [0] : [];
  const mails = new Map<string, Mail>();
  for (let at = 0; at < reading.messages; at++) {
    const page = reading.page(at);
    const key = keyOf(0, at);
    if (page)
      mails.set(
        key,
        mailOf(key, page, () => reading.page(at)),
      );
    yield;
  }
  joinShownTrees(mails);
  const { threads } = threadsOf([...mails.values()].map(({ member }) => member));
  const wanted = keyOf(0, index);
  const thread = threads.find(({ messages }) => messages.includes(wanted));
  return (thread?.messages ?? [])
    .map((key) => Number(key.slice(key.indexOf(':') + 1)))
    .sort((one, other) => one - other);
}
