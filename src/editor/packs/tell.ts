import * as vscode from 'vscode';
import type { Conflict, Pack } from '#concepts';

let log: vscode.LogOutputChannel | undefined;
let told: ReadonlySet<string> = new Set();
let known: readonly string[] = [];

/**
 * Writes into the output what is wrong with notes and what packs do not agree on, each thing once as long as it holds. No
 * window pops up: the notes that can be read count, and a note's page says what there is to say of it.
 */
export function tellOfNotes(
  packs: readonly Pack[],
  problems: readonly string[],
  conflicts: readonly Conflict[] | undefined,
): void {
  if (conflicts) known = conflicts.map((conflict) => conflictLine(conflict, packs));
  const lines = [...problems, ...known];
  for (const line of lines) {
    if (told.has(line)) continue;
    log ??= vscode.window.createOutputChannel('Patchgloss', { log: true });
    log.warn(line);
  }
  told = new Set(lines);
}

function conflictLine(conflict: Conflict, packs: readonly Pack[]): string {
  const title = (id: string) => packs.find((pack) => pack.id === id)?.title ?? id;
  if (conflict.kind === 'replaced') {
    return vscode.l10n.t(
      'The note {0} of "{1}" stands for the one of "{2}".',
      conflict.id,
      title(conflict.by),
      title(conflict.from),
    );
  }
  const notes = conflict.notes.map(({ id, pack }) => `${id} ("${title(pack)}")`).join(', ');
  return vscode.l10n.t('"{0}" stands in several notes, none of which says what is near: {1}', conflict.term, notes);
}
