import { beforeEach, describe, expect, test, vi } from 'vitest';

/** The folder of indexes: sizes in bytes, and when each was used last. */
const disk = vi.hoisted(() => ({
  files: new Map<string, { size: number; mtime: number; bytes: Uint8Array }>(),
  limit: undefined as unknown,
  log: [] as string[],
}));

vi.mock('vscode', () => {
  const uri = (path: string) => ({ path, toString: () => path });
  const said = (line: string) => disk.log.push(line);
  class FileSystemError extends Error {
    code = 'FileNotFound';
  }
  const at = ({ path }: { path: string }) => {
    const file = disk.files.get(path);
    if (!file) throw new FileSystemError(path);
    return file;
  };
  return {
    FileSystemError,
    Uri: { joinPath: (base: { path: string }, ...names: string[]) => uri([base.path, ...names].join('/')), parse: uri },
    window: { createOutputChannel: () => ({ info: said, warn: said }) },
    workspace: {
      getConfiguration: () => ({ inspect: () => ({ globalValue: disk.limit, workspaceValue: 1 }) }),
      fs: {
        stat: async (file: { path: string }) => at(file),
        readFile: async (file: { path: string }) => at(file).bytes,
        readDirectory: async () => [...disk.files.keys()].map((path) => [path.split('/').at(-1), 1]),
        delete: async (file: { path: string }) => disk.files.delete(file.path),
        writeFile: async ({ path }: { path: string }, bytes: Uint8Array) =>
          disk.files.set(path, { size: bytes.length, mtime: 0, bytes }),
      },
    },
  };
});

const { keepIndex, keptIndexes } = await import('../../src/editor/fetch/kept-indexes.ts');
const vscode = await import('vscode');

const MB = 2 ** 20;
const storage = vscode.Uri.parse('/storage');
const mailbox = (name: string) => vscode.Uri.parse(`file:///mail/${name}.mbox`);

/** Writes an index as it is written when its mailbox is opened. */
async function open(name: string, size: number, mtime: number): Promise<void> {
  disk.files.set(`/storage/indexes/${name}.index`, { size, mtime, bytes: new Uint8Array() });
  await keepIndex(storage, name, mailbox(name));
}

const names = async () => (await keptIndexes(storage)).map(({ mailbox }) => mailbox?.toString().split('/').at(-1));

beforeEach(() => {
  disk.files.clear();
  disk.log.length = 0;
  disk.limit = 10;
});

describe('indexes that are kept', () => {
  test('are listed with the mailbox that they are of, the one that was used last first', async () => {
    await open('old', 2 * MB, 1);
    await open('new', 3 * MB, 2);
    expect(await names()).toEqual(['new.mbox', 'old.mbox']);
    expect(disk.log).toEqual([]);
  });

  test('are removed beyond the limit of the reader, those first that were not used for long, and the log says so', async () => {
    await open('a', 4 * MB, 1);
    await open('b', 4 * MB, 2);
    await open('c', 4 * MB, 3);
    expect(await names()).toEqual(['c.mbox', 'b.mbox']);
    expect(disk.log).toEqual([expect.stringContaining('removed the index of file:///mail/a.mbox, 4.0 MB')]);
  });

  test('stay while they are used, however large', async () => {
    await open('small', MB, 5);
    await open('huge', 40 * MB, 1);
    expect(await names()).toEqual(['huge.mbox']);
  });

  test('have the limit that the reader sets, not that of a workspace', async () => {
    disk.limit = undefined;
    await open('a', 400 * MB, 1);
    await open('b', 90 * MB, 2);
    expect(await names()).toHaveLength(2);
  });

  test('are listed without a name where nobody knows it', async () => {
    disk.files.set('/storage/indexes/x.index', { size: 1, mtime: 1, bytes: new Uint8Array() });
    disk.files.set('/storage/indexes/mailboxes.json', { size: 1, mtime: 1, bytes: new TextEncoder().encode('{') });
    expect(await names()).toEqual([undefined]);
  });
});
