// @ts-check
/**
 * `npm start [-- FILE | FOLDER]`: a VS Code in the browser with this extension and a sample thread, or mail of one's own.
 * Sets up what is missing first. Imports nothing but Node, so it runs in a fresh checkout.
 */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { isInstalled, needNode20, root, setUpBundles, setUpPackages, setUpVscode } from './setup.mjs';
import { pageAddress, startServer } from './vscode-server.mjs';

/** @typedef {{folder: string, file?: string}} Opened absolute paths */

/** @returns {Opened} what the arguments name, or the sample */
function whatToOpen() {
  const names = process.argv.slice(2);
  if (names.length > 1 || names[0]?.startsWith('-')) fail('Usage: npm start [-- FILE | FOLDER]', 2);
  if (names[0] === undefined) return sample();
  // npm runs scripts in the checkout and keeps the reader's own folder in INIT_CWD.
  const path = resolve(process.env.INIT_CWD ?? process.cwd(), names[0]);
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) fail(`There is no file or folder ${path}`, 1);
  return found.isDirectory() ? { folder: path } : { folder: dirname(path), file: path };
}

/** @returns {Opened} */
function sample() {
  const folder = join(root, 'media/samples');
  const names = existsSync(folder) ? readdirSync(folder).sort() : [];
  const name = names.find((one) => one.endsWith('.mbox')) ?? names[0];
  return name ? { folder, file: join(folder, name) } : { folder: root };
}

/**
 * @param {string} message @param {number} code
 * @returns {never}
 */
function fail(message, code) {
  console.error(message);
  process.exit(code);
}

/** @returns {number} 0 for any */
function wishedPort() {
  const port = Number(process.env.PORT || 0);
  if (!Number.isInteger(port) || port < 0 || port > 65535) fail(`PORT is not a port number: ${process.env.PORT}`, 2);
  return port;
}

/** @param {Opened} opened */
async function startEmbedded({ folder, file }) {
  const wish = wishedPort();
  await setUpVscode();
  const token = randomBytes(24).toString('base64url');
  const server = await startServer({ data: join(root, '.cache/vscode-data'), port: wish, token });
  if (wish !== 0 && wish !== server.port) console.log(`Port ${wish} is taken, using ${server.port}.`);

  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    await server.stop();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop);
  server.ended.then((code) => {
    if (!stopping) fail(`VS Code ended (${code}):\n${server.said().trimEnd()}`, 1);
  });

  const address = pageAddress(server, { folder, open: file, token, extension: root });
  console.log(`\nVS Code with Patchgloss, for this machine only:\n\n  ${address}\n`);
  console.log(`Opened: ${file ?? folder}`);
  console.log('Trust the folder or not, Patchgloss works in both. Stop with Ctrl+C.');
  openBrowser(address);
}

/** @param {string} address shown in the default browser, where there is one */
function openBrowser(address) {
  if (process.env.CI || process.env.PATCHGLOSS_NO_BROWSER) return;
  const opener = process.platform === 'darwin' ? 'open' : 'xdg-open';
  const hasScreen = process.platform === 'darwin' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  if (!hasScreen || !isInstalled(opener)) return;
  spawn(opener, [address], { stdio: 'ignore', detached: true })
    .on('error', () => undefined)
    .unref();
}

/** @param {Opened} opened */
function startInstalled({ folder, file }) {
  if (!isInstalled('code')) {
    fail('No "code" on the PATH. Install VS Code with its command line, or run npm start in WSL.', 1);
  }
  const args = [`--extensionDevelopmentPath=${root}`, folder, ...(file ? [file] : [])];
  // code is a batch file there, which only a shell can start.
  const quoted = args.map((one) => `"${one}"`);
  spawn('code', quoted, { stdio: 'inherit', shell: true }).on('close', (code) => process.exit(code ?? 1));
}

needNode20();
const opened = whatToOpen();
try {
  await setUpPackages();
  await setUpBundles();
  if (process.platform === 'win32') startInstalled(opened);
  else await startEmbedded(opened);
} catch (error) {
  fail(error instanceof Error ? error.message : String(error), 1);
}
