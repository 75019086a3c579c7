import * as vscode from 'vscode';
import { equal, matches } from './assert.ts';
import { eventually } from './eventually.ts';

const mail = `From: Ada Ament <ada@example.org>
Subject: [PATCH 1/2] x86/virt/tdx: Allocate PAMTs
Message-ID: <surfaces@example.org>
Date: Mon, 8 Jan 2024 10:00:00 +0000

On Mon, 8 Jan 2024, Bo Birk wrote:
> The TDX module needs PAMT for every TDMR before it can run a guest.
> It is told where each of them is.

See https://example.org/series?v=2 for more.

-- 
Ada
`;

async function open(content: string, language: string): Promise<vscode.TextDocument> {
  return vscode.workspace.openTextDocument({ content, language });
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

describe('a mail in the editor', () => {
  let document: vscode.TextDocument;
  before(async () => {
    document = await open(mail, 'eml');
  });

  it('explains a term where the pointer rests', async () => {
    matches(await hoverAt(document, 'PAMT for'), /Physical Address Metadata Table/);
  });

  it('explains no word of a header, and none that it does not know', async () => {
    equal(await hoverAt(document, 'Allocate PAMTs'), '');
    equal(await hoverAt(document, 'every'), '');
  });

  it('says of a sender that nobody checked the address', async () => {
    matches(await hoverAt(document, 'Ada Ament'), /ada\\@example\.org.*Sender not checked/s);
  });

  it('trusts only its own commands in a hover', async () => {
    const position = document.positionAt(mail.indexOf('PAMT for') + 1);
    const [hover] = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      position,
    );
    const content = hover?.contents[0];
    if (!(content instanceof vscode.MarkdownString) || typeof content.isTrusted !== 'object') {
      throw new Error('The hover is not limited to commands.');
    }
    equal(
      content.isTrusted.enabledCommands.join(),
      'patchgloss.openConceptNote,patchgloss.openSimulator,patchgloss.saveAttachment,patchgloss.showPlace',
    );
    equal(content.supportHtml ?? false, false);
    matches(content.value, /\]\(command:patchgloss\.openConceptNote\?/);
  });

  it('leads from a hover to a place of an open mail, and nowhere else', async () => {
    const uri = document.uri.toString();
    const offset = mail.indexOf('PAMT for');
    await vscode.commands.executeCommand('patchgloss.showPlace', { uri, offset });
    const caret = vscode.window.activeTextEditor?.selection.active;
    equal(caret && document.offsetAt(caret), offset);
    const open = vscode.workspace.textDocuments.length;
    for (const wrong of [undefined, 7, { uri }, { uri, offset: -1 }, { uri: 'file:///etc/hostname', offset: 0 }]) {
      await vscode.commands.executeCommand('patchgloss.showPlace', wrong);
    }
    equal(vscode.workspace.textDocuments.length, open);
  });

  it('stays silent when hovers are switched off', async () => {
    const settings = vscode.workspace.getConfiguration('patchgloss');
    await settings.update('hovers', 'off', vscode.ConfigurationTarget.Global);
    equal(await hoverAt(document, 'PAMT for'), '');
    await settings.update('hovers', undefined, vscode.ConfigurationTarget.Global);
    matches(await hoverAt(document, 'PAMT for'), /Physical Address Metadata Table/);
  });

  it('has an outline of its messages', async () => {
    const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
      'vscode.executeDocumentSymbolProvider',
      document.uri,
    );
    equal(symbols.length, 1);
    matches(symbols[0]?.name, /Allocate PAMTs/);
    matches(symbols[0]?.children.map((child) => child.name).join(), /Bo Birk/);
  });

  it('folds the header, the quote and the signature', async () => {
    const folds = await vscode.commands.executeCommand<vscode.FoldingRange[]>(
      'vscode.executeFoldingRangeProvider',
      document.uri,
    );
    const starts = folds.map((fold) => document.lineAt(fold.start).text);
    for (const start of [/^From:/, /^> The TDX/, /^-- $/])
      equal(
        starts.some((line) => start.test(line)),
        true,
      );
    // Text that is not quoted is never hidden in the fold of a quote.
    const quote = folds.find((fold) => /^> The TDX/.test(document.lineAt(fold.start).text));
    matches(document.lineAt(quote?.end ?? 0).text, /^> It is told/);
  });

  it('links web addresses, and shows where they lead', async () => {
    const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>(
      'vscode.executeLinkProvider',
      document.uri,
      10,
    );
    const link = links.find(({ tooltip }) => tooltip?.startsWith('https://example.org'));
    equal(link?.tooltip, 'https://example.org/series?v=2');
  });

  it('is read from an untitled plain text as well, when its first lines are mail', async () => {
    matches(await hoverAt(await open(mail, 'plaintext'), 'PAMT for'), /Physical Address Metadata Table/);
  });

  it('a plain text that is no mail is left alone', async () => {
    const text = await open('Shopping: the TDX module needs PAMT for every TDMR.\n', 'plaintext');
    equal(await hoverAt(text, 'PAMT'), '');
    const symbols = await vscode.commands.executeCommand('vscode.executeDocumentSymbolProvider', text.uri);
    equal(Array.isArray(symbols) ? symbols.length : 0, 0);
  });

  it('follows an edit', async () => {
    const text = await open(mail, 'eml');
    const editor = await vscode.window.showTextDocument(text);
    await editor.edit((edit) =>
      edit.insert(new vscode.Position(9, 0), 'Sean says TDMRs are regions of the TDX module.\n'),
    );
    matches(await hoverAt(text, 'TDMRs are'), /TD Memory Region/i);
  });
});

describe('commands', () => {
  it('are all there', async () => {
    const known = new Set(await vscode.commands.getCommands(true));
    const extension = vscode.extensions.getExtension('patchgloss.patchgloss');
    const contributed: { command: string }[] = extension?.packageJSON.contributes.commands ?? [];
    equal(contributed.length > 5, true);
    for (const { command } of contributed) equal(known.has(command) ? command : `missing: ${command}`, command);
  });

  it('open a note as a page of its own', async () => {
    const page = await vscode.workspace.openTextDocument(vscode.Uri.parse('patchgloss://concept/pamt.md'));
    equal(page.languageId, 'markdown');
    matches(page.getText(), /^# PAMT/);
    equal(/\]\((concept|simulator):/.test(page.getText()), false);
    matches(page.getText(), /\]\(run\/tdmr-pamt\/[a-z0-9-]+\.md\)/);
    const none = await vscode.workspace.openTextDocument(vscode.Uri.parse('patchgloss://concept/no-such-note.md'));
    matches(none.getText(), /no note/i);
  });

  it('show a scenario as a page to read, with the text that opens it live', async () => {
    const page = await vscode.workspace.openTextDocument(
      vscode.Uri.parse('patchgloss://concept/run/tdmr-pamt/one-chunk.md'),
    );
    matches(page.getText(), /^# Three PAMTs in one chunk\n/);
    matches(page.getText(), /^tdmr-pamt\?scenario=one-chunk/m);
    matches(page.getText(), /node 0/);
    const none = await vscode.workspace.openTextDocument(
      vscode.Uri.parse('patchgloss://concept/run/tdmr-pamt/none.md'),
    );
    matches(none.getText(), /no scenario/i);
  });

  it('open a simulator once, also when they are asked again', async () => {
    const state = { simulator: 'tdmr-pamt', scenario: 'one-chunk', values: {} };
    await vscode.commands.executeCommand('patchgloss.openSimulator', state);
    await vscode.commands.executeCommand('patchgloss.openSimulator', { ...state, step: 2 });
    const tabs = () =>
      vscode.window.tabGroups.all
        .flatMap((group) => group.tabs)
        .filter(
          ({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith('patchgloss.simulator'),
        );
    await eventually(() => String(tabs().length), /^1$/);
    await vscode.commands.executeCommand('patchgloss.openSimulator', state);
    equal(tabs().length, 1);
    await vscode.window.tabGroups.close(tabs());
  });
});
