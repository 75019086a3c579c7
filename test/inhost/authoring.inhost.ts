import * as vscode from 'vscode';
import { equal, matches } from './assert.ts';
import { eventually } from './eventually.ts';

const good = `---
title: Teapot
field: tea
terms: [teapot]
related: [tdmr]
sources: ["Ada Ament, 4 Mar 2024"]
---
What it is made in, see [PAMT](concept:pamt) and [a run](simulator:tdmr-pamt/one-chunk).
`;

function here(name: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (!folder) throw new Error('No folder is open.');
  return vscode.Uri.joinPath(folder.uri, name);
}

async function written(name: string, text: string): Promise<vscode.TextDocument> {
  const uri = here(`.patchgloss/notes/${name}`);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  return vscode.workspace.openTextDocument(uri);
}

/** What the Problems view says of a document: `code: the text it stands at`. */
function problems(document: vscode.TextDocument): string {
  return vscode.languages
    .getDiagnostics(document.uri)
    .filter(({ source }) => source === 'Patchgloss')
    .map(({ code, range }) => `${code}: ${document.getText(range)}`)
    .join('\n');
}

function at(document: vscode.TextDocument, words: string, shift = 1): vscode.Position {
  return document.positionAt(document.getText().indexOf(words) + shift);
}

async function offered(document: vscode.TextDocument, position: vscode.Position): Promise<string[]> {
  const list = await vscode.commands.executeCommand<vscode.CompletionList>(
    'vscode.executeCompletionItemProvider',
    document.uri,
    position,
  );
  return list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
}

async function fixesAt(document: vscode.TextDocument, position: vscode.Position): Promise<vscode.CodeAction[]> {
  return vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    document.uri,
    new vscode.Range(position, position),
    vscode.CodeActionKind.QuickFix.value,
  );
}

async function take(actions: readonly vscode.CodeAction[], title: RegExp): Promise<void> {
  const action = actions.find((one) => title.test(one.title));
  if (!action?.edit) throw new Error(`No fix ${title} among: ${actions.map((one) => one.title).join(', ')}`);
  equal(await vscode.workspace.applyEdit(action.edit), true);
}

async function closeAll(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

describe('a note that is being written', () => {
  let document: vscode.TextDocument;
  let editor: vscode.TextEditor;

  before(async () => {
    document = await written('teapot.md', good);
    editor = await vscode.window.showTextDocument(document);
  });
  after(async () => {
    await closeAll();
    await vscode.workspace.fs.delete(here('.patchgloss'), { recursive: true });
  });

  const replace = (words: string, by: string) =>
    editor.edit((edit) => {
      const start = document.getText().indexOf(words);
      edit.replace(new vscode.Range(document.positionAt(start), document.positionAt(start + words.length)), by);
    });

  it('has its mistakes in the Problems view as they are typed, and a fix for each', async () => {
    await replace('concept:pamt', 'concept:pammt');
    await eventually(() => problems(document), /^link: concept:pammt$/);
    await take(await fixesAt(document, at(document, 'concept:pammt')), /^Change to concept:pamt$/);
    await eventually(() => problems(document), /^$/);
    equal(document.getText(), good);
  });

  it('says whose a spelling is, and gives it up by a fix', async () => {
    await replace('[teapot]', '[teapot, PAMT]');
    await eventually(() => problems(document), /^shared-spelling: PAMT$/);
    const [diagnostic] = vscode.languages.getDiagnostics(document.uri);
    equal(diagnostic?.relatedInformation?.[0]?.location.uri.toString(), 'patchgloss://concept/pamt.md');
    await take(await fixesAt(document, at(document, 'PAMT]')), /^Remove "PAMT"/);
    await eventually(() => problems(document), /^$/);
    equal(document.getText(), good);
  });

  it('asks for a source, with a place to fill in', async () => {
    await replace('sources: ["Ada Ament, 4 Mar 2024"]\n', '');
    await eventually(() => problems(document), /^no-sources: ---$/);
    await take(await fixesAt(document, new vscode.Position(0, 1)), /^Add "sources"$/);
    await eventually(() => problems(document), /^to-fill: file, function/);
    matches(document.getText(), /\nsources: \["file, function and version, or message and date"\]\n---\n/);
    await replace('file, function and version, or message and date', 'Ada Ament, 4 Mar 2024');
    await eventually(() => problems(document), /^$/);
  });

  it('knows the other notes of its folder, also as they are typed', async () => {
    const other = await written('pot.md', good.replace('Teapot', 'Pot').replace('[teapot]', '[pot, teapot]'));
    await vscode.window.showTextDocument(other);
    await eventually(() => problems(other), /^shared-spelling: teapot$/);
    const [diagnostic] = vscode.languages.getDiagnostics(other.uri);
    equal(diagnostic?.relatedInformation?.[0]?.location.uri.toString(), document.uri.toString());
    editor = await vscode.window.showTextDocument(document);
    matches((await offered(document, at(document, 'tdmr]', 0))).join(' '), /(?:^| )pot(?: |$)/);
  });

  it('offers keys, ids of notes, simulators and their scenarios', async () => {
    matches((await offered(document, at(document, 'related', 0))).join(' '), /expansion.*related.*since/);
    matches((await offered(document, at(document, 'concept:', 8))).join(' '), /(?:^| )pamt(?: |$)/);
    matches((await offered(document, at(document, 'simulator:', 10))).join(' '), /tdmr-pamt.*page-fault/);
    matches((await offered(document, at(document, '/one-chunk'))).join(' '), /one-256th.*one-chunk/);
  });

  it('says what a reference is, and leads to it', async () => {
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      at(document, 'concept:pamt'),
    );
    const [content] = hovers.flatMap(({ contents }) => contents);
    if (!(content instanceof vscode.MarkdownString)) throw new Error('There is no hover.');
    matches(content.value, /Physical Address Metadata Table/);
    equal(content.isTrusted ?? false, false);
    for (const [words, page] of [
      ['concept:pamt', 'patchgloss://concept/pamt.md'],
      ['simulator:tdmr', 'patchgloss://concept/run/tdmr-pamt/one-chunk.md'],
      ['tdmr]', 'patchgloss://concept/tdmr.md'],
    ] as const) {
      const found = await vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>(
        'vscode.executeDefinitionProvider',
        document.uri,
        at(document, words),
      );
      const targets = found.map((one) => ('targetUri' in one ? one.targetUri : one.uri).toString());
      equal(targets.includes(page) ? page : targets.join(), page);
    }
    const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>(
      'vscode.executeLinkProvider',
      document.uri,
    );
    matches(links.map(({ target }) => target?.toString()).join(' '), /patchgloss:\/\/concept\/pamt\.md/);
  });

  it('no Markdown that is no note is looked into', async () => {
    const text = await vscode.workspace.openTextDocument({ language: 'markdown', content: '# Tea\n\n[x](concept:' });
    await vscode.window.showTextDocument(text);
    // The editor itself offers words of other texts; only ours name notes.
    const list = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      text.uri,
      text.positionAt(20),
    );
    equal(
      list.items.some(({ kind }) => kind === vscode.CompletionItemKind.Reference),
      false,
    );
    equal(problems(text), '');
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });
});

describe('a new note from words of a mail', () => {
  before(async () => {
    await closeAll();
  });
  after(async () => {
    await closeAll();
    await vscode.workspace.fs.delete(here('.patchgloss'), { recursive: true });
  });

  async function select(words: string, within = words): Promise<void> {
    const [file] = await vscode.workspace.findFiles('thread.mbox');
    const mail = await vscode.workspace.openTextDocument(file ?? vscode.Uri.file('/'));
    const editor = await vscode.window.showTextDocument(mail, vscode.ViewColumn.One);
    const start = mail.getText().indexOf(within) + within.indexOf(words);
    editor.selection = new vscode.Selection(mail.positionAt(start), mail.positionAt(start + words.length));
  }

  const active = () => vscode.window.activeTextEditor?.document;
  const name = () => active()?.uri.path.split('/').slice(-3).join('/') ?? '';

  it('is written beside the mail, with what the mail gives', async () => {
    await select('run a guest');
    await vscode.commands.executeCommand('patchgloss.newNoteFromSelection');
    equal(name(), '.patchgloss/notes/run-a-guest.md');
    const text = active()?.getText();
    matches(
      text,
      /^---\ntitle: run a guest\nfield: "x86\/virt\/tdx"\nterms: \[run a guest\]\nscope:\n {2}near: \[.*TDMR/,
    );
    matches(
      text,
      /sources: \["Ada Ament, \[PATCH 1\/2\] x86\/virt\/tdx: Allocate PAMTs, 8 Jan 2024 \(1@example\.org\)"\]/,
    );
    matches(text, /\n---\nSay here what it is, in at most 60 words/);
  });

  it('lacks nothing but what its writer must say', async () => {
    const document = active();
    if (!document) throw new Error('There is no note.');
    await eventually(() => problems(document), /^to-fill: Say here what it is[^\n]*$/);
    const start = document.getText().indexOf('Say here');
    await vscode.window.activeTextEditor?.edit((edit) =>
      edit.replace(
        new vscode.Range(document.positionAt(start), document.lineAt(document.positionAt(start)).range.end),
        'To let a virtual machine go on.',
      ),
    );
    await eventually(() => problems(document), /^$/);
    equal(await document.save(), true);
  });

  it('is shown in the mail once it is saved', async () => {
    const [file] = await vscode.workspace.findFiles('thread.mbox');
    const mail = await vscode.workspace.openTextDocument(file ?? vscode.Uri.file('/'));
    const hover = async () => {
      const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
        'vscode.executeHoverProvider',
        mail.uri,
        at(mail, 'run a guest'),
      );
      const contents = hovers.flatMap(({ contents }) => contents);
      return contents.map((content) => (typeof content === 'string' ? content : content.value)).join('\n');
    };
    await eventually(hover, /To let a virtual machine go on\./);
  });

  it('is never written over another', async () => {
    await select('run a guest');
    await vscode.commands.executeCommand('patchgloss.newNoteFromSelection');
    equal(name(), '.patchgloss/notes/run-a-guest-2.md');
    const first = await vscode.workspace.fs.readFile(here('.patchgloss/notes/run-a-guest.md'));
    matches(new TextDecoder().decode(first), /To let a virtual machine go on\./);
  });

  it('takes no name of a note of ours, and undo gives back what the file has', async () => {
    await select('PAMT', 'needs PAMT for');
    await vscode.commands.executeCommand('patchgloss.newNoteFromSelection');
    equal(name(), '.patchgloss/notes/pamt-2.md');
    matches(active()?.getText(), /Say here what it is/);
    await vscode.commands.executeCommand('undo');
    matches(active()?.getText(), /^---\ntitle: PAMT\n[\s\S]*\n---\n$/);
  });

  it('may be about a word of the subject', async () => {
    await select('Allocate PAMTs', 'tdx: Allocate PAMTs');
    await vscode.commands.executeCommand('patchgloss.newNoteFromSelection');
    equal(name(), '.patchgloss/notes/allocate-pamts.md');
    matches(active()?.getText(), /^---\ntitle: Allocate PAMTs\n/);
  });
});
