import * as vscode from 'vscode';
import { equal, matches } from './assert.ts';
import { eventually } from './eventually.ts';
import { mail, patch } from './tea-mails.ts';

const thread = [
  mail(
    'ada',
    1,
    'A pot that is cold cools the water which we pour.\nWe drink it anyway.\n\nNobody washes the blue cups.',
  ),
  mail('bo', 2, 'ada Example wrote:\n> A pot that is cold cools the water which we pour.\n\nThen warm it.'),
  mail(
    'cleo',
    3,
    'bo Example wrote:\n> ada Example wrote:\n>> A pot that is cold cools the water which we pour.\n>\n> Then warm it.\n\nHow?',
  ),
].join('\n');

describe('a quoted line', () => {
  let document: vscode.TextDocument;
  const at = (words: string) => document.positionAt(thread.indexOf(words) + 4);
  const ask = <Answer>(command: string, ...more: unknown[]) =>
    vscode.commands.executeCommand<Answer>(command, document.uri, ...more);

  before(async () => {
    // This suite is the first one: the extension may still be starting.
    await vscode.extensions.getExtension('patchgloss.patchgloss')?.activate();
    document = await vscode.workspace.openTextDocument({ content: thread, language: 'mbox' });
    await vscode.window.showTextDocument(document);
  });

  it('leads to where it was said', async () => {
    const links = await ask<vscode.LocationLink[]>('vscode.executeDefinitionProvider', at('>> A pot'));
    equal(links.length, 1);
    equal(links[0]?.targetRange.start.line, document.positionAt(thread.indexOf('A pot')).line);
    equal(links[0] && document.getText(links[0].targetRange), 'A pot that is cold cools the water which we pour.');
  });

  it('leads from a line of its author nowhere', async () => {
    equal((await ask<unknown[]>('vscode.executeDefinitionProvider', at('How?'))).length, 0);
  });

  it('has all quotes of it, beginning with the line itself', async () => {
    const found = await ask<vscode.Location[]>('vscode.executeReferenceProvider', at('A pot'));
    equal(found.map(({ range }) => document.getText(range).slice(0, 6)).join('|'), 'A pot |> A po|>> A p');
  });
});

const review = [
  mail('ada', 1, patch),
  mail(
    'bo',
    2,
    'ada Example wrote:\n> A pot that is cold warms the water which we pour.\n> So warm it before we drink.\n\nWhy?\n\n>  \tint cups = 2;\n> -\treturn 0;\n> +\twarm(pot);\n\n- not a diff\n- a list',
  ),
].join('\n');

describe('a quoted diff', () => {
  let document: vscode.TextDocument;
  const at = (words: string, from = 0) => document.positionAt(review.indexOf(words, from) + 3);
  const ask = <Answer>(command: string, ...more: unknown[]) =>
    vscode.commands.executeCommand<Answer>(command, document.uri, ...more);
  const hover = async (position: vscode.Position) => {
    const found = await ask<vscode.Hover[]>('vscode.executeHoverProvider', position);
    return found
      .flatMap(({ contents }) => contents.map((one) => (typeof one === 'string' ? one : one.value)))
      .join('\n');
  };

  before(async () => {
    document = await vscode.workspace.openTextDocument({ content: review, language: 'mbox' });
    await vscode.window.showTextDocument(document);
  });

  it('has the colours of a diff and of C', async () => {
    const start = at('> -\treturn').line;
    const range = new vscode.Range(start, 0, start, 100);
    const legend = await ask<vscode.SemanticTokensLegend>('vscode.provideDocumentRangeSemanticTokensLegend', range);
    const { data } = await ask<vscode.SemanticTokens>('vscode.provideDocumentRangeSemanticTokens', range);
    const kinds = Array.from(
      data.filter((_, index) => index % 5 === 3),
      (type) => legend.tokenTypes[type],
    );
    matches(kinds.join(), /^diffRemoved,keyword,number,diffCode/);
  });

  it('says which line of which file it is, and how many lines were cut above', async () => {
    matches(await hover(at('> -\treturn')), /tea\.c,.nbsp;make\\?_tea\\?\(\\?\),.nbsp;line.nbsp;42.nbsp;of/);
    matches(await hover(at('> -\treturn')), /\[1 line was cut above\]\(command:patchgloss\.showCut\?/);
    equal(await hover(at('- not a diff')), '');
  });

  it('is told to quote other words than those that were said', async () => {
    const said = () =>
      vscode.languages
        .getDiagnostics(document.uri)
        .filter(({ code }) => code === 'altered-quote')
        .map((one) => `${document.getText(one.range)}: ${one.message} ${one.relatedInformation?.[0]?.message}`)
        .join('\n');
    await eventually(
      said,
      /^warms: Quoted differently: said "A pot that is cold cools[^"]*", quoted "A pot that is cold warms[^"]*"\. Said here by ada Example$/,
    );
  });

  it('shows what was cut', async () => {
    await vscode.commands.executeCommand('patchgloss.showCut', {
      uri: document.uri.toString(),
      offset: review.indexOf('> -\treturn'),
    });
  });
});

describe('the review ledger', () => {
  it('is copied as a table', async () => {
    const document = await vscode.workspace.openTextDocument({ content: review, language: 'mbox' });
    await vscode.window.showTextDocument(document);
    const copied = async () => {
      await vscode.commands.executeCommand('patchgloss.copyLedger');
      return vscode.env.clipboard.readText();
    };
    await eventually(copied, /\| bo Example \| [^|]*\| Why\?/);
  });
});

describe('two versions of a patch', () => {
  it('are texts that differ where the patch does', async () => {
    const newer = mail(
      'ada',
      3,
      patch.replace('warm(pot)', 'warm(pot, 60)').replace('@@ -40,3 +40,4', '@@ -60,3 +60,4'),
    ).replace('Re: [PATCH]', '[PATCH v2]');
    const document = await vscode.workspace.openTextDocument({ content: `${review}\n${newer}`, language: 'mbox' });
    await vscode.window.showTextDocument(document);
    void vscode.commands.executeCommand('patchgloss.compareVersions');
    const title = async () => {
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return vscode.window.tabGroups.activeTabGroup.activeTab?.label ?? '';
    };
    await eventually(title, /^v1 \u2192 v2: tea: Warm the pot first/);
    const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
    const uris = input instanceof vscode.TabInputTextDiff ? [input.original, input.modified] : [];
    const texts = await Promise.all(uris.map(async (uri) => (await vscode.workspace.openTextDocument(uri)).getText()));
    const [before = [], after = []] = texts.map((text) => text.split('\n'));
    equal(after.filter((one) => !before.includes(one)).join(), '+\twarm(pot, 60);');
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
  });
});
