import { describe, expect, test } from 'vitest';
import { type Annotation, changeNotes, newAnnotation, parseStore } from '#annotations';
import type { FilePort } from '../../src/editor/annotations/file-port.ts';
import { changeVirtualStore } from '../../src/editor/annotations/virtual-store.ts';

const path = '/notes/thread.jsonld';
const words = { busy: 'busy', readOnly: (why: string) => `read only: ${why}` };

/** Files in memory, where each question takes a while, and looking and renaming are two steps, as through a server. */
class SlowFiles implements FilePort {
  readonly files = new Map<string, { text: string; changed: number }>();
  #turn = 0;

  async #wait(): Promise<void> {
    this.#turn = (this.#turn * 7 + 3) % 5;
    await new Promise((resolve) => setTimeout(resolve, this.#turn));
  }

  async read(name: string): Promise<string | undefined> {
    await this.#wait();
    return this.files.get(name)?.text;
  }

  async write(name: string, text: string): Promise<void> {
    await this.#wait();
    this.files.set(name, { text, changed: Date.now() });
  }

  async rename(from: string, to: string, overwrite: boolean): Promise<void> {
    await this.#wait();
    const file = this.files.get(from);
    if (!file || (!overwrite && this.files.has(to))) throw new Error('EntryExists');
    this.files.set(to, file);
    this.files.delete(from);
  }

  async remove(name: string): Promise<void> {
    await this.#wait();
    this.files.delete(name);
  }

  async changedAt(name: string): Promise<number | undefined> {
    await this.#wait();
    return this.files.get(name)?.changed;
  }

  get ids(): string[] {
    const { annotations, keepAside } = parseStore(this.files.get(path)?.text ?? '');
    expect(keepAside).toBeUndefined();
    return annotations.map(({ id }) => id).sort();
  }
}

function note(id: string): Annotation {
  const target = { source: 'mid:a1@example.org' };
  return newAnnotation({ id, textId: `${id}-text`, now: '2024-03-06T09:00:00Z', kind: 'remark', text: id, target });
}

const add = (files: FilePort, id: string) =>
  changeVirtualStore(files, path, 'A thread', (store) => changeNotes(store, [{ after: note(id) }]).store, words);

describe('an annotation file on a file system of the editor', () => {
  test('that two windows write at once loses nothing of either', async () => {
    const files = new SlowFiles();
    const window = async (name: string) => {
      for (let number = 0; number < 6; number++) await add(files, `urn:example:${name}-${number}`);
    };
    await Promise.all([window('one'), window('other')]);
    expect(files.ids).toHaveLength(12);
    expect([...files.files.keys()]).toEqual([path]);
  });

  test('keeps what a program wrote meanwhile that knows no lock', async () => {
    const files = new SlowFiles();
    await add(files, 'urn:example:1');
    const theirs = files.files.get(path)?.text.replaceAll('example:1', 'example:theirs') ?? '';
    let calls = 0;
    await changeVirtualStore(
      files,
      path,
      undefined,
      (store) => {
        if (calls++ === 0) files.files.set(path, { text: theirs, changed: Date.now() });
        return changeNotes(store, [{ after: note('urn:example:2') }]).store;
      },
      words,
    );
    expect(files.ids).toEqual(['urn:example:2', 'urn:example:theirs']);
  });

  test('that is damaged is kept under another name, and a new one is begun', async () => {
    const files = new SlowFiles();
    files.files.set(path, { text: '{"items": [', changed: 0 });
    expect(await add(files, 'urn:example:1')).toMatchObject({ keptAs: `${path}.damaged-1` });
    expect(files.files.get(`${path}.damaged-1`)?.text).toBe('{"items": [');
    expect(files.ids).toEqual(['urn:example:1']);
  });

  test('of a later version is read and never written', async () => {
    const files = new SlowFiles();
    await add(files, 'urn:example:1');
    const later = files.files.get(path)?.text.replace('formatVersion": 1', 'formatVersion": 2') ?? '';
    files.files.set(path, { text: later, changed: 0 });
    await expect(add(files, 'urn:example:2')).rejects.toThrow('read only');
    expect(files.files.get(path)?.text).toBe(later);
  });

  test('whose lock was left behind is written all the same', async () => {
    const files = new SlowFiles();
    files.files.set(`${path}.lock`, { text: 'window gone', changed: Date.now() - 60_000 });
    await add(files, 'urn:example:1');
    expect(files.ids).toEqual(['urn:example:1']);
  });
});
