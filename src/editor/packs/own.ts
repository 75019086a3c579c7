import * as vscode from 'vscode';
import type { Concept, Pack } from '#concepts';
import type { PacksRead } from './built-in.ts';
import { ownNoteFolders } from './folders.ts';

/** The reader of notes brings remark and YAML: only who has notes of their own pays for them. */
const noteReader = () => import('#concepts/read');

/** Bytes; a note of 16 KB of text has no more. */
const largestNote = 64 * 1024;
/** Notes of one folder, in number. */
const mostNotes = 2_000;

interface Kept {
  /** What the file was like when it was read. */
  stamp: string;
  concept: Concept | undefined;
  problems: readonly string[];
}

/** What each file said when it was read last, by its address; a file that did not change is not read again. */
const kept = new Map<string, Kept>();

/** One pack for each folder that has notes. A note or a folder that cannot be read costs no other its reading. */
export async function ownPacks(): Promise<PacksRead> {
  const packs: Pack[] = [];
  const problems: string[] = [];
  for (const folder of ownNoteFolders()) {
    const notes = await notesIn(folder, problems);
    if (notes.length === 0) continue;
    const title = vscode.workspace.asRelativePath(folder);
    packs.push({ id: folder.toString(), title, description: '', own: true, concepts: notes });
  }
  return { packs, problems };
}

async function notesIn(folder: vscode.Uri, problems: string[]): Promise<Concept[]> {
  const names = await namesIn(folder);
  if (names.length > mostNotes) {
    problems.push(
      vscode.l10n.t(
        '{0} has {1} notes; the first {2} are read.',
        vscode.workspace.asRelativePath(folder),
        names.length,
        mostNotes,
      ),
    );
  }
  const concepts: Concept[] = [];
  for (const name of names.slice(0, mostNotes)) {
    const file = vscode.Uri.joinPath(folder, name);
    const note = await read(file);
    if (note.concept) concepts.push(note.concept);
    problems.push(...note.problems);
  }
  return concepts;
}

/** The notes of a folder by name; none when there is no such folder. */
async function namesIn(folder: vscode.Uri): Promise<string[]> {
  try {
    // Asked first, because an editor writes a failed listing into its log.
    await vscode.workspace.fs.stat(folder);
    const entries = await vscode.workspace.fs.readDirectory(folder);
    const names = entries.flatMap(([name, type]) => ((type & vscode.FileType.File) !== 0 ? [name] : []));
    return names.filter((name) => name.endsWith('.md') && !/^readme\.md$/i.test(name)).sort();
  } catch {
    return [];
  }
}

async function read(file: vscode.Uri): Promise<Kept> {
  const key = file.toString();
  try {
    const { mtime, size } = await vscode.workspace.fs.stat(file);
    const stamp = `${mtime} ${size}`;
    const before = kept.get(key);
    if (before?.stamp === stamp) return before;
    const note = { stamp, ...(await readNote(file, size)) };
    kept.set(key, note);
    return note;
  } catch (error) {
    kept.delete(key);
    const name = vscode.workspace.asRelativePath(file);
    return { stamp: '', concept: undefined, problems: [vscode.l10n.t('{0} cannot be read: {1}', name, String(error))] };
  }
}

async function readNote(file: vscode.Uri, size: number): Promise<Omit<Kept, 'stamp'>> {
  const name = vscode.workspace.asRelativePath(file);
  if (size > largestNote) {
    return {
      concept: undefined,
      problems: [vscode.l10n.t('{0} is not read: a note has at most 16 KB of text.', name)],
    };
  }
  const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
  const { notes } = (await noteReader()).readPack([{ path: file.path, text }]);
  const [note] = notes;
  // Names of other notes are not looked at here: they are no reason not to show this one.
  const said = (note?.file.messages ?? []).filter(({ fatal, ruleId }) => fatal && !namesOthers.has(ruleId ?? ''));
  return {
    concept: note?.concept,
    problems: said.map(({ line, column, reason }) => `${name}:${line ?? 1}:${column ?? 1} ${reason}`),
  };
}

const namesOthers: ReadonlySet<string> = new Set(['related', 'link']);
