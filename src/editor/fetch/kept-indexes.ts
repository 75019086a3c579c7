import * as vscode from 'vscode';
import { log } from '../log.ts';
import { bytesOf } from './memory.ts';
import { storageLimit } from './settings.ts';
import { sizeOf } from './sizes.ts';

/** The index of a mailbox, which is kept so that it opens at once the next time. */
export interface KeptIndex {
  file: vscode.Uri;
  /** Of the mailbox, where it is known. */
  mailbox?: vscode.Uri;
  /** In bytes. */
  size: number;
  /** When it was used last, in milliseconds since 1970. */
  used: number;
}

const ENDING = '.index';

export function indexFolder(storage: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(storage, 'indexes');
}

/** All that are kept, the one that was used last first. */
export async function keptIndexes(storage: vscode.Uri): Promise<KeptIndex[]> {
  const folder = indexFolder(storage);
  const names = await mailboxNames(storage);
  const kept: KeptIndex[] = [];
  for (const [entry] of await entriesOf(folder)) {
    if (!entry.endsWith(ENDING)) continue;
    const file = vscode.Uri.joinPath(folder, entry);
    const mailbox = names.get(entry.slice(0, -ENDING.length));
    try {
      // The time of a file is set when it is read.
      const { size, mtime } = await vscode.workspace.fs.stat(file);
      kept.push({ file, size, used: mtime, ...(mailbox === undefined ? {} : { mailbox: vscode.Uri.parse(mailbox) }) });
    } catch {
      // It is gone.
    }
  }
  return kept.sort((one, other) => other.used - one.used);
}

/**
 * Remembers of which mailbox an index is, and removes indexes beyond the limit of the reader: those first that were not used for the longest time, and never the one that is
 * used now.
 */
export async function keepIndex(storage: vscode.Uri, name: string, mailbox: vscode.Uri): Promise<void> {
  const kept = await keptIndexes(storage);
  const limit = storageLimit();
  let bytes = 0;
  const gone = new Set<string>();
  for (const { file, size, mailbox: of } of inUse(kept, name)) {
    bytes += size;
    if (bytes <= limit || nameOf(file) === name) continue;
    try {
      await vscode.workspace.fs.delete(file);
    } catch {
      continue;
    }
    gone.add(nameOf(file));
    log().info(`removed the index of ${of?.toString(true) ?? '?'}, ${sizeOf(size)}: indexes took ${sizeOf(bytes)}`);
  }
  const names = new Map(
    kept.flatMap(({ file, mailbox: of }): [string, string][] =>
      of && !gone.has(nameOf(file)) ? [[nameOf(file), of.toString()]] : [],
    ),
  );
  if (names.get(name) === mailbox.toString() && gone.size === 0) return;
  if (kept.some(({ file }) => nameOf(file) === name)) await writeNames(storage, names.set(name, mailbox.toString()));
}

/** The one that is used now first. */
function inUse(kept: readonly KeptIndex[], name: string): KeptIndex[] {
  const isIt = ({ file }: KeptIndex): boolean => nameOf(file) === name;
  return [...kept.filter(isIt), ...kept.filter((one) => !isIt(one))];
}

function nameOf(file: vscode.Uri): string {
  return file.path.slice(file.path.lastIndexOf('/') + 1, -ENDING.length);
}

/** The names of the files say nothing; this one says of which mailbox each is. */
function namesFile(storage: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(indexFolder(storage), 'mailboxes.json');
}

async function mailboxNames(storage: vscode.Uri): Promise<Map<string, string>> {
  try {
    const kept: unknown = JSON.parse(new TextDecoder().decode(await bytesOf(namesFile(storage))));
    if (typeof kept !== 'object' || kept === null) return new Map();
    return new Map(Object.entries(kept).filter((pair): pair is [string, string] => typeof pair[1] === 'string'));
  } catch {
    return new Map();
  }
}

async function writeNames(storage: vscode.Uri, names: ReadonlyMap<string, string>): Promise<void> {
  const text = JSON.stringify(Object.fromEntries(names));
  try {
    await vscode.workspace.fs.writeFile(namesFile(storage), new TextEncoder().encode(text));
  } catch (error) {
    log().warn(`${namesFile(storage).toString(true)}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function entriesOf(folder: vscode.Uri): Promise<readonly [string, vscode.FileType][]> {
  try {
    return await vscode.workspace.fs.readDirectory(folder);
  } catch {
    return [];
  }
}
