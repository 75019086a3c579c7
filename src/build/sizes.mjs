// @ts-check
/** What the start of VS Code pays for this extension: the entry's size, and the time to load it. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { root } from './setup.mjs';

/** Bytes of the entry with what `activate` loads, and every chunk that these require at once. */
const mostBytes = 60 * 1024;
/** Times what an empty module takes in the same run. */
const mostTimes = 3;
const rounds = 15;

const entry = join(root, 'dist/extension.cjs');

/**
 * A file and the chunks that load with it; those behind a `.then(` wait until they are reached.
 * @param {string} file @param {Set<string>} known
 */
function loadedWith(file, known = new Set()) {
  known.add(file);
  for (const [, lazy, chunk] of readFileSync(file, 'utf8').matchAll(/(=>[\w$]*\(?)?require\("([.][^"]+)"\)/g)) {
    const path = join(dirname(file), chunk ?? '');
    if (lazy === undefined && !known.has(path)) loadedWith(path, known);
  }
  return known;
}

/**
 * Requires a module in a fresh process where `vscode` is a stand-in.
 * @param {string} module @param {string} driver
 * @returns {{load: number, activate: number}} milliseconds; activating loads what it needs, and is the extension's own work only
 */
function coldRequire(module, driver) {
  const { stdout, stderr, status } = spawnSync(process.execPath, [driver, module]);
  if (status !== 0) throw new Error(`${module} does not load:\n${stderr.toString().slice(-2000)}`);
  return JSON.parse(stdout.toString());
}

const driverCode = `
const Module = require('node:module');
const anything = new Proxy(function () {}, { get: (_, key) => (key === Symbol.toPrimitive ? () => '' : anything), apply: () => anything, construct: () => anything });
const load = Module._load;
Module._load = (name, ...rest) => (name === 'vscode' ? anything : load(name, ...rest));
const started = performance.now();
const { activate } = require(process.argv[2]);
const loaded = performance.now();
Promise.resolve(activate?.(anything)).then(() => {
  console.log(JSON.stringify({ load: loaded - started, activate: performance.now() - loaded }));
  process.exit();
});
`;

/** @param {number[]} figures */
function spread(figures) {
  figures.sort((a, b) => a - b);
  return { median: figures[figures.length >> 1] ?? 0, least: figures[0] ?? 0, most: figures.at(-1) ?? 0 };
}

/** The cost of loading in the middle of many rounds, each beside an empty module. */
function coldStart() {
  const folder = mkdtempSync(join(tmpdir(), 'patchgloss-cold-'));
  try {
    const driver = join(folder, 'driver.cjs');
    const empty = join(folder, 'empty.cjs');
    writeFileSync(driver, driverCode);
    writeFileSync(empty, '');
    const pairs = Array.from({ length: rounds }, () => [coldRequire(entry, driver), coldRequire(empty, driver)]);
    return {
      ratio: spread(pairs.map(([ours, none]) => (ours?.load ?? 0) / (none?.load ?? 1))),
      activate: spread(pairs.map(([ours]) => ours?.activate ?? 0)),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (!existsSync(entry)) {
  console.error('There is no dist/extension.cjs; run npm run build.');
  process.exit(1);
}
/** The entry reaches one chunk, in `activate`. */
const [, first] = /require\("([.][^"]+)"\)/.exec(readFileSync(entry, 'utf8')) ?? [];
if (first === undefined) throw new Error('The entry loads nothing in activate().');
const files = [entry, ...loadedWith(join(dirname(entry), first))];
const bytes = files.reduce((sum, file) => sum + statSync(file).size, 0);
const { ratio, activate } = coldStart();
const small = bytes <= mostBytes;
const quick = ratio.median <= mostTimes;
console.log(
  `${small ? 'ok  ' : 'FAIL'} entry: ${(bytes / 1024).toFixed(1)} KB in ${files.length} files, at most ${mostBytes / 1024} KB`,
);
// Time is told, not judged: it depends on what else the machine does.
console.log(
  `${quick ? 'ok  ' : 'over'} cold require: ${ratio.median.toFixed(2)} times an empty module ` +
    `(${ratio.least.toFixed(2)} to ${ratio.most.toFixed(2)} in ${rounds} rounds), goal ${mostTimes}`,
);
console.log(
  `     activate: ${activate.median.toFixed(2)} ms (${activate.least.toFixed(2)} to ${activate.most.toFixed(2)})`,
);
process.exitCode = small ? 0 : 1;
