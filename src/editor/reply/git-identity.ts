import * as vscode from 'vscode';
import type { Answerer } from '#features/sharing';
import { reading as readingRoom } from '../core.ts';

/** What is used of the built-in Git extension; anything of it may be missing. */
interface GitExtension {
  getAPI?(version: 1): { repositories?: readonly Repository[] };
}

interface Repository {
  getConfig?(key: string): Promise<string>;
  getGlobalConfig?(key: string): Promise<string>;
}

/** Who the reader is: by the setting for the name on notes, and by what git was told. Nothing is asked where git may not run. */
export async function readerIdentity(): Promise<Answerer> {
  const [own] = await ownName();
  const [name, address, from, signature] = await Promise.all(
    ['user.name', 'user.email', 'sendemail.from', 'format.signature'].map(gitSetting),
  );
  const { addressesOf } = await readingRoom();
  const [sender] = addressesOf(from ?? '');
  const [spoken, written] = [own?.name ?? name, own?.address ?? address];
  const others = [own?.address, address, sender?.address].filter((one) => one !== undefined);
  return {
    others,
    ...(spoken === undefined ? {} : { name: spoken }),
    ...(written === undefined ? {} : { address: written }),
    ...(signature === undefined ? {} : { signature }),
  };
}

/** The setting may hold a name, or `Ada Example <ada@example.org>`. */
async function ownName() {
  const text = vscode.workspace
    .getConfiguration('patchgloss')
    .get<string>('annotations.author', '')
    .trim()
    .slice(0, 200);
  return text === '' ? [] : (await readingRoom()).addressesOf(text);
}

async function gitSetting(key: string): Promise<string | undefined> {
  const extension = vscode.extensions.getExtension<GitExtension>('vscode.git');
  const [repository] = (extension?.isActive && extension.exports.getAPI?.(1).repositories) || [];
  for (const ask of [repository?.getConfig, repository?.getGlobalConfig]) {
    const value = await ask?.call(repository, key).catch(() => '');
    if (value !== undefined && value.trim() !== '') return value.trim();
  }
  return undefined;
}
