import * as vscode from 'vscode';
import { openMailboxFile } from '#editor/mailbox-files';
import type { MailboxThreads, ThreadMail } from '#features';
import { features } from '../core.ts';
import { keepIndex } from '../fetch/kept-indexes.ts';
import { log } from '../log.ts';
import { folderState } from './folder-state.ts';
import { LinesOfBytes } from './lines-of-bytes.ts';
import type { FileUnits, MailboxFile, MailboxProgress } from './mailbox-files.ts';

/** A mailbox that can be listed and read message by message. */
export interface OpenedMailbox {
  uri: vscode.Uri;
  threads: MailboxThreads;
  /** A message of it by itself, read from its bytes. */
  mail(message: number): Promise<ThreadMail>;
  /** The file, or the document, that a message stands in, and the line (from 0) of it that a byte is on; absent where there is none. */
  placeOf(message: number, byte: number): Promise<{ uri: vscode.Uri; line: number } | undefined>;
}

/** What somebody who opens a mailbox may be told, and may do. */
export interface Opening {
  onProgress?: (progress: MailboxProgress) => void;
  token?: vscode.CancellationToken;
}

interface Kept {
  /** Tells the same file that was written again. */
  state: string;
  mailbox: Promise<OpenedMailbox>;
  close(): void;
}

/** So many mailboxes stay open, those that were asked for last. */
const MOST_OPEN = 3;
/** Smaller files are read faster than a thread is begun; in bytes. */
const SMALL = 4 * 2 ** 20;
/** What has to be read as a whole may be so large, in bytes. */
const MOST_WHOLE = 400 * 2 ** 20;
/** Bytes between two turns of the host. */
const SLICE = 2 ** 19;

const kept = new Map<string, Kept>();
let places: { extension: vscode.Uri; storage: vscode.Uri } | undefined;

/** Says where the extension lies and where it may keep indexes; before the first mailbox is opened. */
export function keepIndexesOf({ extensionUri, globalStorageUri }: vscode.ExtensionContext): void {
  places = { extension: extensionUri, storage: globalStorageUri };
}

/**
 * The mailbox of a file, of an open document that was edited, or of whatever the editor can read. One that is open already is given again while its file is the same.
 *
 * @throws an `Error` in words for the reader, a `vscode.CancellationError` when it was cancelled.
 */
export async function openMailbox(uri: vscode.Uri, opening: Opening = {}): Promise<OpenedMailbox> {
  const key = uri.toString();
  const state = await stateOf(uri);
  const known = kept.get(key);
  if (known?.state === state) {
    kept.delete(key);
    kept.set(key, known);
    return known.mailbox;
  }
  known?.close();
  const file = openFile(uri, opening);
  void file.then(
    ({ problems }) => {
      for (const problem of problems) log().warn(problem);
    },
    () => undefined,
  );
  const mailbox = file.then((opened) => mailboxOf(uri, opened));
  const forget = () => {
    if (kept.get(key) === entry) kept.delete(key);
  };
  const entry = { state, mailbox, close: () => void file.then(({ close }) => close(), forget) };
  kept.set(key, entry);
  mailbox.catch(forget);
  for (const [oldest, { close }] of kept) {
    if (kept.size <= MOST_OPEN) break;
    kept.delete(oldest);
    close();
  }
  return mailbox;
}

/** Those that are open and read, the one asked for last at the end. Opens none, and waits for none. */
export async function mailboxesOpen(): Promise<OpenedMailbox[]> {
  const found = [...kept.values()].map(({ mailbox }) => {
    const unread = new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), 0));
    return Promise.race([mailbox.catch(() => undefined), unread]);
  });
  return (await Promise.all(found)).filter((mailbox) => mailbox !== undefined);
}

async function stateOf(uri: vscode.Uri): Promise<string> {
  const document = textBefore(uri);
  if (document) return `document ${document.version}`;
  try {
    const { type, mtime, size } = await vscode.workspace.fs.stat(uri);
    return isFolder(type) ? await folderState(uri) : `file ${mtime} ${size}`;
  } catch {
    throw new Error(vscode.l10n.t('There is no file {0}.', nameOf(uri)));
  }
}

/** The document of a mail whose text is not that of a file. */
function textBefore(uri: vscode.Uri): vscode.TextDocument | undefined {
  const document = vscode.workspace.textDocuments.find((one) => one.uri.toString() === uri.toString());
  const isFile =
    document &&
    !document.isDirty &&
    !document.isUntitled &&
    vscode.workspace.fs.isWritableFileSystem(uri.scheme) !== undefined;
  return isFile ? undefined : document;
}

async function openFile(uri: vscode.Uri, opening: Opening): Promise<MailboxFile> {
  return (await byPath(uri, opening)) ?? asWhole(uri, opening);
}

async function mailboxOf(uri: vscode.Uri, file: MailboxFile): Promise<OpenedMailbox> {
  const { threads } = file;
  let counted: { uri: string; lines: LinesOfBytes } | undefined;
  const { readBytes } = await features();
  return {
    uri,
    threads,
    async mail(message) {
      const reading = readBytes(await file.read(message));
      const pages = Array.from({ length: reading.messages }, (_, index) => reading.page(index) ?? []).flat();
      return { message, pages, start: threads.source.span(message).start };
    },
    async placeOf(message, byte) {
      const found = await file.fileOf(message);
      if (!found) return undefined;
      const name = found.uri.toString();
      if (counted?.uri !== name) counted = { uri: name, lines: new LinesOfBytes(found.units) };
      return { uri: found.uri, line: await counted.lines.at(byte) };
    },
  };
}

/** Whether only `openMailbox` reads what lies there: a folder, a compressed file, a large one. */
export async function isReadInPieces(uri: vscode.Uri, large: number): Promise<boolean> {
  try {
    const { type, size } = await vscode.workspace.fs.stat(uri);
    return isFolder(type) || size > large || isPacked(uri);
  } catch {
    return false;
  }
}

function isFolder(type: vscode.FileType): boolean {
  return (type & vscode.FileType.Directory) !== 0;
}

function isPacked(uri: vscode.Uri): boolean {
  return /\.gz$/i.test(uri.path);
}

async function byPath(uri: vscode.Uri, { onProgress, token }: Opening): Promise<MailboxFile | undefined> {
  if (textBefore(uri) || !places) return undefined;
  if (!(await isReadInPieces(uri, SMALL))) return undefined;
  const abort = new AbortController();
  const listening = token?.onCancellationRequested(() => abort.abort());
  try {
    const file = await openMailboxFile(uri, {
      ...places,
      signal: abort.signal,
      onProgress: (progress) => onProgress?.(progress),
    });
    if (token?.isCancellationRequested) throw new vscode.CancellationError();
    if (!file) return undefined;
    if (!('refused' in file)) {
      if (file.index !== undefined) void keepIndex(places.storage, file.index, uri);
      return file;
    }
    // What is no mailbox may be mail of another form, which is read as a whole.
    const { type } = await vscode.workspace.fs.stat(uri);
    if (!isFolder(type) && !isPacked(uri)) return undefined;
    throw new Error(vscode.l10n.t('{0} cannot be read: {1}', nameOf(uri), file.refused));
  } finally {
    listening?.dispose();
  }
}

/** Bytes in memory, indexed a slice at a time. */
async function asWhole(uri: vscode.Uri, { onProgress, token }: Opening): Promise<MailboxFile> {
  const bytes = await wholeBytes(uri);
  const [{ threadsInSlices }, { unitsOfBytes }] = await Promise.all([features(), import('#cut')]);
  const units = unitsOfBytes(bytes);
  const steps = threadsInSlices(units, SLICE);
  for (;;) {
    const step = steps.next();
    if (step.done) return heldFile(uri, step.value, units);
    onProgress?.({ ...step.value, length: units.length });
    await new Promise<void>((resolve) => setTimeout(resolve, 0));
    if (token?.isCancellationRequested) throw new vscode.CancellationError();
  }
}

function heldFile(uri: vscode.Uri, threads: MailboxThreads, units: FileUnits): MailboxFile {
  return {
    threads,
    async read(message) {
      const { start, end } = threads.source.span(message);
      return bytesOf(units.slice(start, end));
    },
    fileOf: async () => ({ uri, units }),
    problems: [],
    close: () => undefined,
  };
}

async function wholeBytes(uri: vscode.Uri): Promise<Uint8Array> {
  const document = textBefore(uri);
  if (document) return new TextEncoder().encode(document.getText());
  const { size, type } = await vscode.workspace.fs.stat(uri);
  if (isFolder(type)) throw new Error(vscode.l10n.t('{0} is a folder. Choose a file.', nameOf(uri)));
  if (size > MOST_WHOLE)
    throw new Error(
      vscode.l10n.t(
        '{0} is no mailbox that can be read in pieces here, and too large to be read as a whole.',
        nameOf(uri),
      ),
    );
  return unpacked(await vscode.workspace.fs.readFile(uri));
}

async function unpacked(bytes: Uint8Array): Promise<Uint8Array> {
  const { isGzip, unpackMail } = await import('#archive/fetch');
  return isGzip(bytes) ? (await unpackMail(new Uint8Array(bytes), MOST_WHOLE)).bytes : bytes;
}

function bytesOf(units: string): Uint8Array {
  return Uint8Array.from({ length: units.length }, (_, at) => units.charCodeAt(at));
}

function nameOf(uri: vscode.Uri): string {
  return uri.path.split('/').at(-1) ?? uri.path;
}
