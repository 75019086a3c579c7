// @ts-check
/** The table of `npm run bench -- archive`: the index of large mailboxes beside grep and mutt. Writes some 1.5 GB of invented mail into a temporary folder. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** @typedef {{milliseconds: number, processor?: number, memory: number}} Figures `processor`: milliseconds that it computed */
/** @typedef {(name: string, ...args: string[]) => Figures} Run prints the figures of `test/bench/NAME.ts` */

const MB = 1e6;
/** Gives a program the terminal that it wants (util-linux). */
const terminal = 'script';
const rounds = 3;

/** @param {Run} run @param {(figures: number[]) => string} spread */
export async function archiveTable(run, spread) {
  const folder = mkdtempSync(join(tmpdir(), 'patchgloss-bench-'));
  try {
    console.log(`${'archive'.padEnd(46)} ratio (least to most)     goal   ours ms   MB`);
    for (const [name, bytes, goal] of [
      ['100 MB', 100 * MB, 1.75],
      ['1 GB', 1000 * MB, 1.25],
    ]) {
      const path = generated(run, folder, 'list', Number(bytes), 1e9);
      const pairs = Array.from({ length: rounds }, () => ({ ours: run('archive', 'index', path), peer: grep(path) }));
      row(`index ${name} / grep -c '^From '`, pairs, Number(goal), spread);
      if (bytes === 1000 * MB) kept(run, folder, path);
      rmSync(path);
    }
    const small = generated(run, folder, 'small', 1e12, 1e6);
    await mutt(run, small, spread);
    // Both compute and nothing else: what the machine does beside them counts little.
    const join = (/** @type {string} */ way) => {
      const figures = run('archive', 'join', way, '1000000');
      return { ...figures, milliseconds: figures.processor ?? figures.milliseconds };
    };
    const joins = Array.from({ length: rounds }, () => ({ ours: join('hashes'), peer: join('strings') }));
    row('thread 1M: hashes / Map<string, int>', joins, 0.6, spread);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {Run} run @param {string} folder @param {string} kind @param {number} bytes @param {number} count */
function generated(run, folder, kind, bytes, count) {
  const path = join(folder, `${kind}.mbox`);
  run('archive', 'generate', path, String(bytes), String(count), kind);
  return path;
}

/** @param {string} path @returns {Figures} */
function grep(path) {
  const begun = performance.now();
  spawnSync('sh', ['-c', 'cat "$0" | grep -c "^From "', path]);
  return { milliseconds: performance.now() - begun, memory: 0 };
}

/** @param {Run} run @param {string} folder @param {string} path */
function kept(run, folder, path) {
  const cache = join(folder, 'kept');
  run('archive', 'keep', path, cache);
  const times = Array.from({ length: rounds }, () => run('archive', 'reopen', path, cache).milliseconds).sort(
    (a, b) => a - b,
  );
  const [index = ''] = readdirSync(cache);
  const size = (statSync(join(cache, index)).size / MB).toFixed(1);
  console.log(
    `${'open 1 GB again, kept index'.padEnd(46)} ${''.padEnd(26)}<100 ms ${(times[rounds >> 1] ?? 0).toFixed(0).padStart(7)}   the index has ${size} MB`,
  );
}

/** @param {Run} run @param {string} path @param {(figures: number[]) => string} spread */
async function mutt(run, path, spread) {
  if (spawnSync('sh', ['-c', `command -v mutt && command -v ${terminal}`]).status !== 0) {
    console.log('open and thread 1M: skipped, needs mutt and script');
    return;
  }
  const pairs = [];
  for (let round = 0; round < rounds; round++)
    pairs.push({ ours: run('archive', 'open', path), peer: await muttOnce(path) });
  row('open and thread 1M small / mutt sort=threads', pairs, 0.25, spread);
  const memory = pairs.map(({ ours, peer }) => ours.memory / peer.memory);
  console.log(`${'  its memory'.padEnd(46)} ${spread(memory)}0.15`);
}

/** mutt wants a terminal; its peak of memory is looked up while it runs. @param {string} path @returns {Promise<Figures>} */
function muttOnce(path) {
  // Without a folder that is there it asks whether to make one.
  const settings = join(dirname(path), 'muttrc');
  writeFileSync(settings, `set folder="${dirname(path)}"\nset sort=threads\nset quit=yes\npush <exit>\n`);
  const command = `exec mutt -n -F '${settings}' -R -f '${path}'`;
  const begun = performance.now();
  const child = spawn(terminal, ['-qec', command, '/dev/null'], {
    stdio: 'ignore',
    env: { ...process.env, TERM: 'xterm' },
  });
  let memory = 0;
  const watch = setInterval(() => {
    memory = Math.max(memory, peakOfChild(child.pid ?? 0));
  }, 20);
  return new Promise((resolve) => {
    child.on('close', () => {
      clearInterval(watch);
      resolve({ milliseconds: performance.now() - begun, memory });
    });
  });
}

/** @param {number} parent */
function peakOfChild(parent) {
  try {
    const pid = readFileSync(`/proc/${parent}/task/${parent}/children`, 'utf8').trim().split(' ')[0];
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}

/** @param {string} name @param {{ours: Figures, peer: Figures}[]} pairs @param {number} goal @param {(figures: number[]) => string} spread */
function row(name, pairs, goal, spread) {
  const ratios = pairs.map(({ ours, peer }) => ours.milliseconds / peer.milliseconds);
  const times = pairs.map(({ ours }) => ours.milliseconds).sort((a, b) => a - b);
  const memory = Math.max(...pairs.map(({ ours }) => ours.memory)) / MB;
  console.log(
    `${name.padEnd(46)} ${spread(ratios)}${String(goal).padEnd(6)} ${(times[rounds >> 1] ?? 0).toFixed(0).padStart(8)} ${memory.toFixed(0).padStart(4)}`,
  );
}
