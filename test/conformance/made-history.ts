import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Histories that tests make: real text, changed by a machine, as commits of a repository of their own. */

/** The lines of some files, by path. */
export type Tree = Map<string, string[]>;

export type Edit = (tree: Tree) => void;

/** Whether a program is there; on a build server it must be. `why` says what is not tried without it. */
export function hasProgram(name: string, why: string): boolean {
  if (spawnSync(name, ['--version']).status === 0) return true;
  if (process.env.CI) throw new Error(`${name} is missing`);
  console.warn(`${why}: there is no ${name}`);
  return false;
}

/** Real text to change: the sources of a room of ours. */
export function realFiles(): Tree {
  const room = join(import.meta.dirname, '../../src/decode');
  const names = readdirSync(room)
    .filter((name) => name.endsWith('.ts'))
    .sort()
    .slice(0, 8);
  return new Map(names.map((name) => [name, readFileSync(join(room, name), 'utf8').split('\n')]));
}

export function copyOf(tree: Tree): Tree {
  return new Map([...tree].map(([path, text]) => [path, [...text]]));
}

/** A line that stands once in its file, by its words: so an edit can be made again on another base. */
export interface Spot {
  path: string;
  words: string;
}

/** Such lines, some way apart from each other, in an order that chance gives. */
export function spots(tree: Tree, chance: () => number, apart = 12): Spot[] {
  const found: Spot[] = [];
  for (const [path, text] of tree) {
    let last = -apart;
    for (const [at, words] of text.entries()) {
      if (words.length < 20 || at - last < apart || text.indexOf(words) !== text.lastIndexOf(words) || chance() < 0.3)
        continue;
      found.push({ path, words });
      last = at;
    }
  }
  return found
    .map((spot) => ({ spot, key: chance() }))
    .sort((a, b) => a.key - b.key)
    .map(({ spot }) => spot);
}

/** Puts new lines behind a line. */
export function insertion({ path, words }: Spot, lines: readonly string[]): Edit {
  return (tree) => {
    const text = tree.get(path) ?? [];
    const at = text.indexOf(words);
    text.splice(at === -1 ? text.length : at + 1, 0, ...lines);
  };
}

/** Puts lines in the place of one. */
export function replacement({ path, words }: Spot, lines: readonly string[]): Edit {
  return (tree) => {
    const text = tree.get(path) ?? [];
    const at = text.indexOf(words);
    if (at !== -1) text.splice(at, 1, ...lines);
  };
}

/** Takes lines away from a line on. */
export function removal({ path, words }: Spot, count: number): Edit {
  return (tree) => {
    const text = tree.get(path) ?? [];
    const at = text.indexOf(words);
    if (at !== -1) text.splice(at, count);
  };
}

export function madeLines(name: string, count: number): string[] {
  return Array.from({ length: count }, (_, line) => `  ${name}(${line}, kettle_${name}_${line});`);
}

/** Branches of one repository, written in one go (`git fast-import`): a process for each commit would take longer than all that is tried. */
export class MadeHistory {
  readonly folder = mkdtempSync(join(tmpdir(), 'patchgloss-history-'));
  readonly #stream: string[] = [];
  #time = 1_700_000_000;

  constructor() {
    this.git('init', '-q', '--bare');
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** A commit of all of a tree on a branch, which goes on, or begins at another one, or at nothing. */
  commit(branch: string, tree: Tree, message: string, from?: string): void {
    const files = [...tree].map(([path, text]) => {
      const content = text.join('\n');
      return `M 100644 inline ${path}\ndata ${Buffer.byteLength(content)}\n${content}\n`;
    });
    const parent = from === undefined ? '' : `from refs/heads/${from}\n`;
    this.#stream.push(
      `commit refs/heads/${branch}\ncommitter Ada Example <ada@example.org> ${this.#time++} +0000\ndata ${Buffer.byteLength(message)}\n${message}\n${parent}deleteall\n${files.join('')}`,
    );
  }

  write(): void {
    execFileSync('git', ['fast-import', '--quiet', '--force'], {
      cwd: this.folder,
      input: `${this.#stream.join('\n')}\n`,
      env: environment(),
    });
    this.#stream.length = 0;
  }

  git(...args: string[]): string {
    return execFileSync('git', args, {
      cwd: this.folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      env: environment(),
    });
  }
}

function environment(): NodeJS.ProcessEnv {
  return { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };
}
