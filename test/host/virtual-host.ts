/**
 * The workbench with no server behind it, as on vscode.dev: extensions run in a web worker, and the workspace is what an
 * extension keeps in memory.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, relative, resolve } from 'node:path';
import { build } from 'esbuild';
import { root, vscodeFolder } from '../../src/build/setup.mjs';
import { launch } from './browser.ts';
import { type Host, type PageOptions, steady } from './host.ts';
import { Workbench } from './workbench.ts';

const mediaTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.wasm': 'application/wasm',
};

const filesScheme = 'patchgloss-test';

const filesManifest = JSON.stringify({
  name: 'files',
  publisher: 'patchgloss-test',
  version: '0.0.1',
  engines: { vscode: '^1.100.0' },
  browser: './extension.js',
  activationEvents: [`onFileSystem:${filesScheme}`, `onSearch:${filesScheme}`],
  capabilities: { virtualWorkspaces: true, untrustedWorkspaces: { supported: true } },
  enabledApiProposals: ['fileSearchProvider'],
});

/** Told apart by where they begin. */
const folders: Readonly<Record<string, string>> = { '/vscode/': vscodeFolder, '/extension/': root };

/** `suite`: a bundled suite below the checkout, which runs when a page is opened. */
export async function startVirtualHost(
  files: Readonly<Record<string, string>>,
  suite?: string,
): Promise<Pick<Host, 'open' | 'stop'>> {
  const workbenchCode = withoutServer();
  const filesCode = await filesExtension(files);
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1');
    if (pathname === '/') send(response, '.html', page(`127.0.0.1:${port()}`, suite));
    else if (pathname === '/files/package.json') send(response, '.json', filesManifest);
    else if (pathname === '/files/extension.js') send(response, '.js', filesCode);
    else if (pathname === `/vscode/${workbenchPath}`) send(response, '.js', workbenchCode);
    else sendFile(response, pathname);
  });
  const port = () => (server.address() as AddressInfo).port;
  await new Promise<void>((listening) => {
    server.listen(0, '127.0.0.1', listening);
  });
  const browser = await launch();
  return {
    async open({ open, prepare }: PageOptions = {}) {
      const payload = open ? [['openFile', `${filesScheme}://mount/${open}`]] : [];
      const address = `http://127.0.0.1:${port()}/?payload=${encodeURIComponent(JSON.stringify(payload))}`;
      const workbench = new Workbench(await browser.newPage({ viewport: { width: 1400, height: 900 } }), {
        settle: () => {
          throw new Error('Settings of a virtual workspace are fixed.');
        },
        again: address,
      });
      await prepare?.(workbench);
      await workbench.load(address, open);
      return workbench;
    },
    async stop() {
      await browser.close();
      server.close();
    },
  };
}

/** The program of virtual-files.ts, with these files in it. */
async function filesExtension(files: Readonly<Record<string, string>>): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, 'virtual-files.ts')],
    bundle: true,
    write: false,
    format: 'cjs',
    platform: 'browser',
    external: ['vscode'],
    define: { FILES: JSON.stringify(files), SCHEME: JSON.stringify(filesScheme) },
  });
  return outputFiles[0]?.text ?? '';
}

const workbenchPath = 'out/vs/code/browser/workbench/workbench.js';

/** The workbench believes that whoever served it is its server; two places in its code say so. */
function withoutServer(): string {
  const changes = [
    ['remoteAuthority:location.host', 'remoteAuthority:void 0'],
    ['this.userDataPath).with({scheme:K.vscodeRemote})', 'this.userDataPath).with({scheme:K.vscodeUserData})'],
  ] as const;
  let code = readFileSync(join(vscodeFolder, workbenchPath), 'utf8');
  for (const [from, to] of changes) {
    if (code.split(from).length !== 2) throw new Error(`The workbench has changed, not found exactly once: ${from}`);
    code = code.replace(from, to);
  }
  return code;
}

function page(authority: string, suite: string | undefined): string {
  const at = (path: string) => ({ scheme: 'http', authority, path });
  const configuration = {
    serverBasePath: '.',
    webviewEndpoint: 'vscode/out/vs/workbench/contrib/webview/browser/pre',
    userDataPath: '/',
    isEnabledFileDownloads: true,
    isEnabledFileUploads: true,
    isEnabledCoderGettingStarted: true,
    enableWorkspaceTrust: false,
    developmentOptions: {
      extensions: [at('/extension')],
      ...(suite ? { extensionTestsPath: at(`/extension/${relative(root, suite)}`) } : {}),
    },
    additionalBuiltinExtensions: [at('/files')],
    folderUri: { scheme: filesScheme, authority: 'mount', path: '/' },
    configurationDefaults: { ...steady, 'workbench.startupEditor': 'none', 'files.autoSave': 'off' },
    productConfiguration: {
      enableTelemetry: false,
      rootEndpoint: '.',
      extensionEnabledApiProposals: { 'patchgloss-test.files': ['fileSearchProvider'] },
    },
    callbackRoute: 'callback',
  };
  const values: Readonly<Record<string, string>> = {
    WORKBENCH_WEB_CONFIGURATION: JSON.stringify(configuration).replaceAll('"', '&quot;'),
    WORKBENCH_WEB_BASE_URL: '/vscode',
    WORKBENCH_NLS_URL: '/vscode/out/nls.messages.js',
    WORKBENCH_NLS_FALLBACK_URL: '/vscode/out/nls.messages.js',
    BASE: '.',
    VS_BASE: '.',
  };
  const template = readFileSync(join(vscodeFolder, 'out/vs/code/browser/workbench/workbench.html'), 'utf8');
  return template.replace(/\{\{(\w+)\}\}/g, (_, key: string) => values[key] ?? '');
}

function sendFile(response: ServerResponse, pathname: string): void {
  const path = pathOf(decodeURIComponent(pathname));
  if (path !== undefined && existsSync(path)) send(response, extname(path), readFileSync(path));
  else response.writeHead(404).end();
}

/** The file that an address names, if it is within one of the folders. */
function pathOf(pathname: string): string | undefined {
  for (const [prefix, folder] of Object.entries(folders)) {
    const path = resolve(folder, pathname.slice(prefix.length));
    if (pathname.startsWith(prefix) && path.startsWith(resolve(folder))) return path;
  }
  return undefined;
}

function send(response: ServerResponse, extension: string, body: string | Buffer): void {
  response.writeHead(200, {
    'Content-Type': mediaTypes[extension] ?? 'application/octet-stream',
    'Access-Control-Allow-Origin': '*',
    'Cache-Control': 'no-store',
    'Service-Worker-Allowed': '/',
  });
  response.end(body);
}
