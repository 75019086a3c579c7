import * as vscode from 'vscode';
import { equal } from './assert.ts';

/** `node` or `worker`, by the bundler. */
declare const HOST_KIND: string;

describe('the extension', () => {
  it('runs in the host it was built for', async () => {
    const extension = vscode.extensions.getExtension('patchgloss.patchgloss');
    await extension?.activate();
    equal(extension?.isActive, true);
    equal('importScripts' in globalThis ? 'worker' : 'node', HOST_KIND);
  });

  it('opens a mailbox as a mailbox', async () => {
    const [file] = await vscode.workspace.findFiles('*.mbox');
    const document = await vscode.workspace.openTextDocument(file ?? vscode.Uri.file('/'));
    equal(document.languageId, 'mbox');
  });
});
