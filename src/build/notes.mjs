#!/usr/bin/env node
// @ts-check
// Compiles src/concepts/notes/*.md to .cache/notes.json, the module behind `#concepts/ours`.
// Run by itself it prints what is wrong with the notes and fails on mistakes: node src/build/notes.mjs
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = join(root, 'src/concepts/notes');
const target = join(root, '.cache/notes.json');

/**
 * Reads all notes and writes the data file, if it would change.
 * @returns {Promise<{notes: number, bytes: number, mistakes: string[], advice: string[]}>}
 *   each complaint as `path:line:column reason`. What could be read is written also when there are mistakes.
 */
export async function compileNotes() {
  const { concepts, files } = await readFolder();
  /** @type {string[]} */
  const mistakes = [];
  /** @type {string[]} */
  const advice = [];
  for (const file of files) {
    for (const message of file.messages) {
      const place = `${relative(root, file.path)}:${message.line ?? 1}:${message.column ?? 1}`;
      (message.fatal ? mistakes : advice).push(`${place} ${message.reason}`);
    }
  }
  const json = `${JSON.stringify(concepts)}\n`;
  await writeIfChanged(json);
  return { notes: concepts.length, bytes: Buffer.byteLength(json), mistakes, advice };
}

/**
 * The reader of notes is TypeScript: it is bundled for Node first, without its packages.
 * @returns {Promise<import('../concepts/node.ts').NotesOfFolder>}
 */
async function readFolder() {
  // Several may compile at once, a test and a build; none reads what another has half written.
  const reader = join(root, `.cache/read-notes-${process.pid}.mjs`);
  await build({
    entryPoints: [join(root, 'src/concepts/node.ts')],
    outfile: reader,
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: 'node20',
    format: 'esm',
    logLevel: 'error',
  });
  try {
    const { readNotes } = await import(pathToFileURL(reader).href);
    return await readNotes(folder);
  } finally {
    await rm(reader);
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
  const { notes, bytes, mistakes, advice } = await compileNotes();
  for (const line of advice) console.warn(`advice: ${line}`);
  for (const line of mistakes) console.error(`mistake: ${line}`);
  if (mistakes.length > 0) process.exitCode = 1;
  else console.log(`${notes} notes, ${Math.round(bytes / 1024)} KB: ${relative(process.cwd(), target)}`);
}
