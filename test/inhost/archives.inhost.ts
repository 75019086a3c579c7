import * as vscode from 'vscode';
import { equal, matches } from './assert.ts';
import { shownView } from './shown-view.ts';

declare const HOST_KIND: 'node' | 'worker';
const isNode = HOST_KIND === 'node';

function mail(name: string, answers?: string): string {
  const date = new Date(Date.UTC(2024, 0, 8) + name.charCodeAt(0) * 60_000).toUTCString().replace('GMT', '+0000');
  const named = answers === undefined ? '' : `In-Reply-To: <archive-${answers}@example.org>\n`;
  return `From: Ada Ament <ada@example.org>\nSubject: kettle ${answers ?? name}\nDate: ${date}\nMessage-ID: <archive-${name}@example.org>\n${named}\nThe TDX module needs a PAMT: ${name}.\n`;
}

async function packed(text: string): Promise<Uint8Array> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** The thread of the latest message, opened from the tree. */
async function openThread(): Promise<vscode.TextDocument> {
  await vscode.commands.executeCommand('patchgloss.threads.nextUnread');
  const view = shownView();
  if (!view) throw new Error('No reading view is on the screen.');
  await vscode.window.showTextDocument(view);
  await vscode.commands.executeCommand('patchgloss.openThreadView');
  const document = vscode.window.activeTextEditor?.document;
  if (!document) throw new Error('The thread is not open.');
  return document;
}

describe('an archive that is no single mailbox', function (this: Mocha.Suite) {
  this.timeout(60_000);
  const [workspace] = vscode.workspace.workspaceFolders ?? [];
  const root = workspace?.uri ?? vscode.Uri.file('/');
  const write = async (name: string, content: string | Uint8Array) =>
    vscode.workspace.fs.writeFile(
      vscode.Uri.joinPath(root, name),
      typeof content === 'string' ? new TextEncoder().encode(content) : content,
    );
  afterEach(async () => {
    await vscode.commands.executeCommand('patchgloss.threads.closeMailbox');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('is a maildir, whose threads are read, each line leading back to the file of its mail', async () => {
    if (!isNode) return;
    for (const [at, name] of ['cur/1.a.host:2,S', 'cur/2.b.host:2,', 'new/3.c.host'].entries())
      await write(`maildir/${name}`, at === 0 ? mail('a') : mail('abc'[at] ?? '', 'a'));
    await vscode.workspace.fs.createDirectory(vscode.Uri.joinPath(root, 'maildir/tmp'));
    await vscode.commands.executeCommand('patchgloss.openMailbox', vscode.Uri.joinPath(root, 'maildir'));
    const document = await openThread();
    const lines = document.getText().split('\n');
    equal(lines.filter((line) => line.startsWith('Message-ID: ')).length, 3);
    const [target] = await vscode.commands.executeCommand<vscode.LocationLink[]>(
      'vscode.executeDefinitionProvider',
      document.uri,
      new vscode.Position(lines.indexOf('The TDX module needs a PAMT: c.'), 0),
    );
    matches(target?.targetUri.path, /\/maildir\/new\/3\.c\.host$/);
    equal(target?.targetRange.start.line, mail('c', 'a').split('\n').length - 2);
    await vscode.workspace.fs.delete(vscode.Uri.joinPath(root, 'maildir'), { recursive: true });
  });

  it('is a small compressed mailbox', async () => {
    const from = 'From ada@example.org Mon Jan  8 10:00:00 2024\n';
    await write('packed.mbox.gz', await packed(`${from}${mail('a')}\n${from}${mail('b', 'a')}\n`));
    const uri = vscode.Uri.joinPath(root, 'packed.mbox.gz');
    await vscode.commands.executeCommand('patchgloss.openMailbox', uri);
    const document = await openThread();
    matches(document.getText(), /^The TDX module needs a PAMT: a\.\n(.*\n)*The TDX module needs a PAMT: b\.$/m);
    await vscode.workspace.fs.delete(uri);
  });
});
