/** A real client: Neovim, headless. What it shows is what its reader would see. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from '../../src/build/setup.mjs';
import { program, withProgram } from './program.ts';

const sample = join(root, 'media/samples/tdx-pamt-thread.mbox');
const hasNeovim = spawnSync('nvim', ['--version']).status === 0;
if (!hasNeovim && process.env.CI !== undefined) throw new Error('Neovim must be there when CI is set.');
if (!hasNeovim) console.log('skipped: there is no nvim');

interface Step {
  act: string;
  at?: string;
  words?: string;
}

const folder = mkdtempSync(join(tmpdir(), 'patchgloss-neovim-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the steps in one Neovim; gives what was shown at each. */
function inNeovim(steps: readonly Step[]): unknown[] {
  const [asked, shown] = [join(folder, 'steps.json'), join(folder, 'shown.json')];
  writeFileSync(asked, JSON.stringify(steps));
  execFileSync('nvim', ['--headless', '--clean', '-n', sample, '-S', join(root, 'test/lsp/neovim.lua')], {
    cwd: folder,
    timeout: 90_000,
    env: {
      ...process.env,
      PATCHGLOSS_STEPS: asked,
      PATCHGLOSS_SHOWN: shown,
      PATCHGLOSS_NODE: process.execPath,
      PATCHGLOSS_PROGRAM: program,
      // Neovim's own files go nowhere else.
      XDG_DATA_HOME: folder,
      XDG_STATE_HOME: folder,
      XDG_CONFIG_HOME: folder,
    },
  });
  return JSON.parse(readFileSync(shown, 'utf8'));
}

describe.skipIf(!hasNeovim)('in Neovim', () => {
  withProgram();
  let shown: unknown[];
  beforeAll(() => {
    shown = inNeovim([
      { act: 'hover', at: 'PAMT), and' },
      { act: 'definition', at: 'PAMT), and' },
      { act: 'definition', at: '> Each TDMR needs' },
      { act: 'definition', at: '[1]:' },
      { act: 'symbols' },
      { act: 'references', at: '> Each TDMR needs' },
      { act: 'folds', at: '> Each TDMR needs' },
      { act: 'links' },
      { act: 'edit', words: 'The TDMR is new here.' },
      { act: 'hover', at: 'TDMR is new here' },
    ]);
  });

  test('K on a term says what it means, without links that lead nowhere here', () => {
    const text = JSON.stringify(shown[0]);
    expect(text).toContain('Physical Address Metadata Table');
    expect(text).toContain('patchgloss simulate tdmr-pamt --scenario');
    expect(text).not.toMatch(/\]\(|concept:|simulator:/);
  });

  test('a definition opens the note of a term, what a quoted line was taken from, and a footnote', () => {
    expect(shown[1]).toEqual({ file: 'pamt.md', line: expect.stringContaining('PAMT') });
    const quoted = 'Each TDMR needs three PAMTs, one for each page size (4K, 2M and 1G). They';
    expect(shown[2]).toEqual({ file: 'tdx-pamt-thread.mbox', line: quoted });
    expect(shown[3]).toEqual({ file: 'tdx-pamt-thread.mbox', line: expect.stringMatching(/^\[1\] http/) });
  });

  test('the symbols are messages, quotes, files and hunks', () => {
    const text = JSON.stringify(shown[4]);
    expect(text).toContain('[RFC PATCH v2 1/2] x86/virt/tdx: Count the PAMT before allocating it');
    expect(text).toMatch(/\[File\] [\w/]+\.c/);
    expect(text).toContain('[Function] ');
  });

  test('the references of a quoted line are all that quote it, and where it was said', () => {
    const lines = (shown[5] as { text: string }[]).map(({ text }) => text);
    expect(lines.length).toBeGreaterThan(1);
    for (const line of lines) expect(line).toContain('Each TDMR needs three PAMTs');
    expect(lines.some((line) => !line.startsWith('>'))).toBe(true);
  });

  test('a quote folds, and nothing that is not quoted goes with it', () => {
    const { from, to } = shown[6] as { from: number; to: number };
    const lines = readFileSync(sample, 'utf8')
      .split('\n')
      .slice(from - 1, to);
    expect(lines.length).toBeGreaterThan(1);
    for (const line of lines) expect(line).toMatch(/^>/);
  });

  test('links lead to the web or to a line of the same file', () => {
    const targets = (shown[7] as { target: string }[]).map(({ target }) => target);
    expect(targets).toContainEqual(expect.stringMatching(/^https:\/\/lists\.example\.org\//));
    expect(targets).toContainEqual(expect.stringMatching(/^file:\/\/.*tdx-pamt-thread\.mbox#L\d+,1$/));
  });

  test('what is typed is read at once', () => {
    expect(JSON.stringify(shown[9])).toMatch(/TD Memory Region/i);
  });
});
