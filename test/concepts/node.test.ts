import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { glossary } from '#concepts';
import { readNotes } from '#concepts/node';
import { around, note } from './invented.ts';

const folder = join(import.meta.dirname, 'fixtures/own');

describe("a reader's own folder of notes", () => {
  it('is read without its README, and each mistake is said in its file', async () => {
    const { concepts, files } = await readNotes(folder);
    expect(concepts.map(({ id }) => id)).toEqual(['frob', 'gizmo']);
    expect(files.map((file) => file.messages.map(String))).toEqual([
      [],
      [expect.stringContaining('gizmo.md:5:17-5:24: There is no note "missing"')],
    ]);
  });

  it('may link to notes of ours', async () => {
    const { files } = await readNotes(folder, { concepts: [note('missing', [])] });
    expect(files.flatMap((file) => file.messages)).toEqual([]);
  });

  it('takes the same road as ours', async () => {
    const { concepts } = await readNotes(folder);
    const own = glossary(concepts);
    const [match] = own.lexicon.matches('a FROB beside GIZMO_NEW');
    expect(match?.text).toBe('FROB');
    if (match === undefined) return;
    expect(own.meanings(match, around('a FROB'))).toEqual([]);
    expect(own.meanings(match, around('a FROB of the widget'))[0]?.because).toBe('"widget" stands near');
  });

  it('fails when the folder is not there, and gives nothing when it is empty', async () => {
    await expect(readNotes(join(folder, 'nowhere'))).rejects.toThrow('ENOENT');
    const empty = await mkdtemp(join(tmpdir(), 'notes-'));
    await writeFile(join(empty, 'list.txt'), 'not a note');
    expect(await readNotes(empty)).toEqual({ concepts: [], files: [] });
    await rm(empty, { recursive: true });
  });
});
