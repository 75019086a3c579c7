import { type Threads, threadsOf } from '#archive';
import { joinShownTrees, keyOf, type Mail, mailOf } from '../answers/threads.ts';
import type { Reading } from '../reading.ts';

const known = new WeakMap<Reading, Threads>();

/** All threads of a source, kept with its reading. Pauses after each message that it looks at. */
export function* threadsIn(reading: Reading): Generator<void, Threads> {
  const kept = known.get(reading);
  if (kept) return kept;
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
  const threads = threadsOf([...mails.values()].map(({ member }) => member));
  known.set(reading, threads);
  return threads;
}
