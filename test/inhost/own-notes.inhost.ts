import * as vscode from 'vscode';
import { equal, matches } from './assert.ts';
import { eventually } from './eventually.ts';

const mail = `From: Ada Ament <ada@example.org>
Subject: [PATCH] valves: turn
Message-ID: <own-notes@example.org>

The GIZMO turns, and the TDX module needs PAMT for every TDMR.
An skb goes to the XDP program of the driver. A LARGEGIZMO is another.
`;

function note(title: string, text: string): string {
  return `---\ntitle: ${title}\nfield: valves\nterms: [${title}]\nsources: ["gizmo.c (6.8)"]\n---\n${text}\n`;
}

async function hoverAt(document: vscode.TextDocument, word: string): Promise<string> {
  const position = document.positionAt(document.getText().indexOf(word) + 1);
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    position,
  );
  return hovers
    .flatMap((hover) => hover.contents)
    .map((content) => (typeof content === 'string' ? content : content.value))
    .join('\n');
}

function here(name: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (!folder) throw new Error('No folder is open.');
  return vscode.Uri.joinPath(folder.uri, name);
}

async function write(name: string, text: string): Promise<void> {
  await vscode.workspace.fs.writeFile(here(name), new TextEncoder().encode(text));
}

/** A note is saved in the editor: that is seen also where no watcher sees the file. */
async function save(name: string, text: string): Promise<void> {
  const isThere = await vscode.workspace.fs.stat(here(name)).then(
    () => true,
    () => false,
  );
  if (!isThere) await write(name, '');
  const document = await vscode.workspace.openTextDocument(here(name));
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), text);
  await vscode.workspace.applyEdit(edit);
  if (!(await document.save())) throw new Error(`${name} was not saved.`);
}

const empty = /^$/;

describe("a reader's own note", () => {
  let document: vscode.TextDocument;
  const hover = (word: string) => () => hoverAt(document, word);
  before(async () => {
    document = await vscode.workspace.openTextDocument({ content: mail, language: 'eml' });
  });
  after(async () => {
    await vscode.workspace.fs.delete(here('.patchgloss/notes'), { recursive: true });
  });

  it('explains its term as soon as it is saved, and anew when it is edited', async () => {
    equal(await hoverAt(document, 'GIZMO'), '');
    await save('.patchgloss/notes/gizmo.md', note('GIZMO', 'What turns a valve.'));
    await eventually(hover('GIZMO'), /What turns a valve\./);
    await save('.patchgloss/notes/gizmo.md', note('GIZMO', 'What closes a valve.'));
    await eventually(hover('GIZMO'), /What closes a valve\./);
  });

  it('counts also when a note beside it is broken', async () => {
    await save('.patchgloss/notes/broken.md', '---\ntitle: [\n---\n');
    await save('.patchgloss/notes/gizmo.md', note('GIZMO', 'What opens a valve.'));
    await eventually(hover('GIZMO'), /What opens a valve\./);
  });

  it('stands for ours of the same name, and its page says so and follows it', async () => {
    await save('.patchgloss/notes/pamt.md', note('PAMT', 'What the reader thinks.'));
    await eventually(hover('PAMT'), /What the reader thinks\./);
    const page = await vscode.workspace.openTextDocument(vscode.Uri.parse('patchgloss://concept/pamt.md'));
    matches(page.getText(), /It stands for the note of the same name in KVM and memory\./);
    await vscode.workspace.fs.delete(here('.patchgloss/notes/pamt.md'));
    await save('.patchgloss/notes/gizmo.md', note('GIZMO', 'What turns a valve.'));
    await eventually(hover('PAMT'), /Physical Address Metadata Table/);
    await eventually(() => page.getText(), /^(?!.*It stands for)/s);
  });

  it('may stand in another folder, which a setting names', async () => {
    const settings = vscode.workspace.getConfiguration('patchgloss');
    await write('more-notes/gizmo.md', note('GIZMO', 'From another folder.'));
    await settings.update('notes.folders', ['more-notes'], vscode.ConfigurationTarget.Workspace);
    // A setting of a workspace that is not trusted is not read.
    if (vscode.workspace.isTrusted) await eventually(hover('GIZMO'), /From another folder\./);
    await settings.update('notes.folders', undefined, vscode.ConfigurationTarget.Workspace);
    await eventually(hover('GIZMO'), /What turns a valve\./);
    await vscode.workspace.fs.delete(here('more-notes'), { recursive: true });
  });

  it('is not read when it is larger than a note may be, and the others are', async () => {
    const large = note('LARGEGIZMO', `Too large. ${'x '.repeat(40_000)}`);
    await save('.patchgloss/notes/large.md', large);
    await save('.patchgloss/notes/gizmo.md', note('GIZMO', 'What shuts a valve.'));
    await eventually(hover('GIZMO'), /What shuts a valve\./);
    equal(await hoverAt(document, 'LARGEGIZMO'), '');
    await save('.patchgloss/notes/large.md', note('LARGEGIZMO', 'Small enough.'));
    await eventually(hover('LARGEGIZMO'), /Small enough\./);
    await vscode.workspace.fs.delete(here('.patchgloss/notes/large.md'));
  });

  it('is gone when its file is gone', async () => {
    await vscode.workspace.fs.delete(here('.patchgloss/notes/gizmo.md'));
    await save('.patchgloss/notes/other.md', note('OTHERGIZMO', 'Another.'));
    await eventually(hover('GIZMO'), empty);
  });
});

describe('a note pack', () => {
  it('is switched off and on by a setting', async () => {
    const document = await vscode.workspace.openTextDocument({ content: mail, language: 'eml' });
    const hover = () => hoverAt(document, 'PAMT');
    const settings = vscode.workspace.getConfiguration('patchgloss');
    const network = () => hoverAt(document, 'skb');
    await eventually(hover, /Physical Address Metadata Table/);
    await eventually(network, /object for one packet/);
    await settings.update('notes.packs', ['kvm'], vscode.ConfigurationTarget.Global);
    await eventually(network, empty);
    matches(await hover(), /Physical Address Metadata Table/);
    await settings.update('notes.packs', ['networking'], vscode.ConfigurationTarget.Global);
    await eventually(hover, empty);
    matches(await network(), /object for one packet/);
    await settings.update('notes.packs', undefined, vscode.ConfigurationTarget.Global);
    await eventually(hover, /Physical Address Metadata Table/);
  });
});
