import * as vscode from 'vscode';
import { equal } from './assert.ts';

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
