#!/usr/bin/env node
// @ts-check
// Compiles the packs of notes, src/concepts/notes and each folder of src/concepts/packs, to .cache/packs.json, the module behind
// `#concepts/ours`. Run by itself it prints what is wrong with the notes and fails on mistakes: node src/build/notes.mjs
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/** @typedef {import('../concepts/pack.ts').Pack} Pack */
/** @typedef {import('vfile').VFile} VFile */
/** @typedef {typeof import('../concepts/node.ts') & typeof import('../simulators/index.ts')} Reader */

const root = fileURLToPath(new URL('../..', import.meta.url));
const more = join(root, 'src/concepts/packs');
const target = join(root, '.cache/packs.json');

/**
 * Reads all packs and writes the data file, if it would change.
 * @returns {Promise<{packs: readonly Pack[], notes: number, bytes: number, mistakes: string[], advice: string[]}>}
 *   each complaint as `path:line:column reason`. What could be read is written also when there are mistakes.
 */
export async function compileNotes() {
  const { packs, files, unnamed } = await readPacks();
  /** @type {string[]} */
  const mistakes = [];
  /** @type {string[]} */
  const advice = unnamed.map(
    (folder) => `${relative(root, folder)} is no pack without a pack.yaml that says what it is`,
  );
  for (const file of files) {
    for (const message of file.messages) {
      const place = `${relative(root, file.path)}:${message.line ?? 1}:${message.column ?? 1}`;
      (message.fatal ? mistakes : advice).push(`${place} ${message.reason}`);
    }
  }
  const json = `${JSON.stringify(packs)}\n`;
  await writeIfChanged(json);
  const notes = packs.reduce((sum, { concepts }) => sum + concepts.length, 0);
  return { packs, notes, bytes: Buffer.byteLength(json), mistakes, advice };
}

/** Each pack checked against the notes of the others, and against the simulators. */
async function readPacks() {
  const { readNotes, simulators } = await reader();
  const known = new Map(simulators.map(({ id, scenarios }) => [id, new Set(scenarios.map((one) => one.id))]));
  const folders = await packFolders();
  const once = await Promise.all(folders.map(({ folder }) => readNotes(folder)));
  /** @type {Pack[]} */
  const packs = [];
  /** @type {VFile[]} */
  const files = [];
  /** @type {string[]} */
  const unnamed = [];
  for (const [index, { id, folder }] of folders.entries()) {
    if (once[index]?.head === undefined) {
      unnamed.push(folder);
      continue;
    }
    const others = once.flatMap((one, at) => (at === index || one.head === undefined ? [] : one.concepts));
    const read = await readNotes(folder, { concepts: others, simulators: known });
    files.push(...read.files);
    if (read.head) packs.push({ id, ...read.head, concepts: read.concepts });
  }
  return { packs, files, unnamed };
}

/** Ours first: it is the one that others replace and add to. */
async function packFolders() {
  const entries = await readdir(more, { withFileTypes: true }).catch(() => []);
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const others = names.sort().map((id) => ({ id, folder: join(more, id) }));
  return [{ id: 'kvm', folder: join(root, 'src/concepts/notes') }, ...others];
}

/**
 * The reader of notes is TypeScript: it is bundled for Node first, without its packages.
 * @returns {Promise<Reader>}
 */
async function reader() {
  // Several may compile at once, a test and a build; none reads what another has half written.
  const path = join(root, `.cache/read-notes-${process.pid}.mjs`);
  await build({
    stdin: {
      contents: "export { readNotes } from './concepts/node.ts'; export { simulators } from './simulators/index.ts';",
      resolveDir: join(root, 'src'),
    },
    outfile: path,
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: 'node20',
    format: 'esm',
    logLevel: 'error',
  });
  try {
    return await import(pathToFileURL(path).href);
  } finally {
    await rm(path);
  }
}

/** @param {string} json */
async function writeIfChanged(json) {
  const before = await readFile(target, 'utf8').catch(() => undefined);
  if (before === json) return;
  await mkdir(join(root, '.cache'), { recursive: true });
  const draft = `${target}.${process.pid}`;
  await writeFile(draft, json);
  await rename(draft, target);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { packs, notes, bytes, mistakes, advice } = await compileNotes();
  for (const line of advice) console.warn(`advice: ${line}`);
  for (const line of mistakes) console.error(`mistake: ${line}`);
  if (mistakes.length > 0) process.exitCode = 1;
  else {
    const ids = packs.map(({ id, concepts }) => `${id} ${concepts.length}`).join(', ');
    console.log(`${notes} notes (${ids}), ${Math.round(bytes / 1024)} KB: ${relative(process.cwd(), target)}`);
  }
}
