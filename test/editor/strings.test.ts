import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { english } from '../../src/webview/words.ts';

const root = new URL('../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');
const bundle: Record<string, string> = JSON.parse(read('l10n/bundle.l10n.json'));

/** The first argument of every `l10n.t(...)` in the editor's room. */
function translated(): string[] {
  const folder = new URL('src/editor', root);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  return files.flatMap((name) =>
    [...read(`src/editor/${name}`).matchAll(/l10n\.t\(\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")/g)].map(
      (match) => match[1] ?? match[2] ?? '',
    ),
  );
}

describe('every word can be translated', () => {
  test('the bundle lists the words of the editor and of the panel, and nothing else', () => {
    const used = new Set([...translated(), ...Object.values(english)]);
    expect(used.size).toBeGreaterThan(40);
    expect(Object.keys(bundle).sort()).toEqual([...used].sort());
  });

  test('every word of the manifest is defined once', () => {
    const words: Record<string, string> = JSON.parse(read('package.nls.json'));
    const used = [...read('package.json').matchAll(/"%([^%"]+)%"/g)].map((match) => match[1]);
    expect(Object.keys(words).sort()).toEqual([...new Set(used)].sort());
  });
});
