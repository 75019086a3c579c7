import * as vscode from 'vscode';
import type { Annotation, Kind } from '#annotations';
import { annotations } from '../core.ts';
import type { KeptNote, NoteLibrary } from './library.ts';
import { reasonOf } from './tell.ts';
import { kindDetail, kindIcons, kindLabel } from './words.ts';

/** Writes what a command makes of a note; a note it leaves as it is, is not written. */
async function changeNote(
  library: NoteLibrary,
  id: string,
  make: (annotation: Annotation, now: string) => Annotation | Promise<Annotation>,
): Promise<void> {
  const kept = library.notes.get(id);
  if (!kept) return;
  try {
    const after = await make(kept.annotation, new Date().toISOString());
    if (after !== kept.annotation) await library.change(kept.file.uri, undefined, [{ before: kept.annotation, after }]);
  } catch (error) {
    void vscode.window.showErrorMessage(vscode.l10n.t('The note could not be saved. {0}', reasonOf(error)));
  }
}

export async function setStatus(library: NoteLibrary, id: string, status: 'open' | 'resolved'): Promise<void> {
  const { changeStatus } = await annotations();
  await changeNote(library, id, (annotation, now) => changeStatus(annotation, status, now));
}

/** The kind that the reader picks; absent when none was picked. */
export async function pickKind(active?: Kind): Promise<Kind | undefined> {
  const { KINDS } = await annotations();
  const items = KINDS.map((kind) => ({
    label: `$(${kindIcons[kind]}) ${kindLabel(kind)}`,
    description: kindDetail(kind),
    chosen: kind,
    picked: kind === active,
  }));
  const placeHolder = vscode.l10n.t('The kind of the note');
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.chosen;
}

export async function setKind(library: NoteLibrary, id: string): Promise<void> {
  const { changeKind, kindOf } = await annotations();
  const kept = library.notes.get(id);
  const kind = kept && (await pickKind(kindOf(kept.annotation)));
  if (kind) await changeNote(library, id, (annotation, now) => changeKind(annotation, kind, now));
}

/** Lets the reader choose among all tags, and write new ones. */
export async function setTags(library: NoteLibrary, id: string): Promise<void> {
  const { changeTags, readNote } = await annotations();
  const kept = library.notes.get(id);
  if (!kept) return;
  const own = readNote(kept.annotation).tags;
  const all = new Set([...library.notes.values()].flatMap(({ annotation }) => readNote(annotation).tags));
  const tags = await pickTags(
    [...all].sort((one, other) => one.localeCompare(other)),
    own,
  );
  if (tags) await changeNote(library, id, (annotation, now) => changeTags(annotation, tags, now));
}

function pickTags(all: readonly string[], own: readonly string[]): Promise<string[] | undefined> {
  const pick = vscode.window.createQuickPick();
  pick.canSelectMany = true;
  pick.placeholder = vscode.l10n.t('Tags of the note; type a new one');
  const itemsWith = (more: string) => {
    const fresh = more === '' || all.includes(more) ? [] : [more];
    return [...fresh, ...all].map((label) => ({ label }));
  };
  pick.items = itemsWith('');
  pick.selectedItems = pick.items.filter(({ label }) => own.includes(label));
  const typed = () => pick.value.replace(/^#/, '').trim().replace(/\s+/g, '-').slice(0, 40);
  pick.onDidChangeValue(() => {
    const chosen = new Set(pick.selectedItems.map(({ label }) => label));
    const items = itemsWith(typed());
    const missing = [...chosen].filter((label) => !items.some((item) => item.label === label));
    pick.items = [...items, ...missing.map((label) => ({ label }))];
    pick.selectedItems = pick.items.filter(({ label }) => chosen.has(label));
  });
  return new Promise((resolve) => {
    pick.onDidAccept(() => {
      const tags = new Set(pick.selectedItems.map(({ label }) => label));
      // What looks for none of the tags that there are is a new one.
      const fresh = typed();
      if (fresh !== '' && !all.some((tag) => tag.toLowerCase().includes(fresh.toLowerCase()))) tags.add(fresh);
      resolve([...tags]);
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
}

/**
 * A note whose text was changed, with the tags that are written into its texts now: those that were written before and are not any more go, those
 * that were chosen stay.
 */
export async function retagged(before: Annotation, changed: Annotation, now: string): Promise<Annotation> {
  const { changeTags, readNote, tagsIn } = await annotations();
  const written = (annotation: Annotation): string[] => {
    const { texts, replies } = readNote(annotation);
    return [...texts, ...replies].flatMap(({ value }) => tagsIn(value));
  };
  const [had, has, own] = [new Set(written(before)), written(changed), readNote(before).tags];
  const tags = [...new Set([...own.filter((tag) => !had.has(tag)), ...has])];
  const isSame = tags.length === own.length && tags.every((tag) => own.includes(tag));
  return isSame ? changed : changeTags(changed, tags, now);
}

/** Deletes a note at once, or the text `at` of it that is not the first; the notification takes it back. */
export async function deleteNote(library: NoteLibrary, kept: KeptNote, at = 0): Promise<void> {
  const { removeReply } = await annotations();
  // A note as a whole goes as it is known now; which text of it is meant, only what was shown can tell.
  const known = library.notes.get(kept.annotation.id)?.annotation;
  const before = at === 0 ? (known ?? kept.annotation) : kept.annotation;
  const after = at === 0 ? undefined : removeReply(before, at, new Date().toISOString());
  try {
    await library.change(kept.file.uri, undefined, [{ before, ...(after === undefined ? {} : { after }) }]);
  } catch (error) {
    void vscode.window.showErrorMessage(vscode.l10n.t('The note could not be deleted. {0}', reasonOf(error)));
    return;
  }
  // Somebody had changed it meanwhile: it is kept, and that was said.
  if (!after && library.notes.has(before.id)) return;
  const undo = vscode.l10n.t('Undo');
  const said = after ? vscode.l10n.t('The answer was deleted.') : vscode.l10n.t('The note was deleted.');
  if ((await vscode.window.showInformationMessage(said, undo)) !== undo) return;
  const now = library.notes.get(before.id)?.annotation;
  await library.change(kept.file.uri, undefined, [{ ...(now === undefined ? {} : { before: now }), after: before }]);
}
