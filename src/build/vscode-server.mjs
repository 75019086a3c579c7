// @ts-check
/** Starts and stops the embedded VS Code, for trying the extension and for its tests. Imports nothing but Node. */
import { spawn } from 'node:child_process';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { vscodeFolder } from './setup.mjs';

/**
 * @typedef {object} ServerOptions
 * @property {string} data        folder for settings, state and installed extensions; made when absent
 * @property {number} [port]      a wish; another one is taken when it is not free
 * @property {string} [token]     every request must carry it; without one, any local process can read any file through the server
 * @property {boolean} [trusted]  every workspace is trusted, nobody is asked
 * @property {Record<string, unknown>} [settings] beside the quiet ones
 *
 * @typedef {object} Server
 * @property {number} port
 * @property {string} authority `127.0.0.1:PORT`
 * @property {string} data
 * @property {() => Promise<void>} stop ends the server and every process it started
 * @property {(settings: Record<string, unknown>) => void} settle replaces the settings given at the start; open pages follow
 * @property {() => string} said what the server printed so far
 * @property {Promise<number | null>} ended its exit code, when it ends
 */

/** Nothing leaves the machine, and nothing pops up. */
const quiet = {
  'telemetry.telemetryLevel': 'off',
  'workbench.enableExperiments': false,
  'workbench.startupEditor': 'none',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'update.mode': 'none',
  // In a browser VS Code saves while one types; a mailbox is nobody's draft.
  'files.autoSave': 'off',
  'git.openRepositoryInParentFolders': 'never',
};

const noGallery = JSON.stringify({ serviceUrl: 'http://127.0.0.1:1/none' });

/**
 * @param {ServerOptions} options
 * @returns {Promise<Server>} when it answers
 */
export async function startServer({ data, port: wish = 0, token, trusted = false, settings = {} }) {
  const port = (await isFree(wish)) ? wish || (await freePort()) : await freePort();
  writeSettings(data, settings);
  mkdirSync(join(data, 'extensions'), { recursive: true });
  const child = spawn(process.execPath, serverArguments({ data, port, trusted, tokenFile: keepToken(data, token) }), {
    // A group of its own, so that extension hosts can be ended with it.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, EXTENSIONS_GALLERY: noGallery },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (piece) => {
      said = `${said}${piece}`.slice(-20_000);
    });
  }
  /** @type {Promise<number | null>} */
  const ended = new Promise((resolve) => {
    child.on('error', () => resolve(-1));
    child.on('close', resolve);
  });
  const server = {
    port,
    authority: `127.0.0.1:${port}`,
    data,
    ended,
    said: () => said,
    stop: () => stopGroup(child.pid, ended),
    settle: (/** @type {Record<string, unknown>} */ newSettings) => writeSettings(data, newSettings),
  };
  const gone = ended.then((code) => {
    throw new Error(`VS Code ended at once (${code}):\n${said.trimEnd()}`);
  });
  // Once the server answers, its end is `ended`, no error of starting.
  gone.catch(() => undefined);
  try {
    await Promise.race([answers(port), gone]);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return server;
}

/**
 * The address of a page.
 *
 * @param {Server} server
 * @param {{folder: string, token?: string | undefined, open?: string | undefined, extension?: string | undefined, more?: readonly (readonly [string, string])[]}} what
 *   absolute paths; `extension` is loaded as it stands on disk
 */
export function pageAddress(server, { folder, token, open, extension, more = [] }) {
  const remote = (/** @type {string} */ path) => `vscode-remote://${server.authority}${encodeURI(path)}`;
  const payload = [
    ...(extension ? [['extensionDevelopmentPath', remote(extension)]] : []),
    ...(open ? [['openFile', remote(open)]] : []),
    ...more,
  ];
  const query = new URLSearchParams({ ...(token ? { tkn: token } : {}), folder });
  if (payload.length > 0) query.set('payload', JSON.stringify(payload));
  return `http://${server.authority}/?${query}`;
}

/** @param {{data: string, port: number, trusted: boolean, tokenFile: string | undefined}} options */
function serverArguments({ data, port, trusted, tokenFile }) {
  return [
    ...['--require', fileURLToPath(new URL('end-with-parent.cjs', import.meta.url))],
    join(vscodeFolder, 'out/server-main.js'),
    ...['--host', '127.0.0.1', '--port', String(port)],
    ...(tokenFile ? ['--connection-token-file', tokenFile] : ['--without-connection-token']),
    ...['--server-data-dir', data, '--extensions-dir', join(data, 'extensions')],
    ...['--accept-server-license-terms', '--telemetry-level', 'off'],
    ...(trusted ? ['--disable-workspace-trust'] : []),
  ];
}

/**
 * In a file that only its owner can read: arguments are seen by everybody on the machine.
 * @param {string} data @param {string | undefined} token
 */
function keepToken(data, token) {
  if (token === undefined) return undefined;
  const file = join(data, 'token');
  writeFileSync(file, token, { mode: 0o600 });
  return file;
}

/**
 * Replaced in one move: an open page reads the file when it changes, never half of it.
 * @param {string} data @param {Record<string, unknown>} settings
 */
function writeSettings(data, settings) {
  const folder = join(data, 'data/Machine');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, 'settings.json');
  writeFileSync(`${file}.new`, JSON.stringify({ ...quiet, ...settings }, undefined, 2));
  renameSync(`${file}.new`, file);
}

/** @param {number} port 0 is always free */
function isFree(port) {
  return listen(port).then(
    () => true,
    () => false,
  );
}

function freePort() {
  return listen(0);
}

/** @param {number} port @returns {Promise<number>} a port that could be listened on a moment ago */
function listen(port) {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(port, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : port));
    });
  });
}

/** @param {number} port */
async function answers(port) {
  const deadline = Date.now() + 30_000;
  while (Date.now() < deadline) {
    const answer = await fetch(`http://127.0.0.1:${port}/version`).catch(() => undefined);
    if (answer?.ok) return;
    await pause(100);
  }
  throw new Error('VS Code did not answer within 30 seconds.');
}

/** @param {number | undefined} pid @param {Promise<unknown>} ended */
async function stopGroup(pid, ended) {
  if (pid === undefined) return;
  for (const signal of /** @type {const} */ (['SIGTERM', 'SIGKILL'])) {
    try {
      process.kill(-pid, signal);
    } catch {
      return;
    }
    await Promise.race([ended, pause(3000)]);
    await pause(50);
  }
}

/** @param {number} milliseconds */
function pause(milliseconds) {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}
