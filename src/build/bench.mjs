// @ts-check
/**
 * `npm run bench [-- growth|reading|terms|archive|annotations]`: how the cost grows on mail that is hard to read, what a reader waits for, how fast terms are found, and what the
 * index of large mailboxes costs. Figures are told, never judged: they depend on the machine. Growth is the time a byte takes at twice the size over the time it takes at the size.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root, setUpPackages } from './setup.mjs';

const work = join(root, '.cache/bench');
const rounds = 3;

/** @param {readonly string[]} names @returns {Promise<void>} */
async function bundle(names) {
  const { build } = await import('esbuild');
  const { compileNotes } = await import('./notes.mjs');
  await compileNotes();
  await build({
    absWorkingDir: root,
    entryPoints: names.map((name) => `test/bench/${name}.ts`),
    outdir: work,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
  });
}

/** @param {string} name @param {readonly string[]} args */
function run(name, ...args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(work, `${name}.cjs`), ...args], {
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status !== 0) throw new Error(`${name} ${args.slice(0, 3).join(' ')}: ${stderr.toString().slice(-2000)}`);
  return JSON.parse(stdout.toString());
}

/** @param {number[]} figures */
function middle(figures) {
  figures.sort((a, b) => a - b);
  return figures[figures.length >> 1] ?? 0;
}

/** Both sizes in turn, so that a slow moment of the machine meets both. */
async function growth() {
  await bundle(['growth', 'adversarial']);
  const { adversarial } = await import(join(work, 'adversarial.cjs')).then((module) => module.default ?? module);
  console.log(`${'growth, goal 1.15 and 1 s per 10 MB'.padEnd(40)}  ratio  (least to most)     MB  s per 10 MB`);
  for (const name of Object.keys(adversarial)) {
    const pairs = Array.from({ length: rounds }, () => [run('growth', name, '1'), run('growth', name, '2')]);
    const ratios = pairs.map(([one, two]) => two.milliseconds / two.bytes / (one.milliseconds / one.bytes));
    const [least, most] = [Math.min(...ratios), Math.max(...ratios)];
    const seconds = middle(pairs.map(([, two]) => (two.milliseconds / two.bytes) * 10.48576));
    const size = (pairs[0]?.[1].bytes ?? 0) / 1024 / 1024;
    console.log(
      `${name.padEnd(40)}  ${middle(ratios).toFixed(2)}   (${least.toFixed(2)} to ${most.toFixed(2)})  ${size.toFixed(1).padStart(8)}  ${(seconds * 1000).toFixed(2)}`,
    );
  }
}

/** Real mail beside the checkout where it is there, else the sample thread. */
function mails() {
  const threads = join(root, '../shared/corpus/threads');
  const sample = join(root, 'media/samples/tdx-pamt-thread.mbox');
  return existsSync(threads)
    ? readdirSync(threads)
        .filter((name) => name.endsWith('.mbox'))
        .map((name) => join(threads, name))
    : [sample];
}

async function reading() {
  await bundle(['reading']);
  console.log(`${'what a reader waits for, milliseconds'.padEnd(40)}    p50       p99     worst   count`);
  for (const [name, { p50, p99, worst, count }] of Object.entries(run('reading', ...mails()))) {
    const figures = [p50, p99, worst].map((figure) => figure.toFixed(4).padStart(9)).join(' ');
    console.log(`${name.padEnd(40)} ${figures}  ${count}`);
  }
}

/** Megabytes of text a second, beside one regular expression of the same spellings and a scan for line ends. */
async function terms() {
  await bundle(['terms']);
  console.log(
    `${'terms found in list mail, MB/s'.padEnd(40)}  ours  regex  scan   ours/regex (least to most)  2n/n (least to most)`,
  );
  for (const count of ['500', '5000']) {
    const { terms: known, units, unitsTwice, rounds: all } = run('terms', count);
    /** @typedef {{milliseconds: number}} Timed @type {Record<'ours' | 'twice' | 'alternation' | 'scan', Timed>[]} */
    const results = all;
    /** @param {'ours' | 'alternation' | 'scan'} way */
    const speed = (way) => units / 1048.576 / middle(results.map((round) => round[way].milliseconds));
    const against = results.map(({ ours, alternation }) => alternation.milliseconds / ours.milliseconds);
    const growths = results.map(({ ours, twice }) => twice.milliseconds / unitsTwice / (ours.milliseconds / units));
    const speeds = [speed('ours'), speed('alternation'), speed('scan')].map((figure) => figure.toFixed(0).padStart(5));
    console.log(`${`${known} spellings`.padEnd(40)} ${speeds.join('  ')}   ${spread(against)}  ${spread(growths)}`);
  }
}

/** @param {number[]} ratios */
function spread(ratios) {
  const [least, most] = [Math.min(...ratios), Math.max(...ratios)];
  return `${middle(ratios).toFixed(2)} (${least.toFixed(2)} to ${most.toFixed(2)})`.padEnd(26);
}

async function archive() {
  await bundle(['archive']);
  const { archiveTable } = await import('./bench-archive.mjs');
  await archiveTable(run, spread);
}

/** Processor time until the notes of a thread stand where they belong. */
async function annotations() {
  await bundle(['annotations']);
  const { notes, mails: count, rounds: all } = run('annotations');
  console.log(
    `${`${notes} notes on ${count} mails, milliseconds`.padEnd(40)}  read  placed: same  changed  pages without ids`,
  );
  /** @typedef {{milliseconds: number}} Timed @type {{load: number, same: Timed, changed: Timed, pages: Timed}[]} */
  const results = all;
  /** @param {'same' | 'changed' | 'pages'} way */
  const time = (way) => middle(results.map((round) => round[way].milliseconds));
  const figures = [middle(results.map(({ load }) => load)), time('same'), time('changed'), time('pages')];
  console.log(
    `${'middle of 5 rounds'.padEnd(40)} ${figures.map((figure) => figure.toFixed(0).padStart(5)).join('  ')}`,
  );
}

const tables = { growth, reading, terms, archive, annotations };
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !Object.hasOwn(tables, name));
if (unknown.length > 0) {
  console.error(`There is no table ${unknown.join(', ')}. Tables: ${Object.keys(tables).join(' ')}`);
  process.exit(2);
}
await setUpPackages();
mkdirSync(work, { recursive: true });
for (const [name, table] of Object.entries(tables)) if (wanted.length === 0 || wanted.includes(name)) await table();
