import * as vscode from 'vscode';
import { readWanted, rememberedFile } from '#archive/fetch';
import { readFetched } from './memory.ts';
import { fetchAndSave, sayDamage, sayFailure } from './save.ts';
import { mailOf } from './thread-of-editor.ts';

/** Asks whether the thread in the editor has new replies, and puts them behind what is there: places, notes and reading marks stay. Gives how many there are. */
export async function refreshThread(context: vscode.ExtensionContext): Promise<number | undefined> {
  const mail = await mailOf(vscode.window.activeTextEditor);
  if (!mail) return undefined;
  const { document, messageId } = mail;
  if (document.isDirty) {
    void vscode.window.showWarningMessage(
      vscode.l10n.t('The thread has changes that are not saved. Save it, then refresh it.'),
    );
    return undefined;
  }
  const before = rememberedFile(await readFetched(context), document.uri.toString());
  const wanted = readWanted(before?.url ?? `<${messageId}>`);
  if ('wrong' in wanted) {
    void vscode.window.showErrorMessage(`${wanted.wrong}.`);
    return undefined;
  }
  const saved = await fetchAndSave(context, wanted, () => document.uri);
  if (saved.state === 'failed') {
    sayFailure(saved);
    return undefined;
  }
  const added = saved.state === 'saved' ? (saved.added ?? 0) : 0;
  void vscode.window.showInformationMessage(newReplies(added));
  if (saved.state === 'saved' && saved.damage !== undefined) sayDamage(saved.damage);
  return added;
}

function newReplies(added: number): string {
  if (added === 0) return vscode.l10n.t('No new replies.');
  return added === 1 ? vscode.l10n.t('1 new reply.') : vscode.l10n.t('{0} new replies.', added);
}
