import type * as vscode from 'vscode';
import type { MailboxThreads } from '#features';

/** The bytes of a file, one unit each. */
export interface FileUnits {
  readonly length: number;
  slice(start: number, end: number): string;
}

/** Mail that is looked at where it lies; it never comes into memory as a whole. */
export interface MailboxFile {
  threads: MailboxThreads;
  /** The bytes of a message. Rejects with an `Error` in words for the reader where they are not there any more. */
  read(message: number): Promise<Uint8Array>;
  /** The file that a message stands in, and its content, whose units `MailboxThreads` spans name; absent where there is no file. */
  fileOf(message: number): Promise<{ uri: vscode.Uri; units: FileUnits } | undefined>;
  /** The name under which an index of it is kept, if one is. */
  index?: string;
  /** What could not be read of it, in words for the log. */
  problems: readonly string[];
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

/** `read` and `length`: bytes, or commits of a repository. */
export interface MailboxProgress {
  read: number;
  length: number;
  messages: number;
}

/**
 * Opens whatever mail lies at a path: a mailbox of any size, also a compressed one, a folder, a maildir, a public-inbox. Absent on a host without files; `refused` says why there
 * is no mail.
 */
export type OpenMailboxFile = (
  uri: vscode.Uri,
  opening: FileOpening,
) => Promise<MailboxFile | { refused: string } | undefined>;

/** A browser knows no paths; the other implementation is `node.ts`. */
export const openMailboxFile: OpenMailboxFile = async () => undefined;

/** Whether folders of mail can be opened. */
export const readsFolders: boolean = false;
