/** What a reader gets who installs the extension: nothing that is missing, nothing that was left over. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { listFiles, PackageManager } from '@vscode/vsce';
import { beforeAll, describe, expect, test } from 'vitest';
import { root } from '../../src/build/setup.mjs';

const read = (path: string) => readFileSync(join(root, path), 'utf8');
const manifest = JSON.parse(read('package.json'));
const words: Readonly<Record<string, string>> = JSON.parse(read('package.nls.json'));
const word = (name: string) => words[name.slice(1, -1)] ?? '';
const { contributes } = manifest;

/** What would be packed of this checkout after a build, and of what else may lie in one. */
let files: readonly string[];
const leftovers = [
  'src/cli/main.ts',
  'test/a.test.ts',
  'dist/cli.cjs',
  'dist/web/extension.js.map',
  '.cache/x',
  'x.vsix',
  'node_modules/a/a.js',
];
beforeAll(async () => {
  const copy = mkdtempSync(join(tmpdir(), 'patchgloss-package-'));
  for (const name of readdirSync(root)) {
    if (/^(?:media|l10n|\.vscodeignore|LICENSE|.*\.md|package.*\.json)$/.test(name)) {
      cpSync(join(root, name), join(copy, name), { recursive: true });
    }
  }
  for (const file of [...leftovers, 'dist/extension.cjs', 'dist/web/extension.js']) {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    writeFileSync(join(copy, file), '');
  }
  files = (await listFiles({ cwd: copy, packageManager: PackageManager.None })).map((file) =>
    file.replaceAll('\\', '/'),
  );
  rmSync(copy, { recursive: true });
});

describe('the package', () => {
  test('holds what runs, what is shown, and the papers, and nothing else', () => {
    const papers = ['README.md', 'CHANGELOG.md', 'SECURITY.md', 'LICENSE'];
    const data = ['package.json', 'package.nls.json', 'l10n/bundle.l10n.de.json'];
    expect(files).toEqual(expect.arrayContaining([...papers, ...data, 'dist/extension.cjs', 'dist/web/extension.js']));
    for (const file of files) expect(leftovers).not.toContain(file);
    for (const file of files) {
      expect(file).toMatch(
        /^(?:package(?:\.nls(?:\.\w+)?)?\.json|l10n\/bundle\.l10n(?:\.\w+)?\.json|[A-Z]+(?:\.md)?|media\/(?:samples\/|walkthrough\/)?[\w.-]+|dist\/(?:web\/)?extension\.c?js)$/,
      );
    }
  });

  test('holds every file that the manifest names', () => {
    const named = [...JSON.stringify({ ...manifest, imports: {} }).matchAll(/"(?:\.\/)?(media\/[^"]+)"/g)];
    expect(named.length).toBeGreaterThan(5);
    for (const [, path] of named) expect(files).toContain(path);
  });

  test('says in the gallery what it is', () => {
    expect(manifest.displayName).toBe('Patchgloss');
    expect(manifest.description.length).toBeLessThanOrEqual(200);
    expect(manifest.keywords.length).toBeLessThanOrEqual(30);
    expect(manifest.categories.length).toBeGreaterThan(0);
    expect(manifest.galleryBanner).toEqual({ color: expect.stringMatching(/^#[0-9a-f]{6}$/), theme: 'dark' });
    expect(manifest.pricing).toBe('Free');
  });

  test('shows in the README pictures that the gallery shows, too', () => {
    const pictures = [...read('README.md').matchAll(/!\[[^\]]+\]\(([^)]+)\)/g)].map((match) => match[1] ?? '');
    expect(pictures.length).toBeGreaterThan(1);
    for (const picture of pictures) {
      expect(picture).toMatch(/\.png$/);
      expect(readFileSync(join(root, picture)).subarray(1, 4).toString('latin1')).toBe('PNG');
    }
  });

  test('was tested with the editor it asks for', () => {
    const asked = /^\^(\d+\.\d+)/.exec(manifest.engines.vscode)?.[1];
    expect(manifest.devDependencies['@types/vscode']).toBe(`~${asked}.0`);
  });
});

describe('the views', () => {
  test('stand in one container, in the order of reading', () => {
    const [views, ...more] = Object.values<{ id: string }[]>(contributes.views);
    expect(more).toEqual([]);
    expect(views?.map(({ id }) => id)).toEqual(
      ['threads', 'concepts', 'ledger', 'annotations'].map((name) => `patchgloss.${name}`),
    );
  });

  test('tell who does not see them how to use them, with keys that there are', () => {
    const known = new Set(contributes.commands.map(({ command }: { command: string }) => command));
    for (const { accessibilityHelpContent } of Object.values<{ accessibilityHelpContent: string }[]>(
      contributes.views,
    ).flat()) {
      const text = word(accessibilityHelpContent);
      expect(text).toMatch(/ Enter /);
      for (const [, command] of text.matchAll(/<keybinding:(patchgloss[^>]*)>/g)) expect(known).toContain(command);
    }
  });

  test('say what to do when they are empty', () => {
    const welcomes: { view: string; contents: string }[] = contributes.viewsWelcome;
    for (const { id } of Object.values<{ id: string }[]>(contributes.views).flat()) {
      const texts = welcomes.filter(({ view }) => view === id).map(({ contents }) => word(contents));
      expect(texts.length).toBeGreaterThan(0);
      for (const text of texts) expect(text).toMatch(/^[A-Z].*[.]\n\[.*\]\(command:/s);
    }
  });
});

describe('the walkthrough', () => {
  const [walkthrough, ...more] = contributes.walkthroughs;
  const steps: {
    id: string;
    description: string;
    media: { svg: string; altText: string };
    completionEvents: string[];
  }[] = walkthrough.steps;

  test('has six steps at most, each with something to do', () => {
    expect(more).toEqual([]);
    expect(steps.length).toBeLessThanOrEqual(6);
    for (const { description, completionEvents } of steps) {
      expect(word(description)).toMatch(/\n\[[^\]]+\]\(command:[\w.]+/);
      expect(completionEvents.length).toBeGreaterThan(0);
    }
  });

  test('has pictures in the colours of the theme, with words for who does not see them', () => {
    for (const { media } of steps) {
      expect(word(media.altText)).toMatch(/\w.*\.$/);
      const picture = read(media.svg);
      const painted = [...picture.matchAll(/(?:fill|stroke)="([^"]+)"/g)].map((match) => match[1]);
      expect(painted.length).toBeGreaterThan(3);
      for (const paint of painted) expect(paint).toMatch(/^none$|^var\(--vscode-[\w-]+, (?:none|currentColor)\)$/);
    }
  });
});

test('every command that a text of the manifest leads to is there', () => {
  const known = new Set(contributes.commands.map(({ command }: { command: string }) => command));
  const views = Object.values<{ id: string }[]>(contributes.views).flat();
  for (const { id } of views) known.add(`${id}.focus`);
  const led = Object.values(words).flatMap((text) => [...text.matchAll(/\(command:(patchgloss\.[\w.]+)/g)]);
  expect(led.length).toBeGreaterThan(5);
  for (const [, command] of led) expect(known).toContain(command);
  expect(existsSync(join(root, manifest.icon))).toBe(true);
});
