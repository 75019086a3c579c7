/**
 * An extension of its own that keeps a workspace in memory: what a virtual workspace is made of. virtual-host.ts bundles
 * it with the files that are in the root folder at first.
 */
import * as vscode from 'vscode';

declare const FILES: Readonly<Record<string, string>>;
declare const SCHEME: string;

interface Entry {
  /** Absent for a folder. */
  content?: Uint8Array;
  time: number;
}

const entries = new Map<string, Entry>([['/', { time: 0 }]]);
for (const [name, text] of Object.entries(FILES)) {
  entries.set(`/${name}`, { content: new TextEncoder().encode(text), time: 1 });
}

const changes = new vscode.EventEmitter<vscode.FileChangeEvent[]>();

function tell(uri: vscode.Uri, type: vscode.FileChangeType): void {
  changes.fire([{ type, uri }]);
}

function entryAt(uri: vscode.Uri): Entry {
  const found = entries.get(uri.path);
  if (!found) throw vscode.FileSystemError.FileNotFound(uri);
  return found;
}

function typeOf({ content }: Entry): vscode.FileType {
  return content ? vscode.FileType.File : vscode.FileType.Directory;
}

function inside(folder: string): [string, Entry][] {
  const prefix = folder.endsWith('/') ? folder : `${folder}/`;
  return [...entries].filter(([path]) => path !== '/' && path.startsWith(prefix));
}

const provider: vscode.FileSystemProvider = {
  onDidChangeFile: changes.event,
  watch: () => new vscode.Disposable(() => undefined),
  stat(uri) {
    const entry = entryAt(uri);
    return { type: typeOf(entry), ctime: entry.time, mtime: entry.time, size: entry.content?.length ?? 0 };
  },
  readDirectory(uri) {
    entryAt(uri);
    const depth = uri.path === '/' ? 1 : uri.path.length + 1;
    return inside(uri.path).flatMap(([path, entry]): [string, vscode.FileType][] => {
      const name = path.slice(depth);
      return name.includes('/') ? [] : [[name, typeOf(entry)]];
    });
  },
  createDirectory(uri) {
    const steps = uri.path.split('/').filter((step) => step !== '');
    for (const at of steps.keys()) {
      const path = `/${steps.slice(0, at + 1).join('/')}`;
      if (!entries.has(path)) entries.set(path, { time: Date.now() });
    }
  },
  readFile(uri) {
    const { content } = entryAt(uri);
    if (!content) throw vscode.FileSystemError.FileIsADirectory(uri);
    return content;
  },
  writeFile(uri, content) {
    const known = entries.has(uri.path);
    entries.set(uri.path, { content, time: Date.now() });
    tell(uri, known ? vscode.FileChangeType.Changed : vscode.FileChangeType.Created);
  },
  delete(uri) {
    entryAt(uri);
    for (const [path] of inside(uri.path)) entries.delete(path);
    entries.delete(uri.path);
    tell(uri, vscode.FileChangeType.Deleted);
  },
  rename(from, to, { overwrite }) {
    if (entries.has(to.path) && !overwrite) throw vscode.FileSystemError.FileExists(to);
    entries.set(to.path, { ...entryAt(from), time: Date.now() });
    entries.delete(from.path);
    tell(from, vscode.FileChangeType.Deleted);
    tell(to, vscode.FileChangeType.Created);
  },
};

/** Proposed API, and so not in the types: without it `findFiles` finds nothing here. */
interface Proposed {
  registerFileSearchProvider?(scheme: string, provider: { provideFileSearchResults(): vscode.Uri[] }): void;
}

export function activate(): void {
  vscode.workspace.registerFileSystemProvider(SCHEME, provider, { isCaseSensitive: true });
  const workspace: typeof vscode.workspace & Proposed = vscode.workspace;
  workspace.registerFileSearchProvider?.(SCHEME, {
    provideFileSearchResults: () =>
      inside('/').flatMap(([path, { content }]) =>
        content ? [vscode.Uri.from({ scheme: SCHEME, authority: 'mount', path })] : [],
      ),
  });
}
