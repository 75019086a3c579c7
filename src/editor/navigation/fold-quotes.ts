import * as vscode from 'vscode';
import { features } from '../core.ts';
import { type MailHere, mailHere } from './mail-here.ts';

/** Folds all quotes, or unfolds them when one in view is folded. */
export async function toggleQuotes(): Promise<void> {
  const here = await mailHere();
  const lines = here && (await linesOf(here, 0));
  if (!here || !lines) return;
  const isFolded = lines.some((line) => isFoldedAt(here.editor, line));
  await vscode.commands.executeCommand(isFolded ? 'editor.unfold' : 'editor.fold', { selectionLines: lines });
}

/** The largest depth that is offered. */
const deepest = 8;

/** Folds what is quoted deeper than so many levels; the depth is asked for, or given by a key binding. */
export async function foldQuotesOlder(asked: unknown): Promise<void> {
  const here = await mailHere();
  if (!here) return;
  const depth = isDepth(asked) ? asked : await askForDepth(here);
  const lines = depth === undefined ? undefined : await linesOf(here, depth);
  if (lines) await vscode.commands.executeCommand('editor.fold', { selectionLines: lines });
}

function isDepth(asked: unknown): asked is number {
  return typeof asked === 'number' && Number.isInteger(asked) && asked >= 0 && asked <= 64;
}

async function askForDepth(here: MailHere): Promise<number | undefined> {
  const depths: vscode.QuickPickItem[] = [];
  for (let depth = 1; depth <= deepest; depth++) {
    const lines = await linesOf(here, depth, false);
    if (!lines) break;
    depths.push({
      label: String(depth),
      description:
        lines.length === 1 ? vscode.l10n.t('folds 1 quote') : vscode.l10n.t('folds {0} quotes', lines.length),
    });
  }
  if (depths.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('There is no quote in a quote here.'));
    return undefined;
  }
  const placeHolder = vscode.l10n.t('How many levels of quotes stay open');
  const chosen = await vscode.window.showQuickPick(depths, { placeHolder });
  return chosen && Number(chosen.label);
}

/** The lines at which quotes of more than this depth fold; says so when there are none. */
async function linesOf({ document, reading }: MailHere, depth: number, isTold = true): Promise<number[] | undefined> {
  const { foldLines, folds, quotesBelow } = await features();
  const lines = quotesBelow(
    foldLines(folds(reading), (offset) => document.positionAt(offset)),
    depth,
  );
  if (lines.length > 0) return lines;
  if (isTold) void vscode.window.showInformationMessage(vscode.l10n.t('There is no quote to fold.'));
  return undefined;
}

/** Whether the line behind this one is folded away: what is visible has a gap there. */
function isFoldedAt({ visibleRanges }: vscode.TextEditor, line: number): boolean {
  return visibleRanges.some(({ end }, at) => at + 1 < visibleRanges.length && end.line === line);
}
