import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { rooms } from '../../src/build/rooms.mjs';
import { root } from '../../src/build/setup.mjs';

const readme = readFileSync(join(root, 'README.md'), 'utf8');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

test('the map in the README has every room, in words of the table that the walls are built from', () => {
  const rows = [...readme.matchAll(/^\| `(\w+)` \| (.+?) \| (.+?) \|$/gm)].map(([, room, holds]) => [room, holds]);
  expect(rows).toEqual(rooms.map(({ room, holds }) => [room, holds]));
  for (const { room, kind, mayImport } of rooms) {
    if (kind !== 'core' && kind !== 'webview') continue;
    const imports = new RegExp(`^\\| \`${room}\` \\| .+? \\| (.+?) \\|$`, 'm').exec(readme)?.[1];
    expect(imports).toBe(mayImport.join(', ') || 'no other room');
  }
});

test('the README lists every setting with its default', () => {
  for (const [name, { default: value }] of Object.entries<{ default: unknown }>(
    manifest.contributes.configuration.properties,
  )) {
    expect(readme).toContain(`| \`${name}\` | ${String(value) === '' ? 'empty' : `\`${String(value)}\``} |`);
  }
});

test('every file that the README shows or leads to is there', () => {
  const targets = [...readme.matchAll(/\]\(((?!https?:)[^)]+)\)/g)].map((match) => match[1] ?? '');
  expect(targets.length).toBeGreaterThan(5);
  for (const target of targets) expect(() => readFileSync(join(root, target))).not.toThrow();
});
