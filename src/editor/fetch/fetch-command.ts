import * as vscode from 'vscode';
import { isMessageId, messageAddress, readWanted, threadFileName } from '#archive/fetch';
import { messageIdAt } from './message-id.ts';
import { type Askable, fetchAndSave, sayDamage, sayFailure } from './save.ts';
import { folderForThreads, servers } from './settings.ts';
import { warnWhenLarge } from './stored-data.ts';

/** Fetches the thread that the reader names, or that a link of ours names, and opens it. */
export async function fetchThread(context: vscode.ExtensionContext, asked: unknown): Promise<void> {
  const text = typeof asked === 'string' ? asked : await askWhat();
  if (text === undefined) return;
  const wanted = readWanted(text);
  if ('wrong' in wanted) {
    void vscode.window.showErrorMessage(`${wanted.wrong}.`);
    return;
  }
  const folder = await folderForThreads();
  if (folder) await fetchInto(context, folder, wanted);
}

function askWhat(): Thenable<string | undefined> {
  const here = messageIdAt(vscode.window.activeTextEditor);
  return vscode.window.showInputBox({
    title: vscode.l10n.t('Fetch a thread'),
    prompt: vscode.l10n.t(
      'A Message-ID, or the address of a message at a public-inbox server or at Patchwork. Servers: {0}',
      servers().join(', '),
    ),
    placeHolder: 'https://lore.kernel.org/all/...',
    ...(here === undefined ? {} : { value: here }),
    validateInput(text) {
      const wanted = readWanted(text);
      return text.trim() !== '' && 'wrong' in wanted ? wanted.wrong : undefined;
    },
  });
}

async function fetchInto(context: vscode.ExtensionContext, folder: vscode.Uri, wanted: Askable): Promise<void> {
  const saved = await fetchAndSave(context, wanted, (messageId) =>
    vscode.Uri.joinPath(folder, threadFileName(messageId)),
  );
  if (saved.state === 'failed') return sayFailure(saved);
  await showMessage(saved.file, saved.messageId);
  if (saved.state === 'saved' && saved.damage !== undefined) sayDamage(saved.damage);
  void warnWhenLarge(context);
}

/** Opens a thread at the message that was asked for. */
async function showMessage(file: vscode.Uri, messageId: string): Promise<void> {
  const document = await vscode.workspace.openTextDocument(file);
  const editor = await vscode.window.showTextDocument(document, { preview: false });
  const place = placeOfMessage(document, messageId);
  if (!place) return;
  editor.selection = new vscode.Selection(place, place);
  editor.revealRange(new vscode.Range(place, place), vscode.TextEditorRevealType.InCenter);
}

/** Where the header of a message says its id. */
function placeOfMessage(document: vscode.TextDocument, messageId: string): vscode.Position | undefined {
  const text = document.getText();
  const written = `<${messageId}>`;
  for (let at = text.indexOf(written); at !== -1; at = text.indexOf(written, at + 1)) {
    const place = document.positionAt(at);
    if (/^message-id:/i.test(document.lineAt(place.line).text)) return place;
  }
  return undefined;
}

/** Offers to fetch a message that a mail names and the thread does not have, or to show it in the browser. */
export async function openMessage(context: vscode.ExtensionContext, asked: unknown): Promise<void> {
  if (typeof asked !== 'string' || !isMessageId(asked)) return;
  const fetchIt = vscode.l10n.t('Fetch Thread');
  const browse = vscode.l10n.t('Open in Browser');
  const [server = ''] = servers();
  const answer = await vscode.window.showInformationMessage(
    vscode.l10n.t('The message {0} is not in this thread.', asked),
    fetchIt,
    browse,
  );
  if (answer === fetchIt) await fetchThread(context, `<${asked}>`);
  if (answer === browse) await vscode.env.openExternal(vscode.Uri.parse(messageAddress(server, asked), true));
}
