import * as vscode from 'vscode';
import { equal, matches } from './assert.ts';
import { eventually } from './eventually.ts';

const thread = `From ada@example.org Mon Jan  8 10:00:00 2024
From: Ada Ament <ada@example.org>
Subject: [PATCH v2 1/2] tea: warm the pot
Message-ID: <navigation-1@example.org>
Date: Mon, 8 Jan 2024 10:00:00 +0000

The pot is cold.

Signed-off-by: Ada Ament <ada@example.org>
---
diff --git a/tea.c b/tea.c
--- a/tea.c
+++ b/tea.c
@@ -1,2 +1,3 @@ static void boil(void)
 fill();
+heat\u202e();
 wait();
-- 
2.43.0

From bo@example.org Mon Jan  8 11:00:00 2024
From: Bo Birk <bo@example.org>
Subject: Re: [PATCH v2 1/2] tea: warm the pot
Message-ID: <navigation-2@example.org>
In-Reply-To: <navigation-1@example.org>
Date: Mon, 8 Jan 2024 11:00:00 +0000

On Mon, 8 Jan 2024, Ada Ament wrote:
> On Sun, 7 Jan 2024, Cy Cole wrote:
> > Why is it cold?
> > Who left it out?
> The pot is cold.

It was out all night.

> It stays so.

Then warm it.
`;

describe('going about in a mail', () => {
  let document: vscode.TextDocument;
  let editor: vscode.TextEditor;

  const run = (command: string, ...given: unknown[]) =>
    vscode.commands.executeCommand(`patchgloss.${command}`, ...given);
  const ask = <Answer>(what: string, ...given: unknown[]) =>
    vscode.commands.executeCommand<Answer>(`vscode.execute${what}`, document.uri, ...given);
  const at = (words: string) => document.positionAt(thread.indexOf(words));
  const caretTo = (words: string) => {
    editor.selection = new vscode.Selection(at(words), at(words));
  };
  const lineAtCaret = () => document.lineAt(editor.selection.active.line).text;

  before(async () => {
    document = await vscode.workspace.openTextDocument({ content: thread, language: 'mbox' });
    editor = await vscode.window.showTextDocument(document);
    // What is asked of a mail is registered when the first one is there.
    await eventually(async () => String((await ask<vscode.CodeLens[]>('CodeLensProvider', 4)).length), /^3$/);
  });

  it('says above each message what is known of it, and leads on', async () => {
    const lenses = await ask<vscode.CodeLens[]>('CodeLensProvider', 4);
    const titles = lenses.map(({ command }) => command?.title ?? '').sort();
    matches(titles.join('; '), /^1 reply · v2 1\/2.*; read on ↓; v2 1\/2$/);
    const on = lenses.find(({ command }) => command?.command === 'patchgloss.nextMessage');
    equal(on?.range.start.line, 0);
  });

  it('goes by keys from message to message, and to what is new', async () => {
    caretTo('From ada');
    await run('nextMessage');
    equal(lineAtCaret(), 'From bo@example.org Mon Jan  8 11:00:00 2024');
    await run('nextNewText');
    equal(lineAtCaret(), 'It was out all night.');
    await run('nextNewText');
    equal(lineAtCaret(), 'Then warm it.');
    await run('previousPatch');
    equal(lineAtCaret(), 'From ada@example.org Mon Jan  8 10:00:00 2024');
  });

  it('folds the quotes and unfolds them, and deep ones alone', async () => {
    const shown = () => String(editor.visibleRanges.length);
    caretTo('Then warm');
    editor.revealRange(new vscode.Range(at('From bo'), at('Then warm')));
    await run('toggleQuotes');
    await eventually(shown, /^[23]$/);
    await run('toggleQuotes');
    await eventually(shown, /^1$/);
    await run('foldQuotesOlder', 1);
    await eventually(() => editor.visibleRanges.map(({ end }) => document.lineAt(end.line).text).join(), /Why is it/);
    await run('toggleQuotes');
    await vscode.commands.executeCommand('editor.unfoldAll');
  });

  it('copies a link, a quote in Markdown, and the beginning of an answer', async () => {
    caretTo('It was out');
    await run('copyLoreLink');
    equal(await vscode.env.clipboard.readText(), 'https://lore.kernel.org/all/navigation-2%40example.org/');
    editor.selection = new vscode.Selection(at('It was out'), at('> It stays'));
    await run('copyPlainReply');
    equal(
      await vscode.env.clipboard.readText(),
      'On Mon, 8 Jan 2024 11:00:00 +0000, Bo Birk wrote:\n> It was out all night.\n',
    );
    await run('copyMarkdownQuote');
    matches(await vscode.env.clipboard.readText(), /^Bo Birk, .*\n\n> It was out all night\.\n$/);
  });

  it('selects by word, line, quote and message', async () => {
    const [range] = await ask<vscode.SelectionRange[]>('SelectionRangeProvider', [at('Why is it')]);
    const levels: string[] = [];
    for (let level = range; level; level = level.parent) levels.push(document.getText(level.range));
    equal(levels[0], 'Why');
    equal(levels.includes('> > Why is it cold?\n> > Who left it out?'), true);
    equal(
      levels.some((level) => /^> On Sun.*The pot is cold\.$/s.test(level)),
      true,
    );
  });

  it('marks where the same person speaks', async () => {
    const places = await ask<vscode.DocumentHighlight[]>('DocumentHighlights', at('> It stays'));
    const marked = places.map(({ range }) => document.getText(range));
    equal(marked.filter((text) => /^> ?$/.test(text)).length, 3);
    equal(marked.includes('On Mon, 8 Jan 2024, Ada Ament wrote:'), true);
  });

  it('names who is quoted, where the reader wants it', async () => {
    const whole = new vscode.Range(0, 0, document.lineCount, 0);
    const hints = async () => {
      const found = await ask<vscode.InlayHint[]>('InlayHintProvider', whole);
      return found.map(({ label }) => String(label)).join();
    };
    equal(await hints(), '');
    const settings = vscode.workspace.getConfiguration('patchgloss');
    await settings.update('speakers', 'on', vscode.ConfigurationTarget.Global);
    await eventually(hints, /^Ada Ament:,Ada Ament:$/);
    await settings.update('speakers', undefined, vscode.ConfigurationTarget.Global);
  });

  it('finds messages by their subjects', async () => {
    const found = await vscode.commands.executeCommand<vscode.SymbolInformation[]>(
      'vscode.executeWorkspaceSymbolProvider',
      'warm pot',
    );
    const here = found.filter(({ location }) => location.uri.toString() === document.uri.toString());
    equal(
      here
        .map(({ location }) => document.lineAt(location.range.start.line).text.slice(0, 8))
        .sort()
        .join(),
      'From ada,From bo@',
    );
    matches(here.map(({ containerName }) => containerName).join(), /Bo Birk/);
  });

  it('tells of characters that turn code around, and shows their bytes', async () => {
    const told = () => vscode.languages.getDiagnostics(document.uri).filter(({ code }) => code === 'hidden-character');
    await eventually(
      () =>
        told()
          .map(({ message }) => message)
          .join(),
      /^U\+202E changes the order/,
    );
    const [diagnostic] = told();
    const actions = await ask<vscode.CodeAction[]>('CodeActionProvider', diagnostic?.range);
    const bytes = actions.find(({ title }) => title === 'Show the bytes');
    await vscode.commands.executeCommand(bytes?.command?.command ?? '', ...(bytes?.command?.arguments ?? []));
    const page = vscode.window.activeTextEditor?.document;
    matches(page?.getText(), /e2 80 ae 28 29 3b/);
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    for (const wrong of [
      undefined,
      'bytes',
      { fix: 'bytes' },
      { fix: 'bytes', uri: 'file:///etc/hostname', offset: 0 },
    ])
      await run('fix', wrong);
  });

  it('reads a thread from the clipboard', async () => {
    await vscode.env.clipboard.writeText(thread);
    await run('readClipboard');
    const opened = vscode.window.activeTextEditor?.document;
    equal(opened?.languageId, 'mbox');
    equal(opened?.getText().replaceAll('\r', ''), thread);
    await vscode.env.clipboard.writeText('milk, bread');
    const open = vscode.workspace.textDocuments.length;
    await run('readClipboard');
    equal(vscode.workspace.textDocuments.length, open);
  });

  it('offers what helps where a charset is not known', async () => {
    const content = 'From: ada@example.org\nSubject: tea\nContent-Type: text/plain; charset=x-pot\n\nCaf\u00e9.\n';
    const mail = await vscode.workspace.openTextDocument({ content, language: 'eml' });
    const told = () => vscode.languages.getDiagnostics(mail.uri).filter(({ code }) => code === 'charset-unknown');
    await eventually(() => String(told().length), /^1$/);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      mail.uri,
      told()[0]?.range,
    );
    const titles = actions.map(({ title }) => title);
    for (const title of ['Read the message decoded', 'Read the file as...', 'Show the bytes'])
      equal(titles.includes(title) ? title : titles.join(), title);
    const read = actions.find(({ title }) => title === 'Read the message decoded')?.command;
    await vscode.commands.executeCommand(read?.command ?? '', ...(read?.arguments ?? []));
    equal(vscode.window.activeTextEditor?.document.uri.authority, 'reading');
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
  });

  it('takes no key that the editor uses', async () => {
    const defaults = await vscode.workspace.openTextDocument(
      vscode.Uri.parse('vscode://defaultsettings/keybindings.json'),
    );
    const lines = defaults
      .getText()
      .split('\n')
      .filter((line) => !line.trimStart().startsWith('//'));
    const taken: { key: string; command: string }[] = JSON.parse(lines.join('\n'));
    equal(taken.length > 500, true);
    const names =
      /^patchgloss\.(?:(?:next|previous)(?:Message|Patch|Remark|NewText)|toggleQuotes|foldQuotesOlder|copyMessageAs)$/;
    const ours = taken.filter(({ command }) => names.test(command));
    equal(ours.length > 8, true);
    const others = new Map(
      taken.filter(({ command }) => !command.includes('patchgloss.')).map((one) => [one.key, one.command]),
    );
    for (const { key, command } of ours) equal(`${command}: ${others.get(key) ?? 'free'}`, `${command}: free`);
  });
});

describe('the reading view of an answer to an answer', () => {
  it('folds what is quoted four deep, and nothing else', async () => {
    const folder = vscode.workspace.workspaceFolders?.[0];
    if (!folder) throw new Error('No folder is open.');
    const quote = (depth: number, lines: number) =>
      Array.from({ length: lines }, (_, at) => `${'> '.repeat(depth)}Cup ${at} of round ${depth}.\n`).join('');
    const head = 'From: Ada Ament <ada@example.org>\nSubject: Re: Cups\nMessage-ID: <cups@example.org>\n\n';
    const text = `${head}${quote(1, 2)}${quote(2, 2)}${quote(3, 2)}${quote(4, 8)}${quote(3, 3)}${quote(1, 2)}\nYes.\n`;
    const uri = vscode.Uri.joinPath(folder.uri, 'cups.eml');
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
    await vscode.window.showTextDocument(uri);
    await vscode.commands.executeCommand('patchgloss.openReadingView');
    const hidden = () => {
      const editor = vscode.window.activeTextEditor;
      const [above, below] = editor?.visibleRanges ?? [];
      if (!editor || !above || !below) return '';
      return editor.document.getText(new vscode.Range(above.end.line + 1, 0, below.start.line, 0));
    };
    await eventually(hidden, /^(?:> > > > Cup [1-7] of round 4\.\n){7}$/);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.workspace.fs.delete(uri);
  });
});
