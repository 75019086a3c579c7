import * as vscode from 'vscode';

/** In front of every text: bytes of ours are UTF-8, whatever encoding a reader has set for files. */
const BOM = '\ufeff';

/**
 * Our documents as files that cannot be written: unlike documents without a file, the editor opens them again after a reload, where they were, and starts us for them.
 */
export function ownFiles(documents: vscode.TextDocumentContentProvider): vscode.FileSystemProvider & vscode.Disposable {
  const changes = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  /** When a text became another one, in milliseconds since 1970; by address. */
  const changed = new Map<string, number>();
  const listening = documents.onDidChange?.((uri) => {
    changed.set(uri.toString(), Math.max(Date.now(), (changed.get(uri.toString()) ?? 0) + 1));
    changes.fire([{ type: vscode.FileChangeType.Changed, uri }]);
  });
  const bytesOf = async (uri: vscode.Uri): Promise<Uint8Array> => {
    const { token } = new vscode.CancellationTokenSource();
    const text = await documents.provideTextDocumentContent(uri, token);
    if (typeof text !== 'string') throw vscode.FileSystemError.FileNotFound(uri);
    return new TextEncoder().encode(BOM + text);
  };
  const refuse = (uri: vscode.Uri): never => {
    throw vscode.FileSystemError.NoPermissions(uri);
  };
  return {
    onDidChangeFile: changes.event,
    watch: () => new vscode.Disposable(() => undefined),
    async stat(uri) {
      const { length } = await bytesOf(uri);
      const mtime = changed.get(uri.toString()) ?? 0;
      return { type: vscode.FileType.File, ctime: 0, mtime, size: length, permissions: vscode.FilePermission.Readonly };
    },
    readFile: bytesOf,
    readDirectory: () => [],
    createDirectory: refuse,
    writeFile: refuse,
    delete: refuse,
    rename: refuse,
    dispose: () => vscode.Disposable.from(changes, ...(listening ? [listening] : [])).dispose(),
  };
}
