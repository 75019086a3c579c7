import * as vscode from 'vscode';
import { equal, matches } from './assert.ts';
import { eventually } from './eventually.ts';

const mail = (who: string, id: number, body: string) => `From ${who}@example.org Mon Jan  8 10:00:00 2024
From: ${who} Example <${who}@example.org>
Subject: ${id === 1 ? '' : 'Re: '}[PATCH] tea: Warm the pot first
Message-ID: <argument-${id}@example.org>
${id === 1 ? '' : `In-Reply-To: <argument-${id - 1}@example.org>\n`}Date: Mon, 8 Jan 2024 1${id}:00:00 +0000

${body}
`;

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

const patch = `A pot that is cold cools the water which we pour.
So warm it before we drink.

---
diff --git a/tea.c b/tea.c
--- a/tea.c
+++ b/tea.c
@@ -40,3 +40,4 @@ static int make_tea(struct pot *pot)
 \tint cups = 2;
 \tpour(pot);
-\treturn 0;
+\twarm(pot);
+\treturn cups;
`;

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
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
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
