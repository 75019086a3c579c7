// @ts-check
/**
 * `npm test [-- STAGE...]`: every check there is, with a table at the end. Sets up what is missing first. What is quick runs
 * one after the other; then the tests that compute and those in a VS Code, which mostly wait for it, side by side.
 * Imports nothing but Node, so it runs in a fresh checkout.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findChromium } from './chromium.mjs';
import { conformanceTable } from './conformance.mjs';
import { needNode20, root, setUpPackages, setUpVscode } from './setup.mjs';

/**
 * @typedef {object} Stage
 * @property {string} name
 * @property {string} checks      for the table
 * @property {readonly (readonly string[])[]} steps  arguments for Node, in order; a failing one ends the stage
 * @property {string} [counts]    the report of vitest with the numbers of tests; without it the stage counts as one
 * @property {true} [screen]      needs a Chromium and the embedded VS Code
 * @property {1 | 2} [lane]       runs after those without, beside those of the other lane
 *
 * @typedef {{passed: number, failed: number, skipped: number}} Counts
 * @typedef {Counts & {name: string, checks: string, seconds: number, note: string}} Row
 */

const results = join(root, 'test-results');
/** Longer than any stage takes on a slow machine; a hanging one must not hang the run. */
const mostMilliseconds = 30 * 60_000;

/** @param {string} path in node_modules */
const program = (path) => join(root, 'node_modules', path);
/** @param {string} name */
const script = (name) => join(root, 'src/build', name);

/**
 * Arguments that run vitest and leave its numbers in `report`.
 * @param {string} config @param {string} report @param {readonly string[]} filters
 */
function vitest(config, report, ...filters) {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${join(results, report)}`];
  return [program('vitest/vitest.mjs'), 'run', '--config', config, ...reporters, ...filters];
}

/**
 * @param {string} name @param {string} checks @param {readonly string[]} filters
 * @param {readonly (readonly string[])[]} before
 * @returns {Stage}
 */
function onScreen(name, checks, filters, before = []) {
  const counts = `${name}.json`;
  const steps = [...before, vitest('test/host/vitest.config.mjs', counts, ...filters)];
  return { name, checks, steps, counts, screen: true, lane: 2 };
}

/** @type {readonly Stage[]} */
const stages = [
  { name: 'notes', checks: 'the notes of the glossary', steps: [[script('notes.mjs')]] },
  { name: 'types', checks: 'types, by kind of room', steps: [[script('types.mjs')]] },
  { name: 'lint', checks: 'form and lint', steps: [[program('@biomejs/biome/bin/biome'), 'ci', '--colors=off', '.']] },
  {
    name: 'walls',
    checks: 'imports between rooms',
    steps: [[program('dependency-cruiser/bin/dependency-cruise.mjs'), '--config', '.dependency-cruiser.mjs', 'src']],
  },
  { name: 'knip', checks: 'nothing unused', steps: [[script('notes.mjs')], [program('knip/bin/knip.js')]] },
  {
    name: 'unit',
    checks: 'unit, property and conformance tests',
    steps: [vitest('test/vitest.config.mjs', 'unit.json')],
    counts: 'unit.json',
    lane: 1,
  },
  { name: 'build', checks: 'all bundles', steps: [[script('bundle.mjs')]] },
  { name: 'sizes', checks: 'size and load time of the entry', steps: [[script('sizes.mjs')]] },
  onScreen('inhost', 'inside the Node extension host', ['test/inhost/node']),
  onScreen('worker', 'inside the web worker host, browser bundle', ['test/inhost/worker']),
  onScreen('virtual', 'inside the worker of a virtual workspace', ['test/inhost/virtual']),
  onScreen('restricted', 'an untrusted workspace', ['test/screen/restricted']),
  onScreen('package', 'the .vsix, installed', ['test/screen/package'], [[script('package.mjs')]]),
  onScreen('screen', 'what a reader sees', ['test/screen', '--exclude', 'test/screen/{restricted,package}*']),
  {
    name: 'fuzz',
    checks: 'mutated mail',
    steps: [vitest('test/fuzz/vitest.config.mjs', 'fuzz.json')],
    counts: 'fuzz.json',
    lane: 2,
  },
];

/** @returns {readonly Stage[]} those that the arguments name, in their own order, or all */
function chosen() {
  const names = process.argv.slice(2);
  const unknown = names.filter((name) => !stages.some((stage) => stage.name === name));
  if (unknown.length > 0) {
    console.error(`There is no stage ${unknown.join(', ')}. Stages: ${stages.map(({ name }) => name).join(' ')}`);
    process.exit(2);
  }
  return names.length === 0 ? stages : stages.filter(({ name }) => names.includes(name));
}

/**
 * @param {Stage} stage
 * @returns {Promise<Row>}
 */
async function runStage({ name, checks, steps, counts, screen }) {
  const row = { name, checks, seconds: 0, note: '' };
  if (screen && !findChromium()) return { ...row, ...withoutScreen(), note: 'no Chromium (set CHROMIUM to its path)' };
  if (counts) rmSync(join(results, counts), { force: true });
  const started = performance.now();
  let said = '';
  let fine = true;
  for (const step of steps) {
    if (fine) {
      const outcome = await runNode(step);
      said += outcome.said;
      fine = outcome.fine;
    }
  }
  const seconds = (performance.now() - started) / 1000;
  writeFileSync(join(results, `${name}.log`), said);
  console.log(`${name} ... ${fine ? 'ok' : 'FAILED'} ${seconds.toFixed(1)} s`);
  if (!fine) console.log(`${said.trimEnd()}\n`);
  for (const line of conformanceTable(said)) console.log(line);
  return { ...row, ...counted(fine, counts), seconds };
}

/** What a laptop may skip, a build server must have. */
function withoutScreen() {
  return process.env.CI ? { passed: 0, failed: 1, skipped: 0 } : { passed: 0, failed: 0, skipped: 1 };
}

/**
 * @param {boolean} fine @param {string | undefined} report
 * @returns {Counts}
 */
function counted(fine, report) {
  const one = { passed: fine ? 1 : 0, failed: fine ? 0 : 1, skipped: 0 };
  if (report === undefined) return one;
  try {
    const read = JSON.parse(readFileSync(join(results, report), 'utf8'));
    // A file that does not even load has no tests that could fail.
    const failed = Math.max(read.numFailedTests, fine ? 0 : 1);
    return { passed: read.numPassedTests, failed, skipped: read.numPendingTests + read.numTodoTests };
  } catch {
    return { ...one, passed: 0, failed: 1 };
  }
}

/**
 * @param {readonly string[]} args
 * @returns {Promise<{fine: boolean, said: string}>}
 */
function runNode(args) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NO_COLOR: '1' },
    });
    running.add(child);
    let said = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (piece) => {
        said += piece;
      });
    }
    const timer = setTimeout(() => {
      said += `\nStopped after ${mostMilliseconds / 60_000} minutes.\n`;
      end(child);
    }, mostMilliseconds);
    child.on('close', (code) => {
      clearTimeout(timer);
      running.delete(child);
      resolve({ fine: code === 0, said });
    });
  });
}

/** The steps that run now. @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();

/** Ends a step with its whole process group. @param {import('node:child_process').ChildProcess} child */
function end({ pid }) {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGTERM');
  } catch {
    // It ended by itself.
  }
}

/**
 * @param {readonly Stage[]} asked
 * @param {1 | 2 | undefined} lane
 * @returns {Promise<Row[]>}
 */
async function inTurn(asked, lane) {
  const rows = [];
  for (const stage of asked) if (stage.lane === lane) rows.push(await runStage(stage));
  return rows;
}

/** @param {readonly Row[]} rows */
function printTable(rows) {
  const width = Math.max(...rows.map(({ checks }) => checks.length));
  console.log(`\n${'stage'.padEnd(11)}${'checks'.padEnd(width + 2)}passed  failed  skipped  seconds`);
  for (const { name, checks, passed, failed, skipped, seconds, note } of rows) {
    const numbers = `${String(passed).padStart(6)}  ${String(failed).padStart(6)}  ${String(skipped).padStart(7)}`;
    console.log(
      `${name.padEnd(11)}${checks.padEnd(width + 2)}${numbers}  ${seconds.toFixed(1).padStart(7)}  ${note}`.trimEnd(),
    );
  }
}

needNode20();
const wanted = chosen();
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.on(signal, () => {
    for (const child of running) end(child);
    process.exit(130);
  });
}
try {
  await setUpPackages();
  if (findChromium() && wanted.some(({ screen }) => screen)) await setUpVscode();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
mkdirSync(results, { recursive: true });
const first = await inTurn(wanted, undefined);
const rows = [...first, ...(await Promise.all([inTurn(wanted, 1), inTurn(wanted, 2)])).flat()];
printTable(rows);
const passed = rows.reduce((sum, row) => sum + row.passed, 0);
const failed = rows.reduce((sum, row) => sum + row.failed, 0);
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
