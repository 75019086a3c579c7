import * as vscode from 'vscode';
import { equal, matches } from './assert.ts';
import { eventually } from './eventually.ts';

const mail = `From: Ada Ament <ada@example.org>
Subject: Notes
Message-ID: <notes@example.org>

First line of the mail.
The second line is the one to note.
A third line.
`;

function here(name: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (!folder) throw new Error('No folder is open.');
  return vscode.Uri.joinPath(folder.uri, name);
}

async function stored(): Promise<{ uri: vscode.Uri; page: { items: { id: string; body: { value: string }[] }[] } }[]> {
  const folder = here('.patchgloss/annotations');
  const names = (await vscode.workspace.fs.readDirectory(folder)).map(([name]) => name);
  return Promise.all(
    names.map(async (name) => {
      const uri = vscode.Uri.joinPath(folder, name);
      return { uri, page: JSON.parse(new TextDecoder().decode(await vscode.workspace.fs.readFile(uri))) };
    }),
  );
}

async function hoverOn(uri: vscode.Uri, line: number): Promise<string> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    uri,
    new vscode.Position(line, 4),
  );
  return hovers
    .flatMap(({ contents }) => contents)
    .map((content) => (typeof content === 'string' ? content : content.value))
    .join('\n');
}

/** Writes a file until the host's own watcher tells of it, some seconds at most. */
async function seenFromOutside(uri: vscode.Uri, text: string): Promise<boolean> {
  let seen = false;
  const watcher = vscode.workspace.createFileSystemWatcher('**/.patchgloss/annotations/*.jsonld');
  const listening = watcher.onDidChange(() => {
    seen = true;
  });
  for (let tries = 0; tries < 25 && !seen; tries++) {
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
    await new Promise<void>((resolve) => setTimeout(resolve, 200));
  }
  listening.dispose();
  watcher.dispose();
  return seen;
}

describe('a margin note', () => {
  const uri = () => here('noted.eml');
  let threads: vscode.CommentController;

  before(async () => {
    await vscode.workspace.fs.writeFile(uri(), new TextEncoder().encode(mail));
    await vscode.window.showTextDocument(uri());
    threads = vscode.comments.createCommentController('test', 'test');
  });
  after(async () => {
    threads.dispose();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.workspace.fs.delete(here('.patchgloss'), { recursive: true });
  });

  it('is kept in the workspace as a W3C annotation, in one piece', async () => {
    const thread = threads.createCommentThread(uri(), new vscode.Range(5, 0, 5, 10), []);
    await vscode.commands.executeCommand('patchgloss.note.save', { thread, text: 'Is **this** so? [x](command:x)' });
    const [file, ...more] = await stored();
    equal(more.length, 0);
    equal(file?.page.items[0]?.body[0]?.value, 'Is **this** so? [x](command:x)');
    equal(thread.comments.length, 1);
  });

  it('shows in the hover of its place, as the text it is', async () => {
    const hover = await hoverOn(uri(), 5);
    matches(hover, /Your\S*note/);
    matches(hover, /\\\*\\\*this/);
    equal(/(?<!\\)\]\(command:/.test(hover), false);
  });

  it('follows a change of its file from outside, and keeps what was there', async () => {
    const [file] = await stored();
    if (file === undefined) throw new Error('No file was written.');
    const [item] = file.page.items;
    if (item?.body[0] === undefined) throw new Error('No note was written.');
    item.body[0].value = 'Changed outside.';
    if (!(await seenFromOutside(file.uri, JSON.stringify(file.page)))) {
      // A host out of watchers: the mail is looked at when it comes to the front again.
      await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content: 'beside it' }));
      await vscode.window.showTextDocument(uri());
    }
    await eventually(() => hoverOn(uri(), 5), /Changed/);
  });

  it('stands beside what another note in the same file says', async () => {
    const thread = threads.createCommentThread(uri(), new vscode.Range(6, 0, 6, 3), []);
    await vscode.commands.executeCommand('patchgloss.note.save', { thread, text: 'A second note.' });
    const [file] = await stored();
    equal(file?.page.items.length, 2);
    matches(JSON.stringify(file?.page), /Changed outside/);
  });

  it('a damaged file is left as it is, and the note goes to a file beside it', async () => {
    const [file] = await stored();
    if (file === undefined) throw new Error('No file was written.');
    await vscode.workspace.fs.writeFile(file.uri, new TextEncoder().encode('{ "half": '));
    const thread = threads.createCommentThread(uri(), new vscode.Range(4, 0, 4, 10), []);
    await vscode.commands.executeCommand('patchgloss.note.save', { thread, text: 'A third note.' });
    equal(new TextDecoder().decode(await vscode.workspace.fs.readFile(file.uri)), '{ "half": ');
    const folder = here('.patchgloss/annotations');
    const names = (await vscode.workspace.fs.readDirectory(folder)).map(([name]) => name).sort();
    equal(names.length, 2);
    equal(
      names.every((name) => name.endsWith('.jsonld')),
      true,
    );
    await eventually(() => hoverOn(uri(), 4), /third/);
  });
});
