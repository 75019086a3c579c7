import * as vscode from 'vscode';
import type { Pack } from '#concepts';
import { isId } from '#webview';

/** Packs, and what could not be read of them, in words. */
export interface PacksRead {
  packs: readonly Pack[];
  problems: readonly string[];
}

/** Each file is read once: it came with the extension and does not change. */
const files = new Map<string, Promise<Pack>>();

/** The packs that `patchgloss.notes.packs` names, in its order. The setting's default names all there are. */
export async function builtInPacks(): Promise<PacksRead> {
  const wanted = vscode.workspace.getConfiguration('patchgloss').get<unknown>('notes.packs');
  const packs: Pack[] = [];
  const problems: string[] = [];
  for (const id of new Set(Array.isArray(wanted) ? wanted : [])) {
    try {
      if (!isId(id)) throw new TypeError('no id');
      packs.push(await packOf(id));
    } catch {
      problems.push(
        vscode.l10n.t('There is no note pack {0}. Look at the setting patchgloss.notes.packs.', String(id)),
      );
    }
  }
  return { packs, problems };
}

function packOf(id: string): Promise<Pack> {
  const known = files.get(id) ?? readPackFile(id);
  files.set(id, known);
  return known;
}

async function readPackFile(id: string): Promise<Pack> {
  const extension = vscode.extensions.getExtension('patchgloss.patchgloss');
  if (!extension) throw new Error('The extension is not there.');
  const file = vscode.Uri.joinPath(extension.extensionUri, 'dist', 'packs', `${id}.json`);
  return JSON.parse(new TextDecoder().decode(await vscode.workspace.fs.readFile(file)));
}
