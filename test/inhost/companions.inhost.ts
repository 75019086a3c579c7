import * as vscode from 'vscode';
import { equal, matches } from './assert.ts';
import { eventually } from './eventually.ts';
import { mail, patch } from './tea-mails.ts';

describe('mails that are open beside each other', () => {
  const id = (number: number) => `20240108100000.7-${number}-ada@example.org`;
  const patchMail = (number: number, subject: string, body: string, more = '') =>
    `From ada@example.org Mon Jan  8 10:00:00 2024\nFrom: Ada Example <ada@example.org>\nSubject: ${subject}\nMessage-ID: <${id(number)}>\n${more}Date: Mon, 8 Jan 2024 1${number}:00:00 +0000\n\n${body}\n`;
  const first = patchMail(1, '[PATCH] tea: Keep the kettle on the stove', patch.replaceAll('A pot', 'A kettle'));
  const answer = patchMail(
    2,
    'Re: [PATCH] tea: Keep the kettle on the stove',
    `Ada Example wrote:\n> A kettle that is cold cools the water which we pour.\n\nSee <${id(1)}>, <${id(8)}>.`,
    `In-Reply-To: <${id(1)}>\n`,
  );
  const renamed = patchMail(
    5,
    '[PATCH v2] kettle: Stay warm',
    'Another message.\n\n---\ndiff --git a/k.c b/k.c\n--- a/k.c\n+++ b/k.c\n@@ -1,2 +1,2 @@\n int a;\n-int b;\n+int c;\n',
  );
  let patchDocument: vscode.TextDocument;
  let document: vscode.TextDocument;
  const at = (text: string, words: string) => document.positionAt(text.indexOf(words) + 4);

  before(async () => {
    await vscode.extensions.getExtension('patchgloss.patchgloss')?.activate();
    patchDocument = await vscode.workspace.openTextDocument({ content: first, language: 'mbox' });
    await vscode.window.showTextDocument(patchDocument, { preview: false });
    document = await vscode.workspace.openTextDocument({ content: answer, language: 'mbox' });
    await vscode.window.showTextDocument(document, { preview: false });
  });

  it('quote each other', async () => {
    const links = await vscode.commands.executeCommand<vscode.LocationLink[]>(
      'vscode.executeDefinitionProvider',
      document.uri,
      at(answer, '> A kettle'),
    );
    equal(links.map(({ targetUri }) => targetUri.toString()).join(), patchDocument.uri.toString());
    equal(
      links[0] && patchDocument.getText(links[0].targetRange),
      'A kettle that is cold cools the water which we pour.',
    );
    const quotes = await vscode.commands.executeCommand<vscode.Location[]>(
      'vscode.executeReferenceProvider',
      patchDocument.uri,
      patchDocument.positionAt(first.indexOf('A kettle') + 2),
    );
    equal(quotes.map(({ uri }) => uri.toString()).join(), [patchDocument.uri, document.uri].join());
  });

  it('are where their Message-IDs lead; a mail that is not open is offered to be fetched', async () => {
    const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>(
      'vscode.executeLinkProvider',
      document.uri,
    );
    const target = (number: number) =>
      links.find(({ range }) => range.contains(at(answer, `<${id(number)}>, `.slice(0, number === 1 ? -1 : -2))))
        ?.target;
    equal(target(1)?.with({ fragment: '' }).toString(), patchDocument.uri.toString());
    equal(target(8)?.toString(true), `command:patchgloss.openMessage?["${id(8)}"]`);
    const found = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      at(answer, `<${id(8)}>`),
    );
    const shown = found.flatMap(({ contents }) => contents.map((one) => (typeof one === 'string' ? one : one.value)));
    const link = encodeURIComponent(JSON.stringify([`<${id(8)}>`]));
    equal(shown.join('\n'), `This message is not here. [Fetch Thread](command:patchgloss.fetchThread?${link})`);
  });

  it('are compared where the reader links them by hand', async () => {
    const other = await vscode.workspace.openTextDocument({ content: renamed, language: 'mbox' });
    await vscode.window.showTextDocument(other, { preview: false });
    void vscode.commands.executeCommand('patchgloss.linkVersion');
    const compared = async () => {
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return vscode.window.tabGroups.activeTabGroup.activeTab?.label ?? '';
    };
    await new Promise<void>((resolve) => setTimeout(resolve, 1500));
    await compared();
    void vscode.commands.executeCommand('patchgloss.compareVersions');
    await eventually(compared, /^v1 \u2192 v2: kettle: Stay warm/);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });
});

describe('two versions of a series', () => {
  it('are shown patch by patch, those that differ', async () => {
    const series = (version: number, change: (body: string) => string) =>
      [1, 2, 3].map((part) =>
        mail(
          'ada',
          10 * version + part,
          change(`Part ${part}.\n\n${patch.replaceAll('tea.c', `tea${part}.c`)}`),
        ).replace(/^Subject: .*$/m, `Subject: [PATCH v${version} ${part}/3] tea: Change part ${part}`),
      );
    const changed = (body: string) => (body.startsWith('Part 2') ? body : body.replace('warm(pot)', 'warm(pot, 60)'));
    const content = [...series(1, (body) => body), ...series(2, changed)].join('\n');
    const document = await vscode.workspace.openTextDocument({ content, language: 'mbox' });
    await vscode.window.showTextDocument(document);
    void vscode.commands.executeCommand('patchgloss.compareVersions');
    const title = async () => {
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return vscode.window.tabGroups.activeTabGroup.activeTab?.label ?? '';
    };
    await eventually(title, /^v1 \u2192 v2: tea: Change part 1/);
    const names = () =>
      vscode.workspace.textDocuments
        .filter(({ uri }) => uri.authority === 'version' && uri.path.includes('Change-part'))
        .map(({ uri }) => uri.path)
        .sort()
        .join();
    await eventually(
      names,
      /^(?:\/changed\/0001-tea-Change-part-1\.diff,?){2}(?:\/changed\/0003-tea-Change-part-3\.diff,?){2}$/,
    );
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });
});

describe('a message that is shown by itself', () => {
  const spelled = 'The Kettle Temperature Table (KTT) is read once a boot.';
  const text = [
    mail('ada', 1, `${spelled}\nIt holds one row a cup.`),
    mail('bo', 2, `ada Example wrote:\n> ${spelled}\n\nWhy not twice? The KTT is small.`),
  ].join('\n');
  let source: vscode.Uri;
  let view: vscode.TextDocument;

  before(async () => {
    const folder = vscode.workspace.workspaceFolders?.[0];
    if (!folder) throw new Error('No folder is open.');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    source = vscode.Uri.joinPath(folder.uri, 'single.mbox');
    await vscode.workspace.fs.writeFile(source, new TextEncoder().encode(text));
    const editor = await vscode.window.showTextDocument(source);
    const line = editor.document.positionAt(text.indexOf('Why not')).line;
    editor.selection = new vscode.Selection(line, 0, line, 0);
    await vscode.commands.executeCommand('patchgloss.openReadingView');
    const shown = vscode.window.activeTextEditor?.document;
    if (shown?.uri.scheme !== 'patchgloss') throw new Error('The reading view did not open.');
    view = shown;
  });
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.workspace.fs.delete(source);
  });

  const ask = <Answer>(command: string, words: string, into: number) =>
    vscode.commands.executeCommand<Answer[]>(command, view.uri, view.positionAt(view.getText().indexOf(words) + into));

  it('leads from its quotes into its thread', async () => {
    const [found] = await ask<vscode.LocationLink>('vscode.executeDefinitionProvider', '> The Kettle', 1);
    matches(found?.targetUri.path, /^\/thread\/0\//);
    const there = found && (await vscode.workspace.openTextDocument(found.targetUri));
    equal(there?.getText(found?.targetRange), spelled);
  });

  it('is explained out of its thread', async () => {
    const shown = async () => {
      const found = await ask<vscode.Hover>('vscode.executeHoverProvider', 'The KTT is small', 5);
      const parts = found.flatMap(({ contents }) => contents);
      return parts.map((one) => (typeof one === 'string' ? one : one.value)).join('\n');
    };
    await eventually(shown, /Kettle Temperature Table[\s\S]*by ada Example in a mail of 8 Jan 2024/);
  });
});
