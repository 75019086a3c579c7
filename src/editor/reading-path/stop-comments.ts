import * as vscode from 'vscode';
import type { PathStop, ReadingPath } from '#features/sharing';

/** The commands that our words at a stop may run; they take no arguments. */
const stopCommands = [
  'patchgloss.path.next',
  'patchgloss.path.previous',
  'patchgloss.path.end',
  'patchgloss.path.showAnswer',
  'patchgloss.path.openSimulator',
];

/** What a stop says: the words of the path as plain text, for a path comes from anybody, and below them our own links. */
export function stopComments(path: ReadingPath, at: number, isAnswered: boolean): vscode.Comment[] {
  const stop = path.stops[at];
  if (!stop) return [];
  const author = path.author ?? path.title;
  const words = [at === 0 ? path.words : '', stop.words].filter((text) => text !== '').join('\n\n');
  return [
    ...(words === '' ? [] : [comment(author, said(words))]),
    ...(stop.question === undefined ? [] : [comment(vscode.l10n.t('Question'), said(stop.question))]),
    ...(stop.answer !== undefined && isAnswered ? [comment(vscode.l10n.t('Answer'), said(stop.answer))] : []),
    comment(vscode.l10n.t('Reading Path'), links(stop, at, path.stops.length, isAnswered)),
  ];
}

function comment(name: string, body: vscode.MarkdownString): vscode.Comment {
  return { author: { name }, body, mode: vscode.CommentMode.Preview, contextValue: 'path' };
}

/** Nothing in it is markup. */
function said(text: string): vscode.MarkdownString {
  const made = new vscode.MarkdownString();
  made.isTrusted = false;
  made.supportHtml = false;
  return made.appendText(text);
}

function links(stop: PathStop, at: number, count: number, isAnswered: boolean): vscode.MarkdownString {
  const link = (label: string, command: string) => `[${label}](command:patchgloss.path.${command})`;
  const parts = [
    ...(stop.answer !== undefined && !isAnswered ? [link(vscode.l10n.t('Show Answer'), 'showAnswer')] : []),
    ...(stop.simulator === undefined ? [] : [link(vscode.l10n.t('Open Simulator'), 'openSimulator')]),
    ...(at > 0 ? [link(vscode.l10n.t('Previous Stop'), 'previous')] : []),
    at + 1 < count ? link(vscode.l10n.t('Next Stop'), 'next') : link(vscode.l10n.t('End of the Path'), 'end'),
  ];
  const made = new vscode.MarkdownString(parts.join(' \u00b7 '));
  made.isTrusted = { enabledCommands: stopCommands };
  return made;
}
