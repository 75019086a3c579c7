import type * as vscode from 'vscode';
import type { Features } from './core.ts';

type Thread = ReturnType<Features['explanationsOf']>;

/** Messages that are read in one go at most, and how long (ms) that may take before others have a turn; one message is never divided. */
const MESSAGES_A_SLICE = 4;
const TURN = 8;
/** Between two slices (ms), so that what the reader does comes first. */
const PAUSE = 12;

const atWork = new WeakSet<Thread>();

/**
 * Reads the other mails of a thread little by little, for the next hover to tell who explained a term. Ends when all are read, when the
 * document is closed or changed, for its readings are then others, and when it is not shown any more; then the next call goes on.
 */
export function readThread(document: vscode.TextDocument, thread: Thread, isShown: () => boolean): void {
  if (thread.complete || atWork.has(thread)) return;
  atWork.add(thread);
  const { version } = document;
  const slice = (): void => {
    if (document.isClosed || document.version !== version || !isShown() || readSlice(thread)) atWork.delete(thread);
    else setTimeout(slice, PAUSE);
  };
  setTimeout(slice, PAUSE);
}

/** Whether all is read. */
function readSlice(thread: Thread): boolean {
  const began = Date.now();
  for (let read = 0; read < MESSAGES_A_SLICE && Date.now() - began < TURN; read++) if (thread.step(1)) return true;
  return false;
}
