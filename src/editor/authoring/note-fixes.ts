import * as vscode from 'vscode';
import type { NoteFix, NoteProblem } from '#features/authoring';
import { rangeOf } from '../ranges.ts';
import { problemsOf } from './note-problems.ts';

/** What would mend the problems at the caret. */
export async function provideNoteFixes(
  document: vscode.TextDocument,
  range: vscode.Range,
  { diagnostics }: vscode.CodeActionContext,
): Promise<vscode.CodeAction[]> {
  if (!diagnostics.some(({ source }) => source === 'Patchgloss')) return [];
  const found = await problemsOf(document);
  return (found?.problems ?? []).flatMap((problem) => {
    const place = rangeOf(document, problem.place);
    if (place.intersection(range) === undefined) return [];
    const told = diagnostics.filter(({ code, range: at }) => code === problem.code && at.isEqual(place));
    return problem.fixes.map((fix) => actionOf(document, problem, fix, told));
  });
}

function actionOf(
  document: vscode.TextDocument,
  { fixes }: NoteProblem,
  fix: NoteFix,
  told: vscode.Diagnostic[],
): vscode.CodeAction {
  const action = new vscode.CodeAction(fix.title, vscode.CodeActionKind.QuickFix);
  const range = rangeOf(document, fix.place);
  action.edit = new vscode.WorkspaceEdit();
  const change = fix.isSnippet
    ? vscode.SnippetTextEdit.replace(range, new vscode.SnippetString(fix.insert))
    : vscode.TextEdit.replace(range, fix.insert);
  action.edit.set(document.uri, [change]);
  action.diagnostics = told;
  action.isPreferred = fix.preferred && fix === fixes[0];
  return action;
}
