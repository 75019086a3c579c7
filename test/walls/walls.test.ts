/** The walls hold: bad imports planted in a copy of the house are found, and a clean copy has none. */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ICruiseResult } from 'dependency-cruiser';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rooms } from '../../src/build/rooms.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
let house: string;

beforeAll(() => {
  house = mkdtempSync(join(tmpdir(), 'patchgloss-walls-'));
  for (const name of ['package.json', '.dependency-cruiser.mjs']) cpSync(join(root, name), join(house, name));
  symlinkSync(join(root, 'node_modules'), join(house, 'node_modules'));
});
afterAll(() => rmSync(house, { recursive: true, force: true }));

/** Puts a clean copy of src/ into the house, with these lines added to files. */
function furnish(planted: Readonly<Record<string, string>>): void {
  rmSync(join(house, 'src'), { recursive: true, force: true });
  cpSync(join(root, 'src'), join(house, 'src'), { recursive: true });
  for (const [file, line] of Object.entries(planted)) {
    mkdirSync(join(house, file, '..'), { recursive: true });
    appendFileSync(join(house, file), `\n${line}\n`);
  }
}

/** What the walls say about the house. */
function cruise(planted: Readonly<Record<string, string>> = {}): ICruiseResult['summary'] & { modules: string[] } {
  furnish(planted);
  const program = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const options = ['--config', '.dependency-cruiser.mjs', '--output-type', 'json', 'src'];
  const said = execFileSync(process.execPath, [program, ...options], { cwd: house, maxBuffer: 1e9 });
  const { summary, modules }: ICruiseResult = JSON.parse(said.toString());
  return { ...summary, modules: modules.map(({ source }) => source) };
}

/** What is wrong, the room it is planted in, the line, and the rule that must see it. */
const bad = [
  ['a core room that knows the editor', 'parse', "import 'vscode';", 'vscode-only-in-editor'],
  ['a core room that reads files', 'archive', "import 'node:fs';", 'node-only-on-the-node-side'],
  ['Node without the prefix', 'cut', "export * from 'path';", 'node-only-on-the-node-side'],
  ['the editor reading files outside its Node side', 'editor', "import 'node:fs';", 'node-only-on-the-node-side'],
  ['simulators that know mail', 'simulators', "import '#parse';", 'simulators-imports-only-what-stands-below'],
  [
    'a type taken from above',
    'concepts',
    "import type { Span } from '#mailast';",
    'concepts-imports-only-what-stands-below',
  ],
  [
    'a room fetched late',
    'mailast',
    "export const x = () => import('#features');",
    'mailast-imports-only-what-stands-below',
  ],
  ['the panel that knows features', 'webview', "import '#features';", 'webview-imports-only-what-stands-below'],
  ['a way past a door', 'decode', "import '../mailast/nodes.ts';", 'mailast-is-entered-by-its-door'],
  ['a relative way through a door', 'decode', "import '../mailast/index.ts';", 'other-rooms-by-name'],
  [
    'a second door entered by a browser room',
    'features',
    "import '#concepts/node';",
    'second-doors-only-from-the-node-side',
  ],
  ['a folder that is no room', 'utils', "import '#mailast';", 'every-folder-is-a-room'],
  ['an import of nothing', 'parse', "import './nowhere.ts';", 'everything-resolves'],
  ['a file that needs itself', 'parse', "import './planted-13.ts';", 'no-circles'],
] as const;

describe('the walls', () => {
  test('stand as they are, around every file of every room', () => {
    const { violations, modules } = cruise();
    expect(violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`)).toEqual([]);
    const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter(
      (name) => /[.](?:ts|mjs)$/.test(name) && !name.endsWith('.d.ts'),
    );
    expect(modules).toEqual(expect.arrayContaining(sources.map((name) => `src/${name}`)));
  });

  describe('stop', () => {
    const planted = bad.map(([what, room, line, rule], at) => ({
      what,
      file: `src/${room}/planted-${at}.ts`,
      line,
      rule,
    }));
    let violations: ReturnType<typeof cruise>['violations'];
    beforeAll(() => {
      violations = cruise(Object.fromEntries(planted.map(({ file, line }) => [file, line]))).violations;
    });

    test.each(planted)('$what', ({ file, rule }) => {
      const broken = violations.filter(({ from }) => from === file);
      expect(broken.map((violation) => violation.rule.name)).toContain(rule);
    });
  });
});

test('the core rooms know neither the page nor the process', () => {
  const file = 'src/parse/planted.ts';
  furnish({ [file]: 'export const planted = [document, window, process, Buffer, setTimeout];' });
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  const { stdout } = spawnSync(process.execPath, [compiler, '-p', 'src/tsconfig.core.json'], { cwd: house });
  const unknown = stdout
    .toString()
    .split('\n')
    .filter((line) => line.startsWith(file));
  expect(unknown.map((line) => /Cannot find name '(\w+)'/.exec(line)?.[1])).toEqual([
    'document',
    'window',
    'process',
    'Buffer',
    'setTimeout',
  ]);
});

test('every room of the table is there, and every folder is in the table', () => {
  const folders = readdirSync(join(root, 'src'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(folders.map(({ name }) => name).sort()).toEqual(rooms.map(({ room }) => room).sort());
});

test('rooms import only what stands above them in the table', () => {
  const above = new Set<string>();
  for (const { room, mayImport } of rooms) {
    expect(
      mayImport.filter((other) => !above.has(other)),
      `${room} imports what is not above it`,
    ).toEqual([]);
    above.add(room);
  }
});

test('no type is taken around the walls: they do not see import("...") as a type', () => {
  for (const { room, kind } of rooms) {
    if (kind === 'node') continue;
    for (const name of readdirSync(join(root, 'src', room), { recursive: true, encoding: 'utf8' })) {
      if (!name.endsWith('.ts')) continue;
      const text = readFileSync(join(root, 'src', room, name), 'utf8');
      expect(text, `src/${room}/${name}`).not.toMatch(/(?:[:|&<,(]|extends|typeof|=)\s*import\('[^']*'\)[.[]/);
    }
  }
});
