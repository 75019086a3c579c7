import * as vscode from 'vscode';

/** Units of a header that names two hundred readers. */
const mostUnits = 16_000;

/**
 * Whether a document is the draft of a mail, by its first lines: it says whom it goes to and what it is about, and was never sent. Cheap, for it is asked of
 * every mail that is shown.
 */
export function isDraft(document: vscode.TextDocument): boolean {
  if (document.languageId !== 'eml' || document.uri.scheme === 'patchgloss') return false;
  const start = document.getText(new vscode.Range(new vscode.Position(0, 0), document.positionAt(mostUnits)));
  const [head = ''] = start.split(/\r?\n\r?\n/, 1);
  if (!/^Subject:/im.test(head) || !/^(?:To|In-Reply-To):/im.test(head)) return false;
  return !/^(?:From |Date:|Message-ID:|Received:)/im.test(head);
}
