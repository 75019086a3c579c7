import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { parseStore } from '#annotations';
import { changeStoreFile, readStoreFile } from '#annotations/node';
import { singleBundle } from '../../src/build/bundle.mjs';
import { noteOn } from './samples.ts';

const folder = mkdtempSync(join(tmpdir(), 'patchgloss-notes-'));
const program = join(folder, 'writer.cjs');
let path = '';
let number = 0;

beforeAll(() => singleBundle(fileURLToPath(new URL('writer.ts', import.meta.url)), program, 'node'), 60_000);
beforeEach(() => {
  path = join(folder, String(number++), 'notes.jsonld');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Writer {
  child: ChildProcess;
  /** The ids it said, once it is gone. */
  said: Promise<string[]>;
}

function writer(name: string, count: number): Writer {
  const child = spawn(process.execPath, [program, path, name, String(count)], { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout?.on('data', (piece: Buffer) => {
    text += piece.toString();
  });
  const said = new Promise<string[]>((resolve) => {
    child.on('close', () => resolve(text.split('\n').filter((line) => line !== '')));
  });
  return { child, said };
}

function ids(): string[] {
  const { annotations, keepAside, damaged } = parseStore(readFileSync(path, 'utf8'));
  expect({ keepAside, damaged }).toEqual({ damaged: [] });
  return annotations.map(({ id }) => id);
}

describe('an annotation file', () => {
  test('that several programs write at once loses nothing of any', async () => {
    const writers = ['ada', 'ben', 'cleo', 'dee'].map((name) => writer(name, 25));
    const said = (await Promise.all(writers.map((one) => one.said))).flat();
    expect(said).toHaveLength(100);
    expect(ids().sort()).toEqual(said.sort());
    expect(readdirSync(join(path, '..'))).toEqual(['notes.jsonld']);
  });

  test('whose writer is killed at any moment is whole and has all that was said to be in it', async () => {
    const all: string[] = [];
    for (let round = 0; round < 8; round++) {
      const { child, said } = writer(`round${round}`, 10_000);
      await new Promise<void>((resolve) => child.stdout?.once('data', () => resolve()));
      await new Promise((resolve) => setTimeout(resolve, 7 * round));
      child.kill('SIGKILL');
      all.push(...(await said));
      const there = new Set(ids());
      expect(all.filter((id) => !there.has(id))).toEqual([]);
    }
    expect(all.length).toBeGreaterThan(8);
  });

  test('that is damaged is kept under another name and said, and a new one is begun', async () => {
    const add = () => changeStoreFile(path, 'A thread', (store) => ({ ...store, annotations: [noteOn('flag')] }));
    await add();
    for (const kept of ['notes.jsonld.damaged-1', 'notes.jsonld.damaged-2']) {
      writeFileSync(path, '{"items": [');
      const changed = await add();
      expect(changed).toMatchObject({ keptAs: join(path, '..', kept), damage: expect.stringContaining('not JSON') });
      expect(readFileSync(join(path, '..', kept), 'utf8')).toBe('{"items": [');
      expect(ids()).toHaveLength(1);
    }
  });

  test('of a later format version is read and never written', async () => {
    await changeStoreFile(path, 'A thread', (store) => ({ ...store, annotations: [noteOn('flag')] }));
    const later = readFileSync(path, 'utf8').replace('"patchgloss:formatVersion": 1', '"patchgloss:formatVersion": 2');
    writeFileSync(path, later);
    expect((await readStoreFile(path)).annotations).toHaveLength(1);
    await expect(changeStoreFile(path, undefined, (store) => store)).rejects.toThrow('for reading only');
    expect(readFileSync(path, 'utf8')).toBe(later);
  });

  test('whose lock was left behind by a program that is gone is written all the same', async () => {
    await changeStoreFile(path, 'A thread', (store) => store);
    const { child, said } = writer('gone', 1);
    await said;
    writeFileSync(`${path}.lock`, String(child.pid));
    await changeStoreFile(path, 'A thread', (store) => ({
      ...store,
      annotations: [...store.annotations, noteOn('flag')],
    }));
    expect(ids()).toHaveLength(2);
  });
});
