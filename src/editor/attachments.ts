import * as vscode from 'vscode';
import type { Attachment, Reading } from '#features';
import { type Features, features } from './core.ts';
import { readingOf } from './documents.ts';
import { isReadingView, messageOf, sourceUri } from './reading-address.ts';
import { readFile } from './reading-sources.ts';

/** Which attachment a link asks for: part `part` of message `message` of a document, both from 0. */
interface Asked {
  uri: string;
  message: number;
  part: number;
}

/** Saves an attachment where the reader says, and only then: the one that a link names, or one of those of the mail in the editor. */
export async function saveAttachment(argument: unknown): Promise<void> {
  const rooms = await features();
  const asked = readAsked(argument) ?? (await askWhich(rooms));
  if (asked === undefined) return;
  const uri = vscode.Uri.parse(asked.uri);
  const reading = await readingBehind(uri).catch(() => undefined);
  const file = reading && rooms.attachmentFile(reading, asked.message, asked.part);
  if (file === undefined) {
    void vscode.window.showWarningMessage(vscode.l10n.t('The attachment is not there any more.'));
    return;
  }
  const { name, bytes } = file;
  if (bytes === undefined) {
    const most = rooms.LARGEST_ATTACHMENT / 1024 / 1024;
    void vscode.window.showErrorMessage(
      vscode.l10n.t('{0} is larger than {1} MB; take it out of the mail with a mail program.', name, most),
    );
    return;
  }
  await save(uri, name, bytes);
}

/** The reading of a document, from the bytes of its file where it has one: a document has lost those that its encoding could not show. */
async function readingBehind(uri: vscode.Uri): Promise<Reading | undefined> {
  const document = await vscode.workspace.openTextDocument(uri);
  const fromText = await readingOf(document);
  return fromText && ((await readFile(document, fromText))?.reading ?? fromText);
}

async function save(mail: vscode.Uri, name: string, bytes: Uint8Array): Promise<void> {
  const folder =
    mail.scheme === 'untitled' ? vscode.workspace.workspaceFolders?.[0]?.uri : vscode.Uri.joinPath(mail, '..');
  const target = await vscode.window.showSaveDialog({
    ...(folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder, name) }),
    title: vscode.l10n.t('Save the attachment {0}', name),
  });
  if (target === undefined) return;
  try {
    await vscode.workspace.fs.writeFile(target, bytes);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    void vscode.window.showErrorMessage(vscode.l10n.t('{0} could not be saved: {1}', name, reason));
  }
}

/** The arguments of a link, read as strictly as if a stranger had written them. */
function readAsked(argument: unknown): Asked | undefined {
  if (typeof argument !== 'object' || argument === null) return undefined;
  if (!('uri' in argument && 'message' in argument && 'part' in argument)) return undefined;
  const { uri, message, part } = argument;
  const counts = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;
  return typeof uri === 'string' && counts(message) && counts(part) ? { uri, message, part } : undefined;
}

/** Lets the reader choose among the attachments of the message at the cursor, or of the whole document when it has none. */
async function askWhich(rooms: Features): Promise<Asked | undefined> {
  const editor = vscode.window.activeTextEditor;
  const shown = editor?.document.uri;
  if (!editor || !shown) return undefined;
  const document = await vscode.workspace.openTextDocument(sourceUri(shown));
  const reading = await readingOf(document);
  const all = reading ? rooms.attachments(reading) : [];
  const message = isReadingView(shown)
    ? messageOf(shown)
    : reading && rooms.messageAt(reading, editor.document.offsetAt(editor.selection.active));
  const here = all.filter((one) => one.message === message);
  const choice = here.length > 0 ? here : all;
  const chosen = choice.length > 1 ? await pick(choice) : choice[0];
  if (choice.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Nothing is attached to this mail.'));
  }
  return chosen && { uri: document.uri.toString(), message: chosen.message, part: chosen.part };
}

async function pick(choice: readonly Attachment[]): Promise<Attachment | undefined> {
  const items = choice.map((one) => ({ label: one.name, description: `${one.type}, ${one.size}`, one }));
  const picked = await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t('An attachment to save') });
  return picked?.one;
}
