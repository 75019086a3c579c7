import * as vscode from 'vscode';
import { equal, matches } from './assert.ts';
import { eventually } from './eventually.ts';

const setting = (name: string, value: unknown) =>
  vscode.workspace.getConfiguration('patchgloss').update(name, value, vscode.ConfigurationTarget.Global);

/** What is in the editor; a file that was changed on disk is shown anew after a while. */
const shown = () => vscode.window.activeTextEditor?.document.getText() ?? '';
const ids = () => [...shown().matchAll(/^Message-ID: <(.*)@example\.org>$/gm)].map(([, id]) => id).join();

describe('a thread of a server', () => {
  let folder: vscode.Uri;
  before(async () => {
    const workspace = vscode.workspace.workspaceFolders?.[0];
    if (!workspace) throw new Error('No folder is open.');
    folder = vscode.Uri.joinPath(workspace.uri, 'fetched');
    const address = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(workspace.uri, 'server.txt'));
    await vscode.workspace.fs.createDirectory(folder);
    await setting('fetch.servers', [new TextDecoder().decode(address)]);
    await setting('fetch.folder', folder.toString());
  });
  after(async () => {
    await setting('fetch.servers', undefined);
    await setting('fetch.folder', undefined);
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    await vscode.workspace.fs.delete(folder, { recursive: true });
  });

  it('is fetched into the folder that was chosen, and opens at the message', async () => {
    await vscode.commands.executeCommand('patchgloss.fetchThread', '<root@example.org>');
    const editor = vscode.window.activeTextEditor;
    equal(editor?.document.uri.toString(), vscode.Uri.joinPath(folder, 'root@example.org.mbox').toString());
    equal(editor?.document.languageId, 'mbox');
    equal(ids(), 'root,reply0');
    matches(editor?.document.lineAt(editor.selection.active.line).text, /^Message-ID: <root@/);
  });

  it('gets its new replies behind what is there', async () => {
    const before = shown();
    void vscode.commands.executeCommand('patchgloss.refreshThread');
    await eventually(ids, /^root,reply0,reply1$/);
    equal(shown().startsWith(before), true);
    equal(vscode.window.activeTextEditor?.document.isDirty, false);
  });

  it('has a command for b4, and one for git, to copy', async () => {
    void vscode.commands.executeCommand('patchgloss.copyB4Command');
    await eventually(async () => vscode.env.clipboard.readText(), /^b4 am \S+@example\.org$/);
    void vscode.commands.executeCommand('patchgloss.copyGitAmCommand');
    await eventually(async () => vscode.env.clipboard.readText(), /git am/);
  });

  it('is given up when that is asked for', async () => {
    const begun = Date.now();
    const fetching = vscode.commands.executeCommand('patchgloss.fetchThread', 'hang@example.org');
    await new Promise<void>((resolve) => setTimeout(resolve, 1500));
    await vscode.commands.executeCommand('patchgloss.cancelFetch');
    await fetching;
    equal(Date.now() - begun < 4500, true);
  });
});

describe('a search of mail', () => {
  it('lists what is found in the workspace, and leads there', async () => {
    const searching = vscode.commands.executeCommand('patchgloss.searchMail', {
      query: 'f:bo "how large"',
      server: '',
    });
    const where = () => {
      const editor = vscode.window.activeTextEditor;
      return `${editor?.document.uri.path} ${editor?.selection.active.line}`;
    };
    // The list is there after a while; its first result is chosen.
    await eventually(async () => {
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return where();
    }, /\/thread\.mbox 11$/);
    await searching;
  });
});
