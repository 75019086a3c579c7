import * as vscode from 'vscode';
import type { NoteReference } from '#features/authoring';
import { simulators } from '../core.ts';
import { ownScheme } from '../documents.ts';
import type { KnownHere } from './own-notes.ts';

/** Where a note can be read: its file when it is the reader's own, else its page. */
export function pageOfNote(id: string, known: KnownHere | undefined): vscode.Uri {
  return known?.fileOf(id) ?? ownPage(`${id}.md`);
}

/** Where a reference leads; absent when there is no such note, simulator or scenario. */
export async function pageOf(reference: NoteReference, known: KnownHere): Promise<vscode.Uri | undefined> {
  const { id } = reference;
  if (reference.kind === 'concept') {
    return known.notes.some(({ concept }) => concept.id === id) ? pageOfNote(id, known) : undefined;
  }
  const simulator = (await simulators()).simulatorById(id);
  // A simulator alone is shown by its first scenario.
  const scenario = reference.scenario ?? simulator?.scenarios[0]?.id;
  const isThere = scenario !== undefined && simulator?.scenario(scenario) !== undefined;
  return isThere ? ownPage(`run/${id}/${scenario}.md`) : undefined;
}

function ownPage(path: string): vscode.Uri {
  return vscode.Uri.from({ scheme: ownScheme, authority: 'concept', path: `/${path}` });
}
