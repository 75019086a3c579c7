import * as vscode from 'vscode';
import type { KnownNote, KnownNotes, NoteText } from '#features/authoring';
import { authoringFeatures } from '../core.ts';
import { ownNoteFolders } from '../packs/folders.ts';

/** What a note can name, and the files of those that are the reader's own. */
export interface KnownHere extends KnownNotes {
  /** The file of a note of the reader's own. */
  fileOf(id: string): vscode.Uri | undefined;
}

/** Notes of one folder that are looked at, in number. */
const mostFiles = 2000;
/** Bytes; the reader of notes takes less. */
const largestFile = 64 * 1024;

interface Kept {
  /** What the file was like when it was read. */
  stamp: string;
  text: string;
}

const texts = new Map<string, Kept>();
/** What each of them says, by its address, and the text that says it. */
const concepts = new Map<string, { text: string; concept: KnownNote['concept'] | undefined }>();
let reading: Map<string, Promise<readonly NoteText[]>> = new Map();

/** Reads the folders again when they are asked for next. Files that are as they were are not read again. */
export function forgetOwnNotes(): void {
  reading = new Map();
}

/** What a note can name, without the note itself: ours, those of its own folder and of the folders of notes. */
export async function knownTo(document: vscode.TextDocument): Promise<KnownHere> {
  const hasFolder = !document.isUntitled && document.uri.scheme !== 'comment';
  return known(hasFolder ? [parent(document.uri)] : [], document.uri.toString());
}

/** Every note there is: for the name of a new one. */
export function allNotes(): Promise<KnownHere> {
  return known([], undefined);
}

async function known(more: readonly vscode.Uri[], without: string | undefined): Promise<KnownHere> {
  const { builtInNotes, conceptOf } = await authoringFeatures();
  const files = (await Promise.all(distinct([...more, ...ownNoteFolders()]).map(notesIn))).flat();
  const own: KnownNote[] = [];
  const paths = new Map<string, string>();
  for (const { path, text } of withOpen(files)) {
    const kept = concepts.get(path);
    const concept = kept?.text === text ? kept.concept : conceptOf({ path, text });
    concepts.set(path, { text, concept });
    if (!concept || path === without) continue;
    own.push({ concept, own: true });
    paths.set(concept.id, path);
  }
  return {
    notes: [...builtInNotes(), ...own],
    fileOf(id) {
      const path = paths.get(id);
      return path === undefined ? undefined : vscode.Uri.parse(path, true);
    },
  };
}

/** What is open counts as it stands in the editor. */
function withOpen(files: readonly NoteText[]): NoteText[] {
  const open = new Map(vscode.workspace.textDocuments.map((document) => [document.uri.toString(), document]));
  return files.map((file) => ({ ...file, text: open.get(file.path)?.getText() ?? file.text }));
}

function notesIn(folder: vscode.Uri): Promise<readonly NoteText[]> {
  const key = folder.toString();
  const asked = reading.get(key) ?? readFolder(folder);
  reading.set(key, asked);
  return asked;
}

/** The texts of all notes of a folder, none when it is not there. A file that cannot be read is passed over. */
async function readFolder(folder: vscode.Uri): Promise<readonly NoteText[]> {
  let names: readonly string[];
  try {
    // Asked first, because an editor writes a failed listing into its log.
    await vscode.workspace.fs.stat(folder);
    const entries = await vscode.workspace.fs.readDirectory(folder);
    names = entries.flatMap(([name, type]) => (type & vscode.FileType.File ? [name] : []));
  } catch {
    return [];
  }
  const notes = names.filter((name) => /\.md$/.test(name) && !/^readme\.md$/i.test(name)).sort();
  const read = await Promise.all(notes.slice(0, mostFiles).map((name) => readText(vscode.Uri.joinPath(folder, name))));
  return read.flatMap((note) => note ?? []);
}

async function readText(uri: vscode.Uri): Promise<NoteText | undefined> {
  const path = uri.toString();
  try {
    const { mtime, size } = await vscode.workspace.fs.stat(uri);
    if (size > largestFile) return undefined;
    const stamp = `${mtime} ${size}`;
    const kept = texts.get(path);
    if (kept?.stamp === stamp) return { path, text: kept.text };
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
    texts.set(path, { stamp, text });
    return { path, text };
  } catch {
    texts.delete(path);
    return undefined;
  }
}

function parent(uri: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(uri, '..');
}

function distinct(uris: readonly vscode.Uri[]): vscode.Uri[] {
  return [...new Map(uris.map((uri) => [uri.toString(), uri])).values()];
}
