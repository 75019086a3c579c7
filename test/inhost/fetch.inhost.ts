import * as vscode from 'vscode';
import { equal, matches } from './assert.ts';
import { eventually } from './eventually.ts';
import { shownView } from './shown-view.ts';

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
    await vscode.commands.executeCommand('patchgloss.threads.clearSearch');
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    await vscode.workspace.fs.delete(folder, { recursive: true });
    await vscode.workspace.fs.delete(vscode.Uri.joinPath(folder, '../.patchgloss'), { recursive: true });
  });

  it('is fetched into the folder that was chosen, and opens at the message', async () => {
    await vscode.commands.executeCommand('patchgloss.fetchThread', '<root@example.org>');
    const editor = vscode.window.activeTextEditor;
    equal(editor?.document.uri.toString(), vscode.Uri.joinPath(folder, 'root@example.org.mbox').toString());
    equal(editor?.document.languageId, 'mbox');
    equal(ids(), 'root,reply0');
    matches(editor?.document.lineAt(editor.selection.active.line).text, /^Message-ID: <root@/);
  });

  it('gets its new replies behind what is there, and keeps what is read and what is noted', async () => {
    const before = shown();
    const editor = vscode.window.activeTextEditor;
    if (!editor) throw new Error('No thread is open.');
    const { uri } = editor.document;
    const threads = vscode.comments.createCommentController('fetch', 'fetch');
    const line = before.split('\n').indexOf('Said by reply0.');
    const thread = threads.createCommentThread(uri, new vscode.Range(line, 0, line, 7), []);
    await vscode.commands.executeCommand('patchgloss.note.save', { thread, text: 'Noted before.' });
    threads.dispose();
    await vscode.commands.executeCommand('patchgloss.openMailbox', uri);
    for (const message of [0, 1])
      await vscode.commands.executeCommand('patchgloss.threads.markRead', { kind: 'message', thread: 0, message });
    await vscode.window.showTextDocument(uri);
    equal(await vscode.commands.executeCommand('patchgloss.refreshThread'), 1);
    await eventually(ids, /^root,reply0,reply1$/);
    equal(shown().startsWith(before), true);
    equal(vscode.window.activeTextEditor?.document.isDirty, false);
    await eventually(async () => {
      const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
        'vscode.executeHoverProvider',
        uri,
        new vscode.Position(line, 2),
      );
      return hovers
        .flatMap(({ contents }) => contents.map((one) => (typeof one === 'string' ? one : one.value)))
        .join();
    }, /Noted(?: |&nbsp;)before\./);
    await vscode.commands.executeCommand('patchgloss.openMailbox', uri);
    await vscode.commands.executeCommand('patchgloss.threads.nextUnread');
    const views = vscode.window.visibleTextEditors.map(({ document }) => document.getText());
    equal(views.filter((text) => /^Message-ID: <reply1@/m.test(text) && !text.includes('Said by root')).length, 1);
    await vscode.commands.executeCommand('patchgloss.threads.closeMailbox');
    await vscode.window.showTextDocument(uri, { preview: false });
  });

  it('has a command for b4, and one for git, to copy', async () => {
    void vscode.commands.executeCommand('patchgloss.copyB4Command');
    await eventually(async () => vscode.env.clipboard.readText(), /^b4 am \S+@example\.org$/);
    void vscode.commands.executeCommand('patchgloss.copyGitAmCommand');
    await eventually(async () => vscode.env.clipboard.readText(), /git am/);
  });

  it('is found by the search of the server, and fetched from what was found', async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    const [server] = vscode.workspace.getConfiguration('patchgloss').get<string[]>('fetch.servers') ?? [];
    await vscode.commands.executeCommand('patchgloss.searchMail', { query: 'valve', server });
    await vscode.commands.executeCommand('patchgloss.threads.nextUnread');
    equal(vscode.window.activeTextEditor, undefined);
    await vscode.commands.executeCommand('patchgloss.threads.open', { kind: 'thread', thread: 0 });
    matches(vscode.window.activeTextEditor?.document.uri.path, /root@example\.org\.mbox$/);
    matches(ids(), /^root,reply0/);
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

/** Goes through what is not read of what the Threads view shows, and gives the Message-ID of each. */
async function idsShown(): Promise<string[]> {
  const found: string[] = [];
  for (;;) {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.commands.executeCommand('patchgloss.threads.nextUnread');
    const [, id] = /^Message-ID: <(.*)>$/m.exec(shownView()?.getText() ?? '') ?? [];
    if (id === undefined || found.length > 20) return found.sort();
    found.push(id);
  }
}

describe('a search of mail', () => {
  before(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));
  after(() => vscode.commands.executeCommand('patchgloss.threads.clearSearch'));

  it('shows what is found in the workspace as threads that are read', async () => {
    await vscode.commands.executeCommand('patchgloss.searchMail', { query: 'f:bo "how large"', server: '' });
    await vscode.commands.executeCommand('patchgloss.threads.open', { kind: 'thread', thread: 0 });
    const view = shownView();
    matches(view?.uri.toString(true), /^patchgloss:\/\/reading\/1\/.*\/thread\.mbox$/);
    matches(view?.getText(), /^How large is the PAMT\?$/m);
  });

  it('shows the same messages as notmuch itself finds', async function () {
    const workspace = vscode.workspace.workspaceFolders?.[0];
    if (!workspace) throw new Error('No folder is open.');
    const file = vscode.Uri.joinPath(workspace.uri, 'notmuch.txt');
    const said = await Promise.resolve(vscode.workspace.fs.readFile(file)).catch(() => undefined);
    if (!said) return this.skip();
    const ids = new TextDecoder().decode(said).trim().split('\n');
    await vscode.commands.executeCommand('patchgloss.searchMail', { query: 's:lever', program: 'notmuch' });
    equal((await idsShown()).map((id) => `id:${id}`).join(), ids.sort().join());
    equal(ids.length, 2);
  });
});
