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

async function stored(
  name = '.patchgloss/annotations',
): Promise<{ uri: vscode.Uri; page: { items: { id: string; body: { value: string }[] }[] } }[]> {
  const folder = here(name);
  const entries = await vscode.workspace.fs.readDirectory(folder);
  const names = entries.map(([name]) => name).filter((name) => name.endsWith('.jsonld'));
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
    await vscode.workspace.fs.delete(here('page.txt'));
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

  it('loses nothing when several are written at once, and somebody adds one to the file meanwhile', async () => {
    const [file] = await stored();
    if (file === undefined) throw new Error('No file was written.');
    const [item] = file.page.items;
    const outside = JSON.stringify({
      ...file.page,
      items: [...file.page.items, { ...item, id: 'urn:example:outside' }],
    });
    await vscode.workspace.fs.writeFile(file.uri, new TextEncoder().encode(outside));
    const texts = ['One', 'Two', 'Three', 'Four'];
    await Promise.all(
      texts.map((text, at) => {
        const thread = threads.createCommentThread(uri(), new vscode.Range(4, at, 4, at + 5), []);
        return vscode.commands.executeCommand('patchgloss.note.save', { thread, text });
      }),
    );
    const [after] = await stored();
    const said = after?.page.items.map(({ body }) => body[0]?.value) ?? [];
    equal(said.length, 7);
    equal(
      texts.every((text) => said.includes(text)),
      true,
    );
  });

  it('is found again in the reading view, and in a copy of the mail that lost its header and its line ends', async () => {
    await vscode.window.showTextDocument(uri());
    await vscode.commands.executeCommand('patchgloss.openReadingView');
    const view = vscode.window.activeTextEditor?.document;
    matches(view?.uri.toString() ?? '', /^patchgloss:/);
    const line = view?.getText().split('\n').indexOf('The second line is the one to note.') ?? 0;
    if (view) await eventually(() => hoverOn(view.uri, line), /Changed/);
    const page = here('page.txt');
    const text = mail.replace(/Message-ID.*\n/, '').replace(' is the one ', '  is  the one ');
    await vscode.workspace.fs.writeFile(page, new TextEncoder().encode(text));
    await vscode.window.showTextDocument(page);
    await eventually(() => hoverOn(page, 4), /Changed/);
  });

  it('takes an answer, is resolved, and leads on to the next', async () => {
    await vscode.window.showTextDocument(uri());
    const thread = threads.createCommentThread(uri(), new vscode.Range(6, 2, 6, 7), []);
    await vscode.commands.executeCommand('patchgloss.note.save', { thread, text: 'A question. #later' });
    await vscode.commands.executeCommand('patchgloss.note.reply', { thread, text: 'An answer.' });
    await vscode.commands.executeCommand('patchgloss.note.resolve', thread);
    equal(thread.comments.length, 2);
    await eventually(() => String(thread.state), new RegExp(`^${vscode.CommentThreadState.Resolved}$`));
    matches(thread.label ?? '', /#later/);
    const items = (await stored()).flatMap(({ page }) => page.items);
    matches(
      JSON.stringify(items.find(({ body }) => body[0]?.value.startsWith('A question.'))),
      /resolved.*An answer\./,
    );
    const editor = await vscode.window.showTextDocument(uri(), { selection: new vscode.Range(0, 0, 0, 0) });
    await vscode.commands.executeCommand('patchgloss.nextMarginNote');
    equal(editor.selection.active.line, 4);
  });

  it('comes in from a file of another tool, once', async () => {
    const file = here('others.json');
    const selector = [{ type: 'TextQuoteSelector', exact: 'First line', prefix: '', suffix: ' of the mail.' }];
    const uriOfMail = 'https://lore.example.org/all/notes@example.org/';
    const entry = { id: 'abc', uri: uriOfMail, text: 'From elsewhere.', tags: ['x'], user: 'acct:grace@example.org' };
    const rows = [{ ...entry, target: [{ source: uriOfMail, selector }] }];
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(JSON.stringify({ total: 1, rows })));
    for (let times = 0; times < 2; times++) await vscode.commands.executeCommand('patchgloss.importAnnotations', file);
    await vscode.workspace.fs.delete(file);
    const said = (await stored()).flatMap(({ page }) => page.items.map(({ body }) => body[0]?.value));
    equal(said.filter((text) => text === 'From elsewhere.').length, 1);
    await eventually(() => hoverOn(uri(), 4), /elsewhere/);
  });

  it('is kept in the folder that the setting names, and read from the other one still', async () => {
    const settings = vscode.workspace.getConfiguration('patchgloss');
    await settings.update('annotations.folder', 'kept-notes', vscode.ConfigurationTarget.Workspace);
    const thread = threads.createCommentThread(uri(), new vscode.Range(4, 0, 4, 13), []);
    await vscode.commands.executeCommand('patchgloss.note.save', { thread, text: 'Kept there.' });
    const [file] = await stored('kept-notes');
    equal(file?.page.items.length, 1);
    await eventually(() => hoverOn(uri(), 4), /elsewhere[\s\S]*Kept\S*there|Kept\S*there[\s\S]*elsewhere/);
    await settings.update('annotations.folder', undefined, vscode.ConfigurationTarget.Workspace);
    await vscode.workspace.fs.delete(here('kept-notes'), { recursive: true });
  });

  it('a damaged file is kept aside, and the note goes to a new one', async () => {
    const [file] = await stored();
    if (file === undefined) throw new Error('No file was written.');
    await vscode.workspace.fs.writeFile(file.uri, new TextEncoder().encode('{ "half": '));
    const thread = threads.createCommentThread(uri(), new vscode.Range(4, 0, 4, 10), []);
    await vscode.commands.executeCommand('patchgloss.note.save', { thread, text: 'A third note.' });
    const aside = file.uri.with({ path: `${file.uri.path}.damaged-1` });
    equal(new TextDecoder().decode(await vscode.workspace.fs.readFile(aside)), '{ "half": ');
    await vscode.workspace.fs.delete(aside);
    const [after, ...more] = await stored();
    equal(more.length, 0);
    equal(after?.page.items.length, 1);
    await eventually(() => hoverOn(uri(), 4), /third/);
  });
});

describe('hundreds of notes on one mail', () => {
  const uri = () => here('many-notes.eml');
  const lines = Array.from({ length: 800 }, (_, at) => `Line ${at} has cup ${at * 7} on it.`);

  before(async () => {
    const text = mail.replaceAll('notes@', 'many-notes@').replace(/First[\s\S]*/, lines.join('\n'));
    await vscode.workspace.fs.writeFile(uri(), new TextEncoder().encode(`${text}\n`));
  });
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.workspace.fs.delete(here('.patchgloss'), { recursive: true });
    await vscode.workspace.fs.delete(uri());
  });

  it('are all kept, and stand where somebody looks', async () => {
    const source = 'https://lore.example.org/all/many-notes@example.org/';
    const rows = Array.from({ length: 400 }, (_, at) => {
      const [prefix, exact, suffix] = [lines[at * 2 - 1], lines[at * 2], lines[at * 2 + 1]];
      const quote = { exact, prefix: prefix === undefined ? '' : `${prefix}\n`, suffix: `\n${suffix}` };
      const target = [{ source, selector: [{ type: 'TextQuoteSelector', ...quote }] }];
      return { id: `many-${at}`, uri: source, text: `Note ${at}.`, tags: [], user: '', target };
    });
    const file = here('many.json');
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(JSON.stringify({ total: rows.length, rows })));
    await vscode.commands.executeCommand('patchgloss.importAnnotations', file);
    await vscode.workspace.fs.delete(file);
    equal((await stored())[0]?.page.items.length, 400);
    const editor = await vscode.window.showTextDocument(uri());
    await eventually(() => hoverOn(uri(), 4), /Note\S*0\\?\./);
    const far = new vscode.Range(704, 0, 704, 0);
    editor.revealRange(far, vscode.TextEditorRevealType.InCenter);
    await eventually(() => hoverOn(uri(), 704), /Note\S*350\\?\./);
  });
});
