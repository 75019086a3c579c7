import * as vscode from 'vscode';
import { randomHex } from '../random.ts';

/** A lock that is older than this was left behind: no write takes so long. Milliseconds, as for the locks on a disk. */
const stale = 10_000;
const patience = 10_000;
const pause = 30;

/**
 * Does something while `NAME.lock` says so to other windows, on a file system that is not ours to ask for links. A lock is put in place by a
 * rename that must not overwrite; whoever finds another one there waits.
 */
export async function withVirtualLock<Result>(file: vscode.Uri, work: () => Promise<Result>): Promise<Result> {
  const lock = file.with({ path: `${file.path}.lock` });
  const mine = `window ${randomHex(8)}`;
  const until = Date.now() + patience;
  while (!(await taken(lock, mine))) {
    if (await isLeft(lock)) await dropIfThere(lock);
    else if (Date.now() > until) {
      const name = vscode.workspace.asRelativePath(lock);
      throw new Error(vscode.l10n.t('{0} says that another window is writing; delete it if none is.', name));
    }
    await new Promise<void>((resolve) => setTimeout(resolve, pause));
  }
  try {
    return await work();
  } finally {
    await dropIfThere(lock);
  }
}

async function taken(lock: vscode.Uri, mine: string): Promise<boolean> {
  const made = lock.with({ path: `${lock.path}.${randomHex(4)}` });
  await vscode.workspace.fs.writeFile(made, new TextEncoder().encode(mine));
  try {
    await vscode.workspace.fs.rename(made, lock, { overwrite: false });
    // Where looking and renaming are two steps, the one who came last has it.
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(lock)) === mine;
  } catch {
    await dropIfThere(made);
    return false;
  }
}

async function isLeft(lock: vscode.Uri): Promise<boolean> {
  try {
    return Date.now() - (await vscode.workspace.fs.stat(lock)).mtime > stale;
  } catch {
    // It was given back meanwhile.
    return false;
  }
}

export async function dropIfThere(uri: vscode.Uri): Promise<void> {
  try {
    await vscode.workspace.fs.delete(uri);
  } catch {
    // Somebody else was faster, or it was moved.
  }
}
