import type * as vscode from 'vscode';
import type { MailboxThreads } from '#features';

/** A mailbox that is looked at where it lies; it never comes into memory as a whole. */
export interface MailboxFile {
  threads: MailboxThreads;
  /** Its bytes, one unit each, as `MailboxThreads` spans name them. */
  units: { readonly length: number; slice(start: number, end: number): string };
  close(): void;
}

/** What opening a file needs to know. */
export interface FileOpening {
  /** The folder of the extension, and where it may keep indexes. */
  extension: vscode.Uri;
  storage: vscode.Uri;
  signal: AbortSignal;
  onProgress(progress: MailboxProgress): void;
}

/** In bytes. */
export interface MailboxProgress {
  read: number;
  length: number;
  messages: number;
}

/**
 * Opens a file of any size by its path. Absent where that cannot be done: on a host without files, and for what is no mailbox, which is read
 * as a whole. Rejects with an `Error` in words for the reader, and when the signal aborts.
 */
export type OpenMailboxFile = (uri: vscode.Uri, opening: FileOpening) => Promise<MailboxFile | undefined>;

/** A browser knows no paths; the other implementation is `node.ts`. */
export const openMailboxFile: OpenMailboxFile = async () => undefined;
