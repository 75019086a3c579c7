import * as vscode from 'vscode';
import { type Memory, type Pace, readMemory } from '#archive/fetch';

/** When the last request was sent, for all windows of this host. */
export const pace: Pace = {};

/** Where it is kept what servers said of the threads they gave. */
export function memoryFile(context: vscode.ExtensionContext): vscode.Uri {
  return vscode.Uri.joinPath(context.globalStorageUri, 'fetched.json');
}

/** What was kept; nothing when nothing was. */
export async function readFetched(context: vscode.ExtensionContext): Promise<Memory> {
  const bytes = await bytesOf(memoryFile(context));
  return bytes ? readMemory(new TextDecoder().decode(bytes)) : { threads: [] };
}

export async function writeFetched(context: vscode.ExtensionContext, memory: Memory): Promise<void> {
  await vscode.workspace.fs.createDirectory(context.globalStorageUri);
  await vscode.workspace.fs.writeFile(memoryFile(context), new TextEncoder().encode(JSON.stringify(memory)));
}

/** The bytes of a file; absent when there is none. */
export async function bytesOf(file: vscode.Uri): Promise<Uint8Array | undefined> {
  try {
    return await vscode.workspace.fs.readFile(file);
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return undefined;
    throw error;
  }
}
