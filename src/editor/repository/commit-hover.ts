import * as vscode from 'vscode';
import { ask } from '../documents.ts';
import { rangeOf } from '../ranges.ts';

/** What is used of the built-in Git extension; anything of it may be missing. */
interface GitExtension {
  getAPI?(version: 1): { repositories?: readonly { getCommit?(hash: string): Promise<KnownCommit> }[] };
}

interface KnownCommit {
  hash?: string;
  message?: string;
  authorName?: string;
  authorDate?: Date;
}

/** Subject, author and date of a commit that the text names, where a repository that is open in the editor has it. */
export async function provideCommitHover(
  document: vscode.TextDocument,
  position: vscode.Position,
  token: vscode.CancellationToken,
): Promise<vscode.Hover | undefined> {
  const named = await ask(document, token, ({ commitAt }, reading) => commitAt(reading, document.offsetAt(position)));
  if (!named) return undefined;
  for (const { getCommit } of repositories()) {
    const commit = await getCommit?.(named.hash).catch(() => undefined);
    if (token.isCancellationRequested) return undefined;
    if (commit?.message !== undefined) return new vscode.Hover(commitText(commit), rangeOf(document, named.place));
  }
  return undefined;
}

/** Those of the Git extension, if it runs already: nothing is started for a hover. */
function repositories() {
  const extension = vscode.extensions.getExtension<GitExtension>('vscode.git');
  const found = extension?.isActive ? extension.exports.getAPI?.(1).repositories : undefined;
  return (found ?? []).map((repository) => ({ getCommit: repository.getCommit?.bind(repository) }));
}

/** The words of the commit are shown as text. */
function commitText({ message = '', authorName, authorDate }: KnownCommit): vscode.MarkdownString {
  const made = new vscode.MarkdownString();
  made.isTrusted = false;
  made.supportHtml = false;
  const [subject = ''] = message.split('\n');
  const told = [authorName, authorDate?.toISOString().slice(0, 10)].filter((one) => one !== undefined);
  return made.appendText(told.length === 0 ? subject : `${subject}\n${told.join(', ')}`);
}
