import * as vscode from 'vscode';
import { equal, matches } from './assert.ts';
import { eventually } from './eventually.ts';

declare const HOST_KIND: 'node' | 'worker';
const isNode = HOST_KIND === 'node';

function folder(): vscode.Uri {
  const [first] = vscode.workspace.workspaceFolders ?? [];
  if (!first) throw new Error('No folder is open.');
  return first.uri;
}

const mail = `From: Ada Example <ada@example.org>
Subject: About drivers/tea/pot.c and make_tea()
Message-ID: <names@example.org>

See drivers/tea/pot.c:2 and drivers/tea/cup.c, then pour_tea().
CONFIG_TEA_POT depends on it, and CONFIG_CUP on nothing.
`;

describe('a name of the source tree', () => {
  const tree = () => vscode.Uri.joinPath(folder(), 'drivers');
  let document: vscode.TextDocument;

  before(async () => {
    await vscode.extensions.getExtension('patchgloss.patchgloss')?.activate();
    const write = (name: string, text: string) =>
      vscode.workspace.fs.writeFile(vscode.Uri.joinPath(tree(), 'tea', name), new TextEncoder().encode(text));
    await write('pot.c', 'int pot;\nint make_tea(void)\n');
    await write('Kconfig', 'config TEA\n\tbool "Tea"\n\nmenuconfig TEA_POT\n\tbool "A pot"\n');
    document = await vscode.workspace.openTextDocument({ content: mail, language: 'eml' });
    await vscode.window.showTextDocument(document);
  });
  after(() => vscode.workspace.fs.delete(tree(), { recursive: true }));

  it('leads by a click into the folder that is open, else to the browser, and nothing is a link in the header', async () => {
    const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>(
      'vscode.executeLinkProvider',
      document.uri,
      20,
    );
    const shown = links.map(({ range, target }) => {
      const inside = target?.scheme === folder().scheme && `${target.path.split('/').at(-1)}#${target.fragment}`;
      return `${document.getText(range)}: ${inside || target?.toString(true)}`;
    });
    const pot = 'CONFIG_TEA_POT: ';
    equal(
      shown.filter((one) => !one.startsWith(pot)).join('\n'),
      [
        'drivers/tea/pot.c:2: pot.c#L2,1',
        'drivers/tea/cup.c: https://elixir.bootlin.com/linux/latest/source/drivers/tea/cup.c',
        'pour_tea(): https://elixir.bootlin.com/linux/latest/A/ident/pour_tea',
        'CONFIG_CUP: https://elixir.bootlin.com/linux/latest/K/ident/CONFIG_CUP',
      ].join('\n'),
    );
    // An editor without a server finds no files by their names.
    if (isNode)
      equal(
        shown.find((one) => one.startsWith(pot)),
        `${pot}Kconfig#L4,1`,
      );
  });

  it('leads to its definition where there is one, and nowhere else', async () => {
    const at = (words: string) => document.positionAt(mail.indexOf(words, mail.indexOf('See')) + 2);
    const leads = async (words: string) => {
      const found = await vscode.commands.executeCommand<vscode.LocationLink[]>(
        'vscode.executeDefinitionProvider',
        document.uri,
        at(words),
      );
      return found.map(({ targetUri, targetRange }) => `${targetUri.path.split('/').at(-1)}:${targetRange.start.line}`);
    };
    equal((await leads('drivers/tea/pot.c')).join(), 'pot.c:1');
    equal((await leads('drivers/tea/cup.c')).join(), '');
    if (isNode) equal((await leads('CONFIG_TEA_POT')).join(), 'Kconfig:3');
  });
});

/** What the suite uses of Node; a worker has none of it. */
declare const process: {
  getBuiltinModule(name: 'node:child_process'): typeof import('node:child_process');
  getBuiltinModule(name: 'node:fs'): typeof import('node:fs');
};

const tea = (pour: string) =>
  ['int make_tea(void)', '{', '\tfill(kettle);', '\tboil(kettle);', `\t${pour};`, '\tdrink(tea);', '}', ''].join('\n');

// Git runs where there are programs.
(isNode ? describe : describe.skip)('a patch of a mail in a repository that is open', () => {
  let base = '';
  const versions: string[] = [];

  const path = (name: string) => vscode.Uri.joinPath(folder(), name).fsPath;

  function git(...args: string[]): string {
    const identity = ['-c', 'user.name=Ada Example', '-c', 'user.email=ada@example.org', '-c', 'commit.gpgsign=false'];
    const { execFileSync } = process.getBuiltinModule('node:child_process');
    return execFileSync('git', [...identity, ...args], { cwd: folder().fsPath, encoding: 'utf8', stdio: 'pipe' });
  }

  /** Everything that a reader would miss, byte for byte: the files, the index, the objects, the branches. */
  function state(): string {
    const { readdirSync, readFileSync, statSync } = process.getBuiltinModule('node:fs');
    const files = readdirSync(folder().fsPath, { recursive: true }).map(String).sort();
    const kept = files.filter(
      (name) => !name.startsWith('.git/') || /^\.git\/(?:index|HEAD|refs\/|objects\/)/.test(name),
    );
    return kept
      .map((name) => (statSync(path(name)).isFile() ? `${name} ${readFileSync(path(name)).toString('base64')}` : name))
      .join('\n');
  }

  function commit(text: string, subject: string): void {
    process.getBuiltinModule('node:fs').writeFileSync(path('tea.c'), text);
    git('add', 'tea.c');
    git('commit', '-q', '-m', subject);
  }

  before(() => {
    git('init', '-q');
    commit(tea('pour(kettle)'), 'tea: Make it');
    base = git('rev-parse', 'HEAD').trim();
    for (const [at, pour] of ['pour(warmed)', 'pour(hot)'].entries()) {
      commit(tea(pour), 'tea: Warm the pot');
      const text = git('format-patch', '-1', '--stdout', `--base=${base}`, `-v${at + 1}`, 'HEAD');
      versions.push(text.replace(/^From:/m, `Message-ID: <warm-${at + 1}@example.org>\nFrom:`));
      git('reset', '-q', '--hard', base);
    }
  });
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    for (const name of ['.git', 'tea.c'])
      await vscode.workspace.fs.delete(vscode.Uri.joinPath(folder(), name), { recursive: true });
  });

  /** Tries the patches of a mail and takes the first row of what came of it: the line that the caret then is on. */
  async function triedLine(content: string): Promise<string> {
    const document = await vscode.workspace.openTextDocument({ content, language: 'eml' });
    const editor = await vscode.window.showTextDocument(document);
    const last = document.lineAt(document.lineCount - 1).range.end;
    editor.selection = new vscode.Selection(last, last);
    void vscode.commands.executeCommand('patchgloss.checkApplies');
    const line = async () => {
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return editor.selection.active.isEqual(last) ? '' : document.lineAt(editor.selection.active.line).text;
    };
    await eventually(line, /\S/);
    return line();
  }

  it('is tried beside the files and the index of the reader, and a hunk that fails is shown', async () => {
    const [good = ''] = versions;
    const before = state();
    matches(await triedLine(good), /^---$/);
    const bad = good.replace(/^ \tboil\(kettle\);$/m, ' \tfreeze(kettle);').replace(/^index .*$/m, '');
    matches(await triedLine(bad), /^ \{$|^ int make_tea|^ \tfill/);
    equal(state(), before);
  });

  it('is compared with another version of it as the real files at their base', async () => {
    const before = state();
    const document = await vscode.workspace.openTextDocument({ content: versions.join('\n'), language: 'mbox' });
    await vscode.window.showTextDocument(document);
    void vscode.commands.executeCommand('patchgloss.compareVersions');
    const title = async () => {
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return vscode.window.tabGroups.activeTabGroup.activeTab?.label ?? '';
    };
    await eventually(title, new RegExp(`^v1 \u2192 v2: tea: Warm the pot \\(on ${base.slice(0, 12)}\\)`));
    const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
    const uris = input instanceof vscode.TabInputTextDiff ? [input.original, input.modified] : [];
    const texts = await Promise.all(uris.map(async (uri) => (await vscode.workspace.openTextDocument(uri)).getText()));
    equal(texts.join('|'), [tea('pour(warmed)'), tea('pour(hot)')].join('|'));
    equal(state(), before);
  });

  it('names commits whose subject and date a hover knows', async () => {
    const content = `From: ada@example.org\nSubject: tea\n\nSince commit ${base.slice(0, 12)} ("tea: Make it") it is cold.\n`;
    const document = await vscode.workspace.openTextDocument({ content, language: 'eml' });
    await vscode.window.showTextDocument(document);
    const place = document.positionAt(content.indexOf(base.slice(0, 12)) + 2);
    await vscode.extensions.getExtension('vscode.git')?.activate();
    await vscode.commands.executeCommand('git.refresh');
    await eventually(async () => {
      const found = await vscode.commands.executeCommand<vscode.Hover[]>(
        'vscode.executeHoverProvider',
        document.uri,
        place,
      );
      const parts = found.flatMap(({ contents }) => contents);
      return parts.map((one) => (typeof one === 'string' ? one : one.value)).join('\n');
    }, /tea:.nbsp;Make.nbsp;it\n\n?Ada.nbsp;Example,.nbsp;\d{4}/);
  });
});
