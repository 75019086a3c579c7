import * as vscode from 'vscode';
import { equal, matches } from './assert.ts';

/** The second message is in base64, and its text has a letter that the editor would lose in Latin-1. */
const encoded = `From a@example.org Mon Jan  8 10:00:00 2024
From: Ada Ament <a@example.org>
Subject: One
Message-ID: <one@example.org>

The first one.

From b@example.org Mon Jan  8 11:00:00 2024
From: Bo Birk <b@example.org>
Subject: Re: One
Message-ID: <two@example.org>
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: base64

VGhlIFREWCBtb2R1bGUgbmVlZHMgUEFNVCBmb3IgZXZlcnkgVERNUi4KR3LDvMOfZSwKQm8K
`;

/** A page of an archive with the comments of the program that made it. */
const page = `<!-- MHonArc v2.6.19 -->
<!--X-Subject: Re: One -->
<!--X-Message-Id: three@example.org -->
<!--X-Head-End-->
<html><body><h1>Re: One</h1><ul><li><em>From</em>: Ada Ament &lt;<a href="x">a@example.org</a>&gt;</li></ul>
<!--X-Body-of-Message-->
<pre>Bo Birk wrote:
&gt; a &lt; b
Yes.
</pre>
<!--X-Body-of-Message-End-->
</body></html>
`;

/** A Latin-1 letter, written as the one byte it is. */
function latin1(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

function fileHere(name: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (!folder) throw new Error('No folder is open.');
  return vscode.Uri.joinPath(folder.uri, name);
}

async function openView(uri: vscode.Uri, line: number): Promise<vscode.TextEditor> {
  const source = await vscode.window.showTextDocument(uri);
  source.selection = new vscode.Selection(line, 0, line, 0);
  await vscode.commands.executeCommand('patchgloss.openReadingView');
  const editor = vscode.window.activeTextEditor;
  if (editor?.document.uri.scheme !== 'patchgloss') throw new Error('The reading view did not open.');
  return editor;
}

describe('the reading view', () => {
  after(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  it('shows a message decoded, with a short header', async () => {
    const uri = fileHere('encoded.mbox');
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(encoded));
    const { document } = await openView(uri, 13);
    equal(document.languageId, 'eml');
    matches(document.getText(), /^From: Bo Birk.*\n(.*\n)*Subject: Re: One\n/);
    matches(document.getText(), /^The TDX module needs PAMT for every TDMR\.\nGrüße,\nBo$/m);
    equal(document.getText().includes('base64'), false);
    matches(document.uri.path, /Re: One\.eml$/);
  });

  it('shows the mail of a page that was saved as HTML', async () => {
    const uri = fileHere('page.html');
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(page));
    const { document } = await openView(uri, 0);
    matches(document.getText(), /^From: Ada Ament <a@example.org>\n(.*\n)*Subject: Re: One\n/);
    matches(document.getText(), /^> a < b$/m);
    equal(document.getText().includes('<pre'), false);
  });

  it('is a file that cannot be written, so that the editor opens it again after a reload', async () => {
    const { document } = await openView(fileHere('encoded.mbox'), 13);
    const { permissions, size } = await vscode.workspace.fs.stat(document.uri);
    equal(permissions, vscode.FilePermission.Readonly);
    equal(size > document.getText().length, true);
    equal(document.getText().startsWith('From: Bo'), true);
    const writing = vscode.workspace.fs.writeFile(document.uri, new Uint8Array());
    equal(
      await Promise.resolve(writing).then(
        () => 'written',
        () => 'refused',
      ),
      'refused',
    );
  });

  it('explains terms as in the mail itself', async () => {
    const { document } = await openView(fileHere('encoded.mbox'), 13);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      document.positionAt(document.getText().indexOf('PAMT') + 1),
    );
    const content = hovers[0]?.contents[0];
    matches(content instanceof vscode.MarkdownString ? content.value : '', /Physical Address Metadata Table/);
  });

  it('leads each line back to the mail', async () => {
    const uri = fileHere('encoded.mbox');
    const view = await openView(uri, 13);
    const line = view.document.getText().split('\n').indexOf('Bo');
    view.selection = new vscode.Selection(line, 0, line, 0);
    const targets = await vscode.commands.executeCommand<vscode.LocationLink[]>(
      'vscode.executeDefinitionProvider',
      view.document.uri,
      new vscode.Position(line, 0),
    );
    equal(targets[0]?.targetUri.toString(), uri.toString());
    await vscode.commands.executeCommand('patchgloss.goToSourceLine');
    const editor = vscode.window.activeTextEditor;
    equal(editor?.document.uri.toString(), uri.toString());
    matches(editor?.document.lineAt(editor.selection.active.line).text, /^VGhl/);
  });

  it('is made from the bytes, where the editor lost some', async () => {
    const uri = fileHere('latin.eml');
    const mail =
      'From: Ada <a@example.org>\nSubject: Umlaut\nContent-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: 8bit\n\nGr\u00fc\u00dfe\n';
    await vscode.workspace.fs.writeFile(uri, latin1(mail));
    const { document } = await openView(uri, 5);
    const raw = await vscode.workspace.openTextDocument(uri);
    equal(raw.getText().includes('Grüße'), false);
    matches(document.getText(), /^Grüße$/m);
  });

  it('follows the edits of its source', async () => {
    const source = await vscode.workspace.openTextDocument({
      content: 'From: Ada <a@example.org>\nSubject: S\n\nold\n',
      language: 'eml',
    });
    const editor = await vscode.window.showTextDocument(source);
    await vscode.commands.executeCommand('patchgloss.openReadingView');
    const view = vscode.window.activeTextEditor?.document;
    matches(view?.getText(), /old/);
    const changed = new Promise<string>((resolve) => {
      const listener = vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (document !== view) return;
        listener.dispose();
        resolve(document.getText());
      });
    });
    const edit = new vscode.WorkspaceEdit();
    edit.replace(editor.document.uri, new vscode.Range(3, 0, 3, 3), 'new');
    await vscode.workspace.applyEdit(edit);
    matches(await changed, /new/);
  });
});
