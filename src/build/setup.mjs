// @ts-check
/**
 * Sets up what a checkout still lacks: packages, bundles, the embedded VS Code. Runs before `npm ci`, so it imports
 * nothing but Node.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

const pins = join(root, 'src/build/vscode');
const vscodeHome = join(root, '.cache/vscode');

/** Where the server of the embedded VS Code lives once it is installed. */
export const vscodeFolder = join(vscodeHome, 'node_modules/code-server/lib/vscode');

/** Ends the program with one clear sentence when Node is too old for what follows. */
export function needNode20() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major >= 20) return;
  console.error(`Patchgloss needs Node 20 or newer; this is Node ${process.versions.node}.`);
  process.exit(1);
}

/** The packages of package-lock.json, installed when they are absent or the lock file has changed since. */
export async function setUpPackages() {
  const modules = join(root, 'node_modules');
  const lock = join(root, 'package-lock.json');
  const stamp = join(modules, '.patchgloss-lock');
  if (stampFits(stamp, lock)) return;
  if (!installedAfter(join(modules, '.package-lock.json'), lock)) {
    await run('Installing packages', npm, ['ci', '--no-audit', '--no-fund'], root);
  }
  writeFileSync(stamp, hashOf(lock));
}

/** dist/, always anew: it takes a second, and never is stale. */
export async function setUpBundles() {
  await run('Building', process.execPath, [join(root, 'src/build/bundle.mjs')], root);
}

/** The embedded VS Code, in a folder of its own, by its own lock file, without install scripts. */
export async function setUpVscode() {
  const stamp = join(vscodeHome, '.installed');
  const lock = join(pins, 'package-lock.json');
  if (stampFits(stamp, lock)) return;
  mkdirSync(vscodeHome, { recursive: true });
  for (const name of ['package.json', 'package-lock.json', '.npmrc'])
    copyFileSync(join(pins, name), join(vscodeHome, name));
  await run(
    'Installing VS Code (260 MB, once)',
    npm,
    ['ci', '--ignore-scripts', '--no-audit', '--no-fund'],
    vscodeHome,
  );
  linkModules();
  writeFileSync(stamp, hashOf(lock));
}

/** The browser fetches modules of the workbench below lib/vscode; npm put them at the top. */
function linkModules() {
  const link = join(vscodeFolder, 'node_modules');
  rmSync(link, { recursive: true, force: true });
  symlinkSync('../../../', link);
}

/** @param {string} stamp @param {string} lock */
function stampFits(stamp, lock) {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === hashOf(lock);
}

/**
 * npm leaves a lock file of its own behind an install; when it is the younger one, somebody ran npm by hand.
 * @param {string} hidden @param {string} lock
 */
function installedAfter(hidden, lock) {
  return existsSync(hidden) && statSync(hidden).mtimeMs >= statSync(lock).mtimeMs;
}

/** @param {string} file */
function hashOf(file) {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

/**
 * npm as a script for this very Node when npm started us, else by its name.
 * @type {readonly [string, ...string[]]}
 */
const npm = npmCommand();

/** @returns {[string, ...string[]]} */
function npmCommand() {
  const script = process.env.npm_execpath;
  if (script?.endsWith('npm-cli.js')) return [process.execPath, script];
  const beside = join(dirname(process.execPath), '../lib/node_modules/npm/bin/npm-cli.js');
  return existsSync(beside) ? [process.execPath, beside] : ['npm'];
}

/**
 * Runs a step quietly; what it said is shown when it fails.
 *
 * @param {string} title
 * @param {string | readonly [string, ...string[]]} command
 * @param {readonly string[]} args
 * @param {string} cwd
 * @throws when the step fails
 */
async function run(title, command, args, cwd) {
  const [program, ...first] = typeof command === 'string' ? [command] : command;
  const started = performance.now();
  process.stdout.write(`${title} ... `);
  let said = '';
  const child = spawn(program, [...first, ...args], { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (piece) => {
      said += piece;
    });
  }
  const code = await new Promise((resolve) => {
    child.on('error', (error) => resolve(error.message));
    child.on('close', resolve);
  });
  console.log(code === 0 ? `${((performance.now() - started) / 1000).toFixed(1)} s` : 'failed');
  if (code !== 0) throw new Error(`${title} failed (${code}):\n${said.trimEnd()}`);
}

/** @param {string} program whether the shell would find it */
export function isInstalled(program) {
  const finder = process.platform === 'win32' ? 'where' : 'which';
  return spawnSync(finder, [program], { stdio: 'ignore' }).status === 0;
}
