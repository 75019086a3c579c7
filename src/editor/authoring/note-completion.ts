import * as vscode from 'vscode';
import type { NoteCompletion } from '#features/authoring';
import { authoringFeatures } from '../core.ts';
import { rangeOf } from '../ranges.ts';
import { isNote } from './note-documents.ts';
import { knownTo } from './own-notes.ts';

const kinds: Readonly<Record<NoteCompletion['kind'], vscode.CompletionItemKind>> = {
  key: vscode.CompletionItemKind.Property,
  note: vscode.CompletionItemKind.Reference,
  simulator: vscode.CompletionItemKind.Module,
  scenario: vscode.CompletionItemKind.EnumMember,
  value: vscode.CompletionItemKind.Value,
  link: vscode.CompletionItemKind.Keyword,
};

/** What may stand at the caret of a note; in a comment, what may follow `concept:` and `simulator:`. */
export async function provideNoteCompletions(
  document: vscode.TextDocument,
  position: vscode.Position,
  token: vscode.CancellationToken,
): Promise<vscode.CompletionItem[]> {
  const isComment = document.uri.scheme === 'comment';
  // Comments are written about much else, in boxes of other extensions too: only who has begun such a link is helped.
  if (
    isComment &&
    !/\b(?:concept|simulator):[\w./-]*$/.test(document.lineAt(position).text.slice(0, position.character))
  )
    return [];
  if (!isComment && !(await isNote(document))) return [];
  const { linkCompletions, noteCompletions } = await authoringFeatures();
  const known = await knownTo(document);
  if (token.isCancellationRequested) return [];
  const ask = isComment ? linkCompletions : noteCompletions;
  const found = ask(document.getText(), document.offsetAt(position), known);
  return found.map((one, at) => itemOf(document, one, at));
}

function itemOf(document: vscode.TextDocument, found: NoteCompletion, at: number): vscode.CompletionItem {
  const { label, detail, about, kind, snippet, place, goesOn } = found;
  const item = new vscode.CompletionItem(detail === undefined ? label : { label, description: detail }, kinds[kind]);
  item.insertText = new vscode.SnippetString(snippet);
  item.range = rangeOf(document, place);
  // In the order in which they were found: keys as they are written, scenarios as the simulator lists them.
  item.sortText = String(at).padStart(5, '0');
  item.filterText = label;
  if (about !== undefined) item.documentation = about;
  if (goesOn) item.command = { command: 'editor.action.triggerSuggest', title: '' };
  return item;
}
