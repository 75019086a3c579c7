import * as vscode from 'vscode';

/** What changes when mail comes to a folder, to a maildir, or to a public-inbox. */
const TOLD_BY = ['.', 'cur', 'new', 'refs/heads', 'packed-refs'];

/** Tells the same folder that mail came to. Mail that came to a folder far inside is seen when it is opened anew. */
export async function folderState(uri: vscode.Uri): Promise<string> {
  const places = TOLD_BY.map((name) => vscode.Uri.joinPath(uri, name));
  const newest = await newestRepository(vscode.Uri.joinPath(uri, 'git'));
  if (newest) places.push(...TOLD_BY.map((name) => vscode.Uri.joinPath(newest, name)));
  const times = await Promise.all(places.map(timeOf));
  return `folder ${newest?.path ?? ''} ${times.join(' ')}`;
}

/** Of `0.git`, `1.git` and so on the last one. */
async function newestRepository(folder: vscode.Uri): Promise<vscode.Uri | undefined> {
  try {
    const names = (await vscode.workspace.fs.readDirectory(folder)).map(([name]) => name);
    const numbers = names.filter((name) => /^\d{1,9}\.git$/.test(name)).map((name) => Number.parseInt(name, 10));
    return numbers.length === 0 ? undefined : vscode.Uri.joinPath(folder, `${Math.max(...numbers)}.git`);
  } catch {
    return undefined;
  }
}

async function timeOf(uri: vscode.Uri): Promise<number> {
  return vscode.workspace.fs.stat(uri).then(
    ({ mtime }) => mtime,
    () => 0,
  );
}
