import { beforeEach, describe, expect, test, vi } from 'vitest';

const set = vi.hoisted(() => ({ values: new Map<string, Record<string, unknown>>(), warned: [] as string[] }));

vi.mock('vscode', () => ({
  workspace: { getConfiguration: () => ({ inspect: (name: string) => set.values.get(name) }) },
  window: { createOutputChannel: () => ({ warn: (line: string) => set.warned.push(line) }) },
  Uri: { file: (path: string) => `file:${path}`, parse: (address: string) => address },
}));

const { chosenFolder, servers } = await import('../../src/editor/fetch/settings.ts');

const LORE = ['https://lore.kernel.org/all'];
const EVIL = ['https://evil.example.org/all'];

beforeEach(() => {
  set.values.clear();
  set.warned.length = 0;
});

describe('whom a fetch asks', () => {
  test('is said by the reader, and never by a workspace', () => {
    set.values.set('fetch.servers', { defaultValue: LORE, workspaceValue: EVIL, workspaceFolderValue: EVIL });
    expect(servers()).toEqual(LORE);
    set.values.set('fetch.servers', {
      defaultValue: LORE,
      globalValue: ['https://lists.example.org/valves/'],
      workspaceValue: EVIL,
    });
    expect(servers()).toEqual(['https://lists.example.org/valves']);
  });

  test.each([
    ['http://lists.example.org/all'],
    ['https://me:secret@lists.example.org/'],
    ['lists.example.org'],
    ['file:///etc'],
    [7],
  ])('is no %s, which is said in the log', (one) => {
    set.values.set('fetch.servers', { defaultValue: LORE, globalValue: [one] });
    expect(servers()).toEqual(LORE);
    expect(set.warned).toHaveLength(1);
  });
});

describe('where fetched threads are kept', () => {
  test('is said by the reader, and never by a workspace', () => {
    set.values.set('fetch.folder', { defaultValue: '', workspaceValue: '/etc' });
    expect(chosenFolder()).toBeUndefined();
  });

  test.each([
    ['/home/ada/mail', 'file:/home/ada/mail'],
    ['c:\\mail', 'file:c:\\mail'],
    ['vscode-vfs://github/ada/mail', 'vscode-vfs://github/ada/mail'],
  ])('%s', (folder, uri) => {
    set.values.set('fetch.folder', { defaultValue: '', globalValue: folder });
    expect(chosenFolder()).toBe(uri);
  });
});
