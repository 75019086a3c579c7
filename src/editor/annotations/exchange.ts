import * as vscode from 'vscode';
import type { Annotation, ExchangeFormat } from '#annotations';
import { annotations, reading as readingRoom } from '../core.ts';
import type { DocumentNotes } from './document-notes.ts';
import type { NoteFolders } from './folders.ts';
import type { NoteLibrary } from './library.ts';
import { reasonOf } from './tell.ts';

const endings: Readonly<Record<ExchangeFormat, string>> = { markdown: 'md', jsonld: 'jsonld', hypothesis: 'json' };
/** Bytes. */
const largestFile = 64 * 2 ** 20;
const archive = 'https://lore.kernel.org/all';

/** Writes notes into one file: all of them, or those of the mail in the editor. */
export async function exportAnnotations(library: NoteLibrary, documents: DocumentNotes): Promise<void> {
  const chosen = await pickNotes(library, documents);
  const format = chosen && (await pickFormat());
  if (!chosen || !format) return;
  const ending = endings[format];
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const target = await vscode.window.showSaveDialog({
    ...(folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder, `annotations.${ending}`) }),
    filters: { [ending]: [ending] },
    title: vscode.l10n.t('Export Annotations'),
  });
  if (!target) return;
  const { exportNotes } = await annotations();
  try {
    const text = exportNotes(chosen, format, base());
    await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text));
  } catch (error) {
    void vscode.window.showErrorMessage(vscode.l10n.t('The notes could not be written. {0}', reasonOf(error)));
    return;
  }
  const open = vscode.l10n.t('Open File');
  const said = vscode.l10n.t('Notes exported: {0}.', chosen.length);
  if ((await vscode.window.showInformationMessage(said, open)) === open)
    await vscode.commands.executeCommand('vscode.open', target);
}

/** The address of the archive that a reader asks first; Message-IDs are added to it. */
function base(): string {
  const servers = vscode.workspace.getConfiguration('patchgloss').get<unknown>('fetch.servers');
  const [first] = Array.isArray(servers) ? servers : [];
  const server = typeof first === 'string' && /^https?:\/\/\S+$/.test(first) ? first : archive;
  return `${server.replace(/\/+$/, '')}/`;
}

async function pickNotes(library: NoteLibrary, documents: DocumentNotes): Promise<Annotation[] | undefined> {
  const all = [...library.notes.values()].map(({ annotation }) => annotation);
  if (all.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('There are no notes yet.'));
    return undefined;
  }
  const editor = vscode.window.activeTextEditor;
  const notes = editor && documents.of(editor.document);
  const here = notes ? [...notes.placed, ...notes.unplaced].map(({ annotation }) => annotation) : [];
  if (here.length === 0 || here.length === all.length) return all;
  const items = [
    { label: vscode.l10n.t('Notes of This Mail'), description: String(here.length), chosen: here },
    { label: vscode.l10n.t('All Notes'), description: String(all.length), chosen: all },
  ];
  const placeHolder = vscode.l10n.t('Which notes to export');
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.chosen;
}

async function pickFormat(): Promise<ExchangeFormat | undefined> {
  const items: (vscode.QuickPickItem & { format: ExchangeFormat })[] = [
    { label: 'Markdown', description: vscode.l10n.t('A text to read and to send'), format: 'markdown' },
    { label: 'W3C JSON-LD', description: vscode.l10n.t('Web Annotations, as they are kept here'), format: 'jsonld' },
    { label: 'Hypothesis JSON', description: vscode.l10n.t('As its search answers'), format: 'hypothesis' },
  ];
  const placeHolder = vscode.l10n.t('The format of the file');
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.format;
}

/** Takes the notes of a file in. A note that is there already and says something else is united with it, and that is said. */
export async function importAnnotations(library: NoteLibrary, folders: NoteFolders, asked?: unknown): Promise<void> {
  const file = asked instanceof vscode.Uri ? asked : await pickFile();
  const folder = file && (await folders.writable(vscode.window.activeTextEditor?.document));
  if (!file || !folder) return;
  try {
    const found = await notesIn(file);
    const before = new Set(library.notes.keys());
    await keep(library, folder, found.notes);
    const added = found.notes.filter(({ id }) => !before.has(id)).length;
    const said = vscode.l10n.t('{0} of {1} notes are new.', added, found.notes.length);
    const passed = found.passed > 0 ? ` ${vscode.l10n.t('Entries that are no notes: {0}.', found.passed)}` : '';
    void vscode.window.showInformationMessage(said + passed);
  } catch (error) {
    void vscode.window.showErrorMessage(vscode.l10n.t('The notes could not be taken in. {0}', reasonOf(error)));
  }
}

async function pickFile(): Promise<vscode.Uri | undefined> {
  const picked = await vscode.window.showOpenDialog({
    filters: { [vscode.l10n.t('Annotations')]: ['jsonld', 'json', 'md'] },
    title: vscode.l10n.t('Import Annotations'),
  });
  return picked?.[0];
}

async function notesIn(file: vscode.Uri): Promise<{ notes: readonly Annotation[]; passed: number }> {
  const { size } = await vscode.workspace.fs.stat(file);
  if (size > largestFile) throw new Error(vscode.l10n.t('It is larger than {0} MB.', largestFile / 2 ** 20));
  const [{ importNotes }, { messageIdInUrl }] = await Promise.all([annotations(), readingRoom()]);
  const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
  const { annotations: notes, damaged, keepAside } = importNotes(text, messageIdInUrl);
  if (keepAside !== undefined && notes.length === 0) throw new Error(keepAside);
  return { notes, passed: damaged.length };
}

/** Each note goes where notes of its mail are kept already, or into a file of its mail. */
async function keep(library: NoteLibrary, folder: vscode.Uri, notes: readonly Annotation[]): Promise<void> {
  const { referenceOf, storeName } = await annotations();
  const files = new Map<string, vscode.Uri>();
  for (const { annotation, file } of library.notes.values()) {
    const { messageId, path } = referenceOf(annotation);
    files.set(messageId ?? path ?? '', file.uri);
  }
  const groups = new Map<string, { file: vscode.Uri; label: string | undefined; notes: Annotation[] }>();
  for (const note of notes) {
    const { messageId, path, subject } = referenceOf(note);
    const name = messageId === undefined ? storeName({ path: path ?? '' }) : storeName({ messageId });
    const known = library.notes.get(note.id)?.file.uri ?? files.get(messageId ?? path ?? '');
    const file = known ?? vscode.Uri.joinPath(folder, name);
    const group = groups.get(file.toString()) ?? { file, label: subject, notes: [] };
    groups.set(file.toString(), group);
    group.notes.push(note);
  }
  for (const { file, label, notes: inFile } of groups.values())
    await library.change(
      file,
      label,
      inFile.map((after) => ({ after })),
    );
}
