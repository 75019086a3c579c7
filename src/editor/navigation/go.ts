import * as vscode from 'vscode';
import type { Place, StopKind } from '#features';
import { reviewAt } from '../argument/ledger-view.ts';
import { Turns } from '../argument/turns.ts';
import { features } from '../core.ts';
import { rangeOf } from '../ranges.ts';
import { type MailHere, mailHere } from './mail-here.ts';

type Goal = StopKind | 'remark';

/** What takes longer (ms) is said, and can be cancelled. */
const patience = 400;

/** Goes to the next place of a kind, or back to the last one; from the caret, or from an offset that a lens names. */
export async function go(goal: Goal, step: 1 | -1, from?: unknown): Promise<void> {
  const here = await mailHere();
  if (!here) return;
  const offset = typeof from === 'number' && Number.isSafeInteger(from) && from >= 0 ? from : here.offset;
  const running = new vscode.CancellationTokenSource();
  const { version } = here.document;
  const place = await patiently(running, (token) => placeOf({ ...here, offset }, goal, step, token));
  if (running.token.isCancellationRequested || here.document.version !== version) return;
  if (place) reveal(here.editor, rangeOf(here.document, place).start, goal);
  else void vscode.window.showInformationMessage(nothing(goal, step));
}

/** Work that is soon done says nothing; what takes longer can be cancelled. */
async function patiently<Result>(
  running: vscode.CancellationTokenSource,
  work: (token: vscode.CancellationToken) => Promise<Result>,
): Promise<Result> {
  const result = work(running.token);
  const isDone = await Promise.race([
    result.then(() => true),
    new Promise<boolean>((done) => setTimeout(() => done(false), patience)),
  ]);
  if (isDone) return result;
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: vscode.l10n.t('Reading the thread'), cancellable: true },
    (_progress, token) => {
      token.onCancellationRequested(() => running.cancel());
      return result;
    },
  );
}

async function placeOf(
  { document, reading, offset }: MailHere,
  goal: Goal,
  step: 1 | -1,
  token: vscode.CancellationToken,
): Promise<Place | undefined> {
  const { nextRemark, nextStop } = await features();
  if (goal === 'remark') {
    const shown = await reviewAt(document, offset, token);
    return shown && nextRemark(shown.review, offset, step);
  }
  const { version } = document;
  const isOpen = () => !document.isClosed && document.version === version;
  return new Turns(nextStop(reading, offset, goal, step), isOpen).result(token);
}

function reveal(editor: vscode.TextEditor, start: vscode.Position, goal: Goal): void {
  editor.selection = new vscode.Selection(start, start);
  const isHead = goal === 'message' || goal === 'patch';
  editor.revealRange(
    new vscode.Range(start, start),
    isHead ? vscode.TextEditorRevealType.AtTop : vscode.TextEditorRevealType.InCenterIfOutsideViewport,
  );
}

function nothing(goal: Goal, step: 1 | -1): string {
  const { l10n } = vscode;
  if (goal === 'message')
    return step === 1 ? l10n.t('This is the last message.') : l10n.t('This is the first message.');
  if (goal === 'patch')
    return step === 1 ? l10n.t('There is no patch behind this.') : l10n.t('There is no patch before this.');
  if (goal === 'remark')
    return step === 1 ? l10n.t('There is no remark behind this.') : l10n.t('There is no remark before this.');
  return step === 1 ? l10n.t('There is no new text behind this.') : l10n.t('There is no new text before this.');
}
