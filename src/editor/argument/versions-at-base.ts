import * as vscode from 'vscode';
import { inRepository } from '#editor/repository';
import type { AppliedVersions, ComparedVersions } from '#features';
import { features } from '../core.ts';
import { log } from '../log.ts';
import { appliedAddress } from './version-address.ts';

/** Texts that are kept for the editors that show them; the oldest are forgotten. */
const mostTexts = 1000;

const texts = new Map<number, string>();
let last = 0;

/** A file after a patch, while it is kept. */
export function appliedText(uri: vscode.Uri): string | undefined {
  return texts.get(Number(uri.query));
}

/** A file of the base with one version applied, and with the other. */
export interface AppliedPair {
  path: string;
  old?: vscode.Uri;
  now?: vscode.Uri;
}

/** Whether it is worth while to ask the repositories that are open: git may run there, and the patches say what they were made from. */
export async function mayHaveBase({ before, after }: ComparedVersions): Promise<boolean> {
  if (!inRepository || !vscode.workspace.isTrusted) return false;
  const { namesBase } = await features();
  return namesBase(after) || namesBase(before);
}

/**
 * The real files of two versions, made in a scratch index of a repository that is open. Absent where none has the base, and where one of the versions does not apply:
 * then the patches themselves are compared.
 */
export async function versionsAtBase(
  { before, after }: ComparedVersions,
  token: vscode.CancellationToken,
): Promise<{ base?: string; files: AppliedPair[] } | undefined> {
  if (!inRepository) return undefined;
  const { appliedVersions } = await features();
  const abort = new AbortController();
  token.onCancellationRequested(() => abort.abort());
  for (const { uri } of vscode.workspace.workspaceFolders ?? []) {
    if (uri.scheme !== 'file' || token.isCancellationRequested) continue;
    try {
      const found = await inRepository(uri.fsPath, (git) => appliedVersions(before, after, git), abort.signal);
      if (found) return { files: found.files.map(pairOf), ...(found.base === undefined ? {} : { base: found.base }) };
    } catch (error) {
      // Mostly a folder that is in no repository.
      log().info(`${uri.fsPath}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return undefined;
}

function pairOf({ path, before, after }: AppliedVersions['files'][number]): AppliedPair {
  return {
    path,
    ...(before === undefined ? {} : { old: kept(before, path) }),
    ...(after === undefined ? {} : { now: kept(after, path) }),
  };
}

function kept(text: string, path: string): vscode.Uri {
  texts.set(++last, text);
  texts.delete(last - mostTexts);
  return appliedAddress(last, path);
}
