import * as vscode from 'vscode';
import type { Kind, Status } from '#annotations';
import { carriedText } from './faint.ts';
import type { NoteHere } from './note-here.ts';

/** Kinds in words, as labels. */
export function kindLabel(kind: Kind): string {
  return {
    question: vscode.l10n.t('Question'),
    remark: vscode.l10n.t('Remark'),
    todo: vscode.l10n.t('Todo'),
    insight: vscode.l10n.t('Insight'),
  }[kind];
}

/** What each kind is for, for who chooses one. */
export function kindDetail(kind: Kind): string {
  return {
    question: vscode.l10n.t('Something to find out'),
    remark: vscode.l10n.t('Something to say about the text'),
    todo: vscode.l10n.t('A place to come back to'),
    insight: vscode.l10n.t('Something understood'),
  }[kind];
}

/** The icon of a kind, as the editor names its own. */
export const kindIcons: Readonly<Record<Kind, string>> = {
  question: 'question',
  remark: 'comment',
  todo: 'checklist',
  insight: 'lightbulb',
};

export function statusLabel(status: Status): string {
  return status === 'open' ? vscode.l10n.t('open') : vscode.l10n.t('resolved');
}

/** How a note came to its place, where that is more than its own words in their own mail. */
export function placeText({ placed }: Pick<NoteHere, 'placed'>): string | undefined {
  if (placed.carried) return carriedText(placed.carried.fromVersion);
  const match = placed.placing.state === 'placed' ? placed.placing.where.match : undefined;
  if (match === 'masked') return vscode.l10n.t('found past masked addresses');
  return match === 'altered' ? vscode.l10n.t('some of its words are others now') : undefined;
}
