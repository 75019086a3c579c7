import * as vscode from 'vscode';
import { equal, matches } from './assert.ts';
import { eventually } from './eventually.ts';

const mail = (who: string, id: number, body: string) => `From ${who}@example.org Mon Jan  8 10:00:00 2024
From: ${who} Example <${who}@example.org>
Subject: ${id === 1 ? '' : 'Re: '}[PATCH 1/2] x86/virt/tdx: Allocate room
Message-ID: <terms-${id}@example.org>
${id === 1 ? '' : 'In-Reply-To: <terms-1@example.org>\n'}Date: Mon, 8 Jan 2024 10:00:00 +0000

${body}
`;

const thread = [
  mail(
    'ada',
    1,
    'The TDX module needs a PAMT for each TDMR. Is the PAMT large?\nSee the table[1], and zq_fill() of zq_fill.\n\n[1] the first one',
  ),
  mail('bo', 2, '> The TDX module needs a PAMT for each TDMR.\n\nNo PAMT is small.'),
].join('\n');

const setting = (name: string) => ({
  set: (value: unknown) =>
    vscode.workspace.getConfiguration('patchgloss').update(name, value, vscode.ConfigurationTarget.Global),
  get: () => vscode.workspace.getConfiguration('patchgloss').get(name),
});

describe('a term of a mail', () => {
  let document: vscode.TextDocument;
  let editor: vscode.TextEditor;
  const at = (word: string) => document.positionAt(thread.indexOf(word) + 1);
  const ask = <Answer>(command: string, ...more: unknown[]) =>
    vscode.commands.executeCommand<Answer>(command, document.uri, ...more);

  before(async () => {
    document = await vscode.workspace.openTextDocument({ content: thread, language: 'mbox' });
    editor = await vscode.window.showTextDocument(document);
  });

  it('leads to its note', async () => {
    const [link] = await ask<vscode.LocationLink[]>('vscode.executeDefinitionProvider', at('PAMT for'));
    equal(link?.targetUri.toString(), 'patchgloss://concept/pamt.md');
    const page = await vscode.workspace.openTextDocument(link?.targetUri ?? vscode.Uri.parse('none:'));
    const preview = page.getText(link?.targetRange);
    matches(preview, /^# PAMT .*\n\n\*TDX.*\*\n\nThe bookkeeping of the TDX module[^\n]*\.$/);
  });

  it('leads from a footnote mark to the footnote, and from other words nowhere', async () => {
    const [link] = await ask<vscode.LocationLink[]>('vscode.executeDefinitionProvider', at('[1], and'));
    equal(link && document.getText(link.targetRange), '[1] the first one');
    const none = await ask<vscode.LocationLink[]>('vscode.executeDefinitionProvider', at('needs a'));
    equal(none.length, 0);
  });

  it('has all its mentions in the thread', async () => {
    const found = await ask<vscode.Location[]>('vscode.executeReferenceProvider', at('PAMT for'));
    equal(found.map(({ range }) => document.getText(range)).join(), 'PAMT,PAMT,PAMT,PAMT');
    equal(new Set(found.map(({ range }) => range.start.line)).size, 3);
  });

  it('is highlighted where it is in view', async () => {
    const found = await ask<vscode.DocumentHighlight[]>('vscode.executeDocumentHighlights', at('TDMR. Is'));
    equal(found.map(({ range }) => document.getText(range)).join(), 'TDMR,TDMR');
  });

  it('is written out once a message, when that is switched on', async () => {
    const all = new vscode.Range(0, 0, document.lineCount, 0);
    const hints = async () => {
      const found = await ask<vscode.InlayHint[]>('vscode.executeInlayHintProvider', all);
      return found.map(({ label }) => String(label)).filter((label) => label.includes('Physical'));
    };
    equal((await hints()).length, 0);
    await setting('inlayExpansions').set(true);
    equal((await hints()).join(), ': Physical Address Metadata Table,: Physical Address Metadata Table');
    await setting('inlayExpansions').set(undefined);
    equal((await hints()).length, 0);
  });

  it('waits to be asked for when hovers want a modifier, and is silent when they are off', async () => {
    const hover = async () => {
      const found = await ask<vscode.Hover[]>('vscode.executeHoverProvider', at('PAMT for'));
      return found.flatMap(({ contents }) => contents).length;
    };
    equal(await hover(), 1);
    await setting('hovers').set('withModifier');
    equal(await hover(), 0);
    editor.selection = new vscode.Selection(at('PAMT for'), at('PAMT for'));
    await vscode.commands.executeCommand('patchgloss.showHover');
    equal(await hover(), 1);
    await vscode.commands.executeCommand('patchgloss.toggleHovers');
    equal(setting('hovers').get(), 'off');
    equal(await hover(), 0);
    await vscode.commands.executeCommand('patchgloss.toggleHovers');
    equal(setting('hovers').get(), 'withModifier');
    await setting('hovers').set(undefined);
  });

  it('has a page that says where the thread uses it, and leads there', async () => {
    const uri = vscode.Uri.parse('patchgloss://concept/pamt.md');
    const page = await vscode.workspace.openTextDocument(uri);
    await eventually(() => page.getText(), /## In this thread\n\n\\\[PATCH/);
    matches(page.getText(), /[*-] line 7: ada Example, /);
    matches(page.getText(), /[*-] lines 19, 21: bo Example, /);
    const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>('vscode.executeLinkProvider', uri);
    const lines = links
      .filter(({ target }) => target?.path === document.uri.path)
      .map(({ target }) => target?.fragment);
    equal(lines.join(), 'L7,L19,L21');
  });

  it('stands in a list to read, after those that it needs', async () => {
    const query = JSON.stringify([document.uri.toString(), 0]);
    const uri = vscode.Uri.from({ scheme: 'patchgloss', authority: 'concept', path: '/thread/terms.md', query });
    const text = (await vscode.workspace.openTextDocument(uri)).getText();
    matches(text, /^# Terms of this thread\n/);
    matches(text, /### \[TDX module\]\(\.\.\/tdx-module\.md\)[\s\S]*### \[PAMT\]\(\.\.\/pamt\.md\)/);
    matches(text, /## Not explained\n\n[*-] zq\\?_fill/);
  });

  it('leads to the file of a note that is the reader\u2019s own', async () => {
    const folder = vscode.workspace.workspaceFolders?.[0];
    if (!folder) throw new Error('No folder is open.');
    const file = vscode.Uri.joinPath(folder.uri, '.patchgloss/notes/zq-fill.md');
    const note =
      '---\ntitle: zq_fill()\nfield: valves\nterms: ["zq_fill()"]\nsources: ["zq.c (6.8)"]\n---\nFills a valve.\n';
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(note));
    // Saved in the editor it is seen also where no watcher sees the file.
    const own = await vscode.workspace.openTextDocument(file);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(file, new vscode.Position(own.lineCount, 0), '\n');
    await vscode.workspace.applyEdit(edit);
    await own.save();
    const target = async () => {
      const [link] = await ask<vscode.LocationLink[]>('vscode.executeDefinitionProvider', at('zq_fill() of'));
      return link?.targetUri.toString() ?? '';
    };
    await eventually(target, /\/\.patchgloss\/notes\/zq-fill\.md$/);
    await vscode.workspace.fs.delete(vscode.Uri.joinPath(folder.uri, '.patchgloss/notes'), { recursive: true });
  });
});
