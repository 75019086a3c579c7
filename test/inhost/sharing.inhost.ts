import * as vscode from 'vscode';
import { equal, matches } from './assert.ts';
import { eventually } from './eventually.ts';

const mail = `From: Ada Ament <ada@example.org>
To: tea@lists.example.org, Ben <ben@example.org>
Subject: [PATCH] tea: warm the pot
Date: Mon, 4 Mar 2024 09:12:31 +0100
Message-ID: <sharing-1@example.org>

A cold pot cools the water, they say.
Nobody has measured it so far.
`;

const path = `---
patchgloss-path: 1
title: "How tea is made"
author: "Grace [x](command:workbench.action.quit)"
---

## 1. What nobody did

\`\`\`json place
{"type":"SpecificResource","source":"mid:sharing-1@example.org","selector":[{"type":"TextQuoteSelector","exact":"has measured","prefix":"they say.\\nNobody ","suffix":" it so far."}]}
\`\`\`

Look [here](command:workbench.action.quit).

[Open](simulator:tdmr-pamt)

**Question:** Who could?

<details><summary>Answer</summary>

Anybody.

</details>

## 2. A mail that is not here

\`\`\`json place
{"type":"SpecificResource","source":"mid:sharing-elsewhere@example.org"}
\`\`\`
`;

async function write(name: string, text: string): Promise<vscode.Uri> {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (!folder) throw new Error('No folder is open.');
  const uri = vscode.Uri.joinPath(folder.uri, name);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  return uri;
}

const shown = () => vscode.window.activeTextEditor?.document;

describe('what a reader gives to others', () => {
  after(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  it('an answer is a draft that quotes the selected lines; its command is copied, and nothing is sent', async () => {
    const editor = await vscode.window.showTextDocument(await write('sharing.eml', mail));
    editor.selection = new vscode.Selection(6, 3, 6, 9);
    await vscode.commands.executeCommand('patchgloss.replyToMessage');
    const draft = shown()?.getText() ?? '';
    equal(shown()?.isUntitled, true);
    matches(draft, /^To: Ada Ament <ada@example\.org>$/m);
    matches(draft, /^Cc: tea@lists\.example\.org, Ben <ben@example\.org>$/m);
    matches(draft, /^In-Reply-To: <sharing-1@example\.org>$/m);
    matches(
      draft,
      /\nOn Mon, 4 Mar 2024 09:12:31 \+0100, Ada Ament wrote:\n> A cold pot cools the water, they say\.\n\n/,
    );
    equal(draft.includes('Nobody has measured'), false);

    // Behind the text a signature may stand, where git knows who writes.
    const long = draft.replace('they say.\n\n', (quote) => `${quote}${'word '.repeat(20).trim()}\n`);
    const file = await write('answer.eml', long);
    await vscode.window.showTextDocument(file);
    const said = () =>
      vscode.languages
        .getDiagnostics(file)
        .map(({ code }) => String(code))
        .join(' ');
    await eventually(said, /reply-line-columns/);
    await vscode.commands.executeCommand('patchgloss.copySendEmailCommand');
    const copied = await vscode.env.clipboard.readText();
    // Where the window has no clipboard, nothing comes back.
    if (copied !== '')
      matches(copied, /^git send-email --in-reply-to=sharing-1@example\.org --to=ada@example\.org .*answer\.eml$/);
  });

  it('a path shows its stops in the mail, and says where one is that is not here', async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await write('sharing.eml', mail);
    const file = await write('tea.patchgloss-path.md', path);
    await vscode.commands.executeCommand('patchgloss.walkReadingPath', file);
    matches(shown()?.uri.path, /sharing\.eml$/);
    const selection = vscode.window.activeTextEditor?.selection;
    equal(selection && shown()?.getText(selection), 'has measured');
    await vscode.commands.executeCommand('patchgloss.path.showAnswer');
    await vscode.commands.executeCommand('patchgloss.path.next');
    matches(shown()?.uri.path, /sharing\.eml$/);
    await vscode.commands.executeCommand('patchgloss.path.end');
  });
});
