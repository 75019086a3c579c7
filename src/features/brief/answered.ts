import {
  keyOf,
  type MessageAnswer,
  messageAnswer,
  type ThreadsAnswer,
  ThreadTraces,
  threadLedger,
} from '../answers/index.ts';
import type { Reading } from '../reading.ts';

/** Every message of some files, in order, made when it is asked for; `only` is the number of one file. A file that could not be opened is absent. */
export function* messagesIn(
  files: readonly (Reading | undefined)[],
  threads: ThreadsAnswer,
  only?: number,
): Generator<{ file: number; message: MessageAnswer }> {
  const traces = new ThreadTraces(threads, files);
  for (const [file, reading] of files.entries()) {
    if (!reading || (only !== undefined && only !== file)) continue;
    for (let index = 0; index < reading.messages; index++) {
      const page = reading.page(index);
      const key = keyOf(file, index);
      if (!page) continue;
      const answer = messageAnswer(page, reading.mailbox.source, key, threads.parents.get(key), traces.next(key));
      const duplicateOf = threads.duplicates.get(key);
      yield { file, message: { ...answer, ...(duplicateOf === undefined ? {} : { duplicateOf }) } };
    }
  }
}

/** The threads with what was said about their patches. */
export function threadsWithLedgers(
  threads: ThreadsAnswer,
  files: readonly (Reading | undefined)[],
): ThreadsAnswer['threads'] {
  const traces = new ThreadTraces(threads, files);
  return threads.threads.map((thread) => {
    const ledger = thread.messages.length > 1 ? threadLedger(thread, traces) : [];
    return ledger.length === 0 ? thread : { ...thread, ledger };
  });
}
