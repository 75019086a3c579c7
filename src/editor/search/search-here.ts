import * as vscode from 'vscode';
import { type FoundMessage, isFound, type Query } from '#archive/search';
import { type Features, features } from '../core.ts';
import { isOurs, readingOf } from '../documents.ts';
import { chosenFolder } from '../fetch/settings.ts';

/** A message in a document, and where it begins there. */
export type FoundHere = FoundMessage & { offset: number };

/** So many files are looked through, and of so many bytes each at most: documents of 50 MB and more do not open. */
const MOST_FILES = 500;
const MOST_BYTES = 50 * 2 ** 20;
/** How long the editor waits for us at most, in milliseconds. */
const SLICE = 20;

/** Searches mail that is open, that lies in the workspace, and that was fetched. */
export async function searchHere(query: Query): Promise<FoundHere[]> {
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: vscode.l10n.t('Searching mail'),
    cancellable: true,
  };
  return vscode.window.withProgress(options, async (progress, token) => {
    const rooms = await features();
    const found: FoundHere[] = [];
    for (const uri of await mailFiles()) {
      if (token.isCancellationRequested) break;
      progress.report({ message: uri.path.slice(uri.path.lastIndexOf('/') + 1) });
      await searchFile(uri, query, rooms, token, found);
    }
    return found;
  });
}

/** Open documents first; each file once. */
async function mailFiles(): Promise<vscode.Uri[]> {
  const uris = new Map<string, vscode.Uri>();
  for (const document of vscode.workspace.textDocuments) {
    if (await isOurs(document)) uris.set(document.uri.toString(), document.uri);
  }
  const names = '**/*.{mbox,mbx,eml}';
  const folder = chosenFolder();
  const patterns = [names, ...(folder ? [new vscode.RelativePattern(folder, names)] : [])];
  for (const pattern of patterns) {
    for (const uri of await vscode.workspace.findFiles(pattern, undefined, MOST_FILES)) uris.set(uri.toString(), uri);
  }
  return [...uris.values()].slice(0, MOST_FILES);
}

async function searchFile(
  uri: vscode.Uri,
  query: Query,
  rooms: Features,
  token: vscode.CancellationToken,
  found: FoundHere[],
): Promise<void> {
  const reading = await readingAt(uri, rooms);
  let begun = Date.now();
  for (let index = 0; reading && index < reading.messages && !token.isCancellationRequested; index++) {
    const message = rooms.searchable(reading, index);
    if (message && isFound(query, message)) {
      const { id, subject, author, date, start } = message;
      const place = { file: uri.toString(), index, offset: start };
      found.push({ messageId: id, subject, author, ...place, ...(date === undefined ? {} : { date }) });
    }
    if (Date.now() - begun < SLICE) continue;
    await new Promise<void>((resolve) => setTimeout(resolve));
    begun = Date.now();
  }
}

/** The reading of an open document, or of the text of a file; absent where it cannot be read. */
async function readingAt(uri: vscode.Uri, rooms: Features): Promise<ReturnType<Features['readText']> | undefined> {
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  if (open) return readingOf(open);
  try {
    if ((await vscode.workspace.fs.stat(uri)).size > MOST_BYTES) return undefined;
    // As the editor will show it: offsets are those of its document.
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
    return rooms.readText(text);
  } catch {
    return undefined;
  }
}
