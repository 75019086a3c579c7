import { mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { conceptPage, ourGlossary, packsInUse } from '#features';

/**
 * The pages of notes as files, which every editor can open: written when the first one is asked for, all of them, so that one leads to the other, in a
 * folder of this server's own that goes with it. A note of the reader's own is its own file.
 */
export class NoteFiles {
  #written: Promise<string> | undefined;

  /** The address of a note's file; absent when there is no such note. */
  async fileOf(id: string): Promise<string | undefined> {
    if (!ourGlossary().byId.has(id)) return undefined;
    const pack = packsInUse().packOf(id);
    if (pack?.own) return pathToFileURL(resolve(pack.id, `${id}.md`)).href;
    this.#written ??= writePages();
    return pathToFileURL(join(await this.#written, `${id}.md`)).href;
  }
}

async function writePages(): Promise<string> {
  // Made by this process, for this user alone.
  const folder = mkdtempSync(join(tmpdir(), 'patchgloss-notes-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  for (const id of ourGlossary().byId.keys()) {
    const page = conceptPage(id) ?? '';
    await writeFile(join(folder, `${id}.md`), asFile(page), { mode: 0o444 });
  }
  return folder;
}

/** Links between notes lead to their files, and simulators to the command line. */
function asFile(page: string): string {
  return page
    .replace(/\]\(concept:([a-z0-9.-]+)\)/g, ']($1.md)')
    .replace(/\[([^\]\n]*)\]\(simulator:([\w-]+)\/([\w-]+)\)/g, '$1 (`patchgloss simulate $2 --scenario $3`)');
}
