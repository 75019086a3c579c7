import type * as vscode from 'vscode';
import type { Features } from './core.ts';

type Thread = ReturnType<Features['explanationsOf']>;

/** Messages that are read in one go; a step ends earlier when they are long. */
const MESSAGES_A_SLICE = 4;
/** Between two slices (ms), so that what the reader does comes first. */
const PAUSE = 4;

const atWork = new WeakSet<Thread>();

/**
 * Reads the other mails of a thread little by little, for the next hover to tell who explained a term. Ends when all are read, and when the
 * document is closed or changed: its readings are then others.
 */
export function readThread(document: vscode.TextDocument, thread: Thread): void {
  if (thread.complete || atWork.has(thread)) return;
  atWork.add(thread);
  const { version } = document;
  const slice = (): void => {
    if (document.isClosed || document.version !== version || thread.step(MESSAGES_A_SLICE)) return;
    setTimeout(slice, PAUSE);
  };
  setTimeout(slice, PAUSE);
}
