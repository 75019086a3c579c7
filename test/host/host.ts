/** A VS Code of its own for a group of checks: fresh folders, its own server, one browser. */
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { root, vscodeFolder } from '../../src/build/setup.mjs';
import { pageAddress, type Server, startServer } from '../../src/build/vscode-server.mjs';
import { launch } from './browser.ts';
import { Workbench } from './workbench.ts';

export interface HostOptions {
  /** Where the extension runs: the Node host, or the web worker with the browser bundle. */
  kind?: 'node' | 'worker';
  /** Copied into the workspace: paths of files and folders, or contents by name. */
  files?: readonly string[] | Readonly<Record<string, string>>;
  /** `all`: everything is trusted. `never`: the workspace stays in Restricted Mode, nobody is asked. */
  trust?: 'all' | 'never';
  /** The checkout as it stands, another folder, or a package that is installed first. */
  extension?: 'development' | { folder: string } | { vsix: string };
  /** The language that extensions speak; the editor itself stays English. */
  language?: string;
  token?: string;
  settings?: Readonly<Record<string, unknown>>;
}

export interface PageOptions {
  /** A file of the workspace. */
  open?: string;
  /** Further pairs of the address, such as `extensionTestsPath`; absolute paths. */
  more?: Readonly<Record<string, string>>;
  /** Before the page loads. */
  prepare?: (workbench: Workbench) => Promise<void>;
}

export interface Host {
  server: Server;
  /** The workspace folder, an absolute path. */
  workspace: string;
  settle(settings: Readonly<Record<string, unknown>>): void;
  /** A new page with this workspace; `open` is shown in it. */
  open(options?: PageOptions): Promise<Workbench>;
  /** Ends the browser and the server, and takes the folders away. */
  stop(): Promise<void>;
}

/** A steady picture: nothing that pops up or depends on the machine. */
export const steady = {
  'comments.openView': 'never',
  'editor.minimap.enabled': false,
  'workbench.tips.enabled': false,
};

const identifier = 'patchgloss.patchgloss';

export async function startHost(options: HostOptions = {}): Promise<Host> {
  const {
    kind = 'node',
    files = [],
    trust = 'all',
    extension = 'development',
    token,
    settings = {},
    language,
  } = options;
  const loaded = extension === 'development' ? root : 'folder' in extension ? extension.folder : undefined;
  const folder = mkdtempSync(join(tmpdir(), 'patchgloss-'));
  const workspace = join(folder, 'workspace');
  const data = join(folder, 'data');
  furnish(workspace, files);
  if (trust === 'never') neverAsk(data);
  if (typeof extension === 'object' && 'vsix' in extension) await install(extension.vsix, data);
  const all = {
    ...steady,
    ...(kind === 'worker' ? { 'remote.extensionKind': { [identifier]: ['web'] } } : {}),
    ...settings,
  };
  const server = await startServer({ data, trusted: trust === 'all', settings: all, ...(token ? { token } : {}) });
  const browser = await launch().catch(async (error: unknown) => {
    await server.stop();
    throw error;
  });
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
  // What the words of the editor itself would say when they are loaded in another language.
  if (language !== undefined)
    await context.addInitScript((name) => Object.assign(globalThis, { _VSCODE_NLS_LANGUAGE: name }), language);
  return {
    server,
    workspace,
    settle: (changed) => server.settle({ ...all, ...changed }),
    async open({ open, more = {}, prepare } = {}) {
      const page = await context.newPage();
      const address = (reopened: boolean) =>
        pageAddress(server, {
          folder: workspace,
          ...(token ? { token } : {}),
          // A page that names a file does not restore the editors it had.
          ...(open && !reopened ? { open: join(workspace, open) } : {}),
          ...(loaded === undefined ? {} : { extension: loaded }),
          more: Object.entries(more).map(([key, path]) => [key, `vscode-remote://${server.authority}${path}`]),
        });
      const workbench = new Workbench(page, {
        settle: (changed) => server.settle({ ...all, ...changed }),
        again: address(true),
      });
      await prepare?.(workbench);
      await workbench.load(address(false), open && basename(open));
      return workbench;
    },
    async stop() {
      await browser.close();
      await server.stop();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    },
  };
}

function furnish(workspace: string, files: NonNullable<HostOptions['files']>): void {
  mkdirSync(workspace, { recursive: true });
  if (isPaths(files)) {
    for (const path of files) {
      cpSync(path, statSync(path).isDirectory() ? workspace : join(workspace, basename(path)), { recursive: true });
    }
    return;
  }
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(workspace, name)), { recursive: true });
    writeFileSync(join(workspace, name), content);
  }
}

function isPaths(files: NonNullable<HostOptions['files']>): files is readonly string[] {
  return Array.isArray(files);
}

function neverAsk(data: string): void {
  const folder = join(data, 'data/User');
  mkdirSync(folder, { recursive: true });
  const settings = { 'security.workspace.trust.startupPrompt': 'never', 'security.workspace.trust.banner': 'never' };
  writeFileSync(join(folder, 'settings.json'), JSON.stringify(settings));
}

async function install(vsix: string, data: string): Promise<void> {
  const folders = ['--server-data-dir', data, '--extensions-dir', join(data, 'extensions')];
  const server = join(vscodeFolder, 'out/server-main.js');
  await promisify(execFile)(process.execPath, [server, '--install-extension', vsix, ...folders]);
}
