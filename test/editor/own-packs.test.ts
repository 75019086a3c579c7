import { beforeEach, expect, test, vi } from 'vitest';
import { ownPacks } from '../../src/editor/packs/own.ts';

/** The files of the only workspace folder, by their paths, and how often one was read. */
const disk = vi.hoisted(() => ({ files: new Map<string, string>(), read: 0 }));

vi.mock('vscode', () => {
  const uri = (path: string) => ({ scheme: 'file', path, toString: () => `file://${path}` });
  type Uri = ReturnType<typeof uri>;
  const stat = async ({ path }: Uri) => {
    const text = disk.files.get(path);
    const isFolder = [...disk.files.keys()].some((file) => file.startsWith(`${path}/`));
    if (text === undefined && !isFolder) throw new Error(`There is no ${path}`);
    return { mtime: 1, size: new TextEncoder().encode(text ?? '').length };
  };
  const readDirectory = async ({ path }: Uri) =>
    [...disk.files.keys()]
      .filter((file) => file.startsWith(`${path}/`))
      .map((file) => [file.slice(path.length + 1), 1] as const);
  const readFile = async ({ path }: Uri) => {
    disk.read += 1;
    return new TextEncoder().encode(disk.files.get(path));
  };
  return {
    FileType: { File: 1 },
    Uri: { joinPath: (base: Uri, ...names: string[]) => uri([base.path, ...names].join('/')), file: uri },
    l10n: {
      t: (text: string, ...values: unknown[]) => text.replace(/\{(\d)\}/g, (_, at) => String(values[Number(at)])),
    },
    workspace: {
      workspaceFolders: [{ uri: uri('/home'), name: 'home', index: 0 }],
      isTrusted: true,
      getConfiguration: () => ({ get: () => [] }),
      asRelativePath: ({ path }: Uri) => path.replace('/home/', ''),
      fs: { stat, readDirectory, readFile },
    },
  };
});

const note = (term: string, text: string) =>
  `---\ntitle: ${term}\nfield: valves\nterms: [${term}]\nsources: ["gizmo.c (6.8)"]\n---\n${text}\n`;
const put = (name: string, text: string) => disk.files.set(`/home/.patchgloss/notes/${name}`, text);

beforeEach(() => {
  disk.files.clear();
  disk.read = 0;
});

async function read(): Promise<{ ids: string[]; problems: readonly string[] }> {
  const { packs, problems } = await ownPacks();
  return { ids: packs.flatMap(({ concepts }) => concepts.map(({ id }) => id)), problems };
}

test('of a folder with more than 2,000 notes the first are read, and the reader is told', async () => {
  for (let index = 0; index < 2_010; index++) put(`n${10_000 + index}.md`, note(`N${index}`, 'One of many.'));
  const { ids, problems } = await read();
  expect(ids).toHaveLength(2_000);
  expect(ids.at(-1)).toBe('n11999');
  expect(problems).toEqual(['.patchgloss/notes has 2010 notes; the first 2000 are read.']);
  expect(disk.read).toBe(2_000);
});

test('a file larger than a note may be is not even opened', async () => {
  put('large.md', note('LARGE', 'x '.repeat(40_000)));
  put('small.md', note('SMALL', 'Small.'));
  const { ids, problems } = await read();
  expect(ids).toEqual(['small']);
  expect(problems).toEqual(['.patchgloss/notes/large.md is not read: a note has at most 16 KB of text.']);
  expect(disk.read).toBe(1);
});

test('a note of more than 16 KB that fits into that file is not read either', async () => {
  put('long.md', note('LONG', 'x '.repeat(9_000)));
  const { ids, problems } = await read();
  expect(ids).toEqual([]);
  expect(problems.join()).toMatch(/long\.md:\d+:\d+ .*16/);
});

test('a file that did not change is not read again', async () => {
  put('same.md', note('SAME', 'The same.'));
  await read();
  expect((await read()).ids).toEqual(['same']);
  expect(disk.read).toBe(1);
});
