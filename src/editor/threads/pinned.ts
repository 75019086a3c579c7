import * as vscode from 'vscode';

/** Where the mailbox that was opened by command is kept over a reload. */
const mailboxKey = 'patchgloss.mailbox';

/** The mailbox that was opened by command. */
export function pinnedMailbox(state: vscode.Memento): vscode.Uri | undefined {
  const kept = state.get<string>(mailboxKey);
  return kept === undefined ? undefined : vscode.Uri.parse(kept, true);
}

export async function pinMailbox(state: vscode.Memento, uri: vscode.Uri | undefined): Promise<void> {
  await state.update(mailboxKey, uri?.toString());
}
