import * as vscode from 'vscode';
import type { Annotation } from '#annotations';
import { labelOf } from '../annotations/target.ts';
import { isVersion } from '../argument/version-address.ts';
import { features } from '../core.ts';
import { isOurs, readingOf } from '../documents.ts';
import { rangeOf } from '../ranges.ts';

/** A stop where it was found. */
export interface StopPlace {
  document: vscode.TextDocument;
  range: vscode.Range;
}

const mailFiles = '**/*.{mbox,mbx,eml}';
/** So many files of the workspace are looked into for a message, each of at most so many bytes. */
const mostFiles = 300;
const mostBytes = 8 * 2 ** 20;

/**
 * Finds a stop in the mails that are open, those on the screen first, then in mail files of the workspace and beside the path that name its message. Only
 * local files are read; the other answer is why it was not found.
 */
export async function findStop(
  note: Annotation,
  messageId: string | undefined,
  path: vscode.Uri | undefined,
): Promise<StopPlace | string> {
  let why = vscode.l10n.t('No mail is open.');
  const shown = new Set(vscode.window.visibleTextEditors.map(({ document }) => document));
  const open = vscode.workspace.textDocuments.filter(({ uri }) => !isVersion(uri));
  for (const document of [...shown, ...open.filter((one) => !shown.has(one))]) {
    const found = await placeIn(document, note);
    if (typeof found !== 'string') return found;
    why = found === '' ? why : found;
  }
  if (messageId === undefined) return why;
  for (const uri of await namingFiles(messageId, path)) {
    const found = await placeIn(await vscode.workspace.openTextDocument(uri), note);
    if (typeof found !== 'string') return found;
    why = found === '' ? why : found;
  }
  return why;
}

/** Empty words for what is no mail. */
async function placeIn(document: vscode.TextDocument, note: Annotation): Promise<StopPlace | string> {
  const reading = (await isOurs(document)) ? await readingOf(document) : undefined;
  if (!reading || document.isClosed) return '';
  const { placeAnnotations } = await features();
  const [found] = placeAnnotations(reading, [note], labelOf(document));
  if (found?.place) return { document, range: rangeOf(document, found.place) };
  return found && found.placing.state !== 'placed' ? found.placing.reason : '';
}

/** Mail files in which a Message-ID is written. */
async function namingFiles(messageId: string, path: vscode.Uri | undefined): Promise<vscode.Uri[]> {
  const found = await vscode.workspace.findFiles(mailFiles, undefined, mostFiles);
  const all = new Map([...(await besides(path)), ...found].map((uri) => [uri.toString(), uri]));
  const open = new Set(vscode.workspace.textDocuments.map(({ uri }) => uri.toString()));
  const naming: vscode.Uri[] = [];
  for (const [key, uri] of [...all].slice(0, mostFiles)) {
    if (open.has(key)) continue;
    try {
      if ((await vscode.workspace.fs.stat(uri)).size > mostBytes) continue;
      const text = new TextDecoder('latin1').decode(await vscode.workspace.fs.readFile(uri));
      if (text.includes(`<${messageId}>`)) naming.push(uri);
    } catch {
      // It is not there any more, or may not be read: another one may have the message.
    }
  }
  return naming;
}

async function besides(path: vscode.Uri | undefined): Promise<vscode.Uri[]> {
  if (path === undefined || path.scheme === 'untitled') return [];
  const folder = vscode.Uri.joinPath(path, '..');
  try {
    const entries = await vscode.workspace.fs.readDirectory(folder);
    const mails = entries.filter(([name, type]) => type === vscode.FileType.File && /\.(?:mbox|mbx|eml)$/i.test(name));
    return mails.map(([name]) => vscode.Uri.joinPath(folder, name));
  } catch {
    return [];
  }
}
