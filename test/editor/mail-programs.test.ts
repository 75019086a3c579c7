import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { mailPrograms } from '../../src/editor/node/mail-programs.ts';

let folder: string;
const before = process.env.PATH;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'patchgloss-programs-'));
  process.env.PATH = [folder, before].join(delimiter);
});
afterEach(() => {
  process.env.PATH = before;
  rmSync(folder, { recursive: true, force: true });
});

function program(name: string, script: string, mode = 0o755): void {
  writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, name), mode);
}

const never = new AbortController().signal;

describe('a program that searches mail', () => {
  test('is there when it can be run', async () => {
    program('tool', 'true');
    program('text', 'true', 0o644);
    mkdirSync(join(folder, 'drawer'));
    const there = await Promise.all(['tool', 'text', 'drawer', 'none'].map((name) => mailPrograms.has(name)));
    expect(there).toEqual([true, false, false, false]);
  });

  test('is not looked for in a folder that depends on where one stands', async () => {
    program('tool', 'true');
    process.env.PATH = ['', '.', relative(process.cwd(), folder)].join(delimiter);
    expect(await mailPrograms.has('tool')).toBe(false);
    await expect(mailPrograms.ask('tool', [], never)).rejects.toThrow('tool is not installed');
  });

  test('gets its arguments as they are, past any shell', async () => {
    program('tool', 'for one in "$@"; do printf "[%s]" "$one"; done');
    const args = ['--', 's:"a b"', '$(touch x); `y`', "it's", '*'];
    expect(await mailPrograms.ask('tool', args, never)).toBe(args.map((one) => `[${one}]`).join(''));
  });

  test('is told about in its own words when it fails, and is ended when the reader gives up', async () => {
    program('tool', 'echo "no database" >&2; exit 3');
    await expect(mailPrograms.ask('tool', [], never)).rejects.toThrow(/^no database$/);
    program('slow', 'exec sleep 30');
    const stop = new AbortController();
    const asked = mailPrograms.ask('slow', [], stop.signal);
    setTimeout(() => stop.abort(), 100);
    await expect(asked).rejects.toThrow();
  });
});
