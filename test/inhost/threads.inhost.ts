import * as vscode from 'vscode';
import { equal, matches } from './assert.ts';
import { eventually } from './eventually.ts';
import { shownView } from './shown-view.ts';

declare const HOST_KIND: 'node' | 'worker';
declare const process: { env: Readonly<Record<string, string | undefined>>; memoryUsage(): { rss: number } };

const MB = 2 ** 20;
const isNode = HOST_KIND === 'node';
/** In bytes. A host without files holds all of it; `PATCHGLOSS_LARGE=1` asks for a mailbox that the editor itself cannot open. */
const size = isNode ? (process.env.PATCHGLOSS_LARGE === '1' ? 200 : 20) * MB : MB;

const filler = `${'The allocator keeps a page until somebody asks for it. '.repeat(1)}\n`.repeat(30);

/** Threads of four mails: a patch, two answers, an answer to an answer in base64. The latest thread is the last one. */
function thread(number: number): string {
  const date = new Date(Date.UTC(2010, 0, 1) + number * 3_600_000).toUTCString().replace('GMT', '+0000');
  const head = (id: string, subject: string, answers?: string) =>
    `From ada@example.org Mon Jan  8 10:00:00 2024\nFrom: Ada Ament <ada@example.org>\nSubject: ${subject}\nDate: ${date}\nMessage-ID: <t${number}-${id}@example.org>\n${answers ? `In-Reply-To: <t${number}-${answers}@example.org>\n` : ''}`;
  return [
    `${head('a', `[PATCH] mm: Keep page ${number}`)}\nThe TDX module needs a PAMT for each TDMR.\n${filler}\n`,
    `${head('b', `Re: [PATCH] mm: Keep page ${number}`, 'a')}\n> The TDX module needs a PAMT for each TDMR.\n\nWhy?\n\n`,
    `${head('c', `Re: [PATCH] mm: Keep page ${number}`, 'b')}Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\nR3LDvMOfZQo=\n\n`,
    `${head('d', `Re: [PATCH] mm: Keep page ${number}`, 'a')}\nFrom here on it is fine.\n${filler}\n`,
  ].join('');
}

async function writeLarge(uri: vscode.Uri): Promise<{ threads: number; lines: readonly string[] }> {
  const one = thread(0).length;
  const count = Math.ceil(size / one);
  const bytes = new Uint8Array(size + 100 * one);
  let length = 0;
  for (let number = 0; number < count; number++) {
    length += new TextEncoder().encodeInto(thread(number), bytes.subarray(length)).written;
  }
  await vscode.workspace.fs.writeFile(uri, bytes.subarray(0, length));
  const lines = new TextDecoder().decode(bytes.subarray(0, length)).split('\n');
  return { threads: count, lines };
}

describe('a large mailbox', function (this: Mocha.Suite) {
  this.timeout(90_000);
  let uri: vscode.Uri;
  let written: { threads: number; lines: readonly string[] };

  before(async () => {
    const folder = vscode.workspace.workspaceFolders?.[0];
    if (!folder) throw new Error('No folder is open.');
    uri = vscode.Uri.joinPath(folder.uri, 'large.mbox');
    written = await writeLarge(uri);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });
  after(async () => {
    await vscode.commands.executeCommand('patchgloss.threads.closeMailbox');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.workspace.fs.delete(uri);
  });

  it('opens as a tree, and its latest message is read', async () => {
    const before = isNode ? process.memoryUsage().rss : 0;
    const begun = Date.now();
    await vscode.commands.executeCommand('patchgloss.openMailbox', uri);
    const opened = Date.now() - begun;
    await vscode.commands.executeCommand('patchgloss.threads.nextUnread');
    const document = shownView();
    matches(document?.uri.toString(true), /^patchgloss:\/\/reading\/\d+\/mm: Keep page \d+\.eml\?file:|\?[a-z-]+:/);
    matches(
      document?.getText(),
      new RegExp(`^From: Ada Ament .*\\n(.*\\n)*Subject: \\[PATCH\\] mm: Keep page ${written.threads - 1}\\n`),
    );
    if (!isNode) return;
    const grown = (process.memoryUsage().rss - before) / MB;
    console.log(`mailbox of ${size / MB} MB: opened in ${opened} ms, the host grew by ${grown.toFixed(0)} MB`);
    // The file does not come into memory: what grows is the index, and a heap that was not collected yet.
    equal(grown < 200, true);
  });

  it('goes on to the next message that is not read', async () => {
    await vscode.commands.executeCommand('patchgloss.threads.nextUnread');
    matches(shownView()?.getText(), /^In|^Why\?$/m);
  });

  it('is read as a whole thread, decoded, its lines leading back', async () => {
    const view = shownView();
    if (!view) throw new Error('No reading view is on the screen.');
    await vscode.window.showTextDocument(view);
    await vscode.commands.executeCommand('patchgloss.openThreadView');
    const document = vscode.window.activeTextEditor?.document;
    matches(document?.uri.path, /^\/thread\/\d+\/.*mm: Keep page \d+\.mbox$/);
    if (!document) return;
    equal(document.languageId, 'mbox');
    const lines = document.getText().split('\n');
    equal(lines.filter((line) => line.startsWith('Message-ID: ')).length, 4);
    matches(document.getText(), /^Grüße$/m);
    matches(document.getText(), /^>From here on it is fine\.$/m);
    const line = lines.indexOf('Why?');
    const [target] = await vscode.commands.executeCommand<vscode.LocationLink[]>(
      'vscode.executeDefinitionProvider',
      document.uri,
      new vscode.Position(line, 0),
    );
    equal(target?.targetUri.toString(), uri.toString());
    equal(target?.targetRange.start.line, written.lines.lastIndexOf('Why?'));
  });

  it('has an outline, folds and hovers in its thread as in a file', async () => {
    const document = vscode.window.activeTextEditor?.document;
    if (!document) throw new Error('The thread is not open.');
    const ask = <Answer>(command: string, ...more: unknown[]) =>
      vscode.commands.executeCommand<Answer>(command, document.uri, ...more);
    const symbols = await ask<vscode.DocumentSymbol[]>('vscode.executeDocumentSymbolProvider');
    equal(symbols.length, 1);
    equal(symbols[0]?.children.length, 4);
    const folds = await ask<vscode.FoldingRange[]>('vscode.executeFoldingRangeProvider');
    equal(folds.length >= 4, true);
    const at = document.positionAt(document.getText().indexOf('PAMT') + 1);
    const [hover] = await ask<vscode.Hover[]>('vscode.executeHoverProvider', at);
    const [content] = hover?.contents ?? [];
    matches(content instanceof vscode.MarkdownString ? content.value : '', /Physical Address Metadata Table/);
  });

  it('shows the same message again by its address', async () => {
    const address = shownView()?.uri;
    const text = shownView()?.getText();
    if (!address) throw new Error('No reading view is on the screen.');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.window.showTextDocument(vscode.Uri.parse(address.toString()));
    equal(shownView()?.getText(), text);
  });

  it('says what is wrong where there is no file', async () => {
    const none = vscode.Uri.joinPath(uri, '../none.mbox');
    const address = vscode.Uri.from({
      scheme: 'patchgloss',
      authority: 'reading',
      path: '/thread/0/x.mbox',
      query: none.toString(),
    });
    await eventually(
      async () => (await vscode.workspace.openTextDocument(address)).getText(),
      /cannot be read: There is no file none\.mbox\./,
    );
  });
});
