import * as vscode from 'vscode';
import type { DiffLine } from '#features';
import { features } from '../core.ts';
import { isOurs, readingOf } from '../documents.ts';
import { rangeOf } from '../ranges.ts';
import { followViews, type InView, messagesIn, threadsOf } from './in-view.ts';
import { legendTypes, tokenTypes } from './legend.ts';
import { isVersion } from './version-address.ts';

/** The longest that colours wait (ms) for a thread to be read; without it they go by the message alone. */
const patience = 300;

/** Diffs in colour, also inside quotes. */
export async function provideDiffColours(
  document: vscode.TextDocument,
  range: vscode.Range,
  token: vscode.CancellationToken,
): Promise<vscode.SemanticTokens | undefined> {
  const { version } = document;
  if (!(await isOurs(document))) return undefined;
  const [reading, rooms] = await Promise.all([readingOf(document), features()]);
  if (!reading || token.isCancellationRequested || document.isClosed || document.version !== version) return undefined;
  const [start, end] = [document.offsetAt(range.start), document.offsetAt(range.end)];
  const threads = await soon(
    (waiting) => threadsOf(document, reading, messagesIn(reading, start, end), waiting),
    token,
  );
  if (token.isCancellationRequested || document.isClosed || document.version !== version) return undefined;
  const builder = new vscode.SemanticTokensBuilder();
  const numbers = new Map(legendTypes.map((type, at) => [type, at]));
  for (const { colours } of rooms.diffLines(reading, start, end, threads ?? (() => undefined))) {
    for (const { place, kind } of colours) {
      const { start: from, end: to } = rangeOf(document, place);
      const number = numbers.get(tokenTypes[kind]);
      // What was encoded may stand on several lines.
      if (number === undefined || from.line !== to.line || from.character >= to.character) continue;
      builder.push(from.line, from.character, to.character - from.character, number);
    }
  }
  return builder.build();
}

async function soon<Result>(
  work: (token: vscode.CancellationToken) => Promise<Result>,
  token: vscode.CancellationToken,
): Promise<Result | undefined> {
  const source = new vscode.CancellationTokenSource();
  const cancelled = token.onCancellationRequested(() => source.cancel());
  const timer = setTimeout(() => source.cancel(), patience);
  try {
    return await work(source.token);
  } finally {
    clearTimeout(timer);
    cancelled.dispose();
    source.dispose();
  }
}

const wholeLine = (color: string): vscode.TextEditorDecorationType =>
  vscode.window.createTextEditorDecorationType({ isWholeLine: true, backgroundColor: new vscode.ThemeColor(color) });

/** The ground of diff lines, and the marks of quotes by their depth. */
export function showDiffLines(refresh: vscode.Event<unknown>): vscode.Disposable {
  const grounds = {
    added: wholeLine('patchgloss.addedLine'),
    removed: wholeLine('patchgloss.removedLine'),
    hunk: wholeLine('patchgloss.hunkLine'),
  };
  const marks = [1, 2, 3].map((depth) =>
    // The line at the left of each mark joins those above and below to a rail; the mark itself stays as it was written.
    vscode.window.createTextEditorDecorationType({
      color: new vscode.ThemeColor(`patchgloss.quoteMark${depth}`),
      borderColor: new vscode.ThemeColor(`patchgloss.quoteMark${depth}`),
      borderStyle: 'solid',
      borderWidth: '0 0 0 1px',
    }),
  );
  const run = async (view: InView) => {
    const { document, editor, reading, rooms, stretches, token } = view;
    // Red and green say there what became of a line from one version to the next.
    if (isVersion(document.uri)) return;
    const messages = stretches.flatMap(({ start, end }) => messagesIn(reading, start, end));
    const threads = await threadsOf(document, reading, messages, token);
    if (!view.holds()) return;
    const lines = stretches.flatMap(({ start, end }) => rooms.diffLines(reading, start, end, threads));
    for (const [change, ground] of Object.entries(grounds))
      editor.setDecorations(
        ground,
        rangesOf(document, lines, (line) => (line.change === change ? [line.place] : [])),
      );
    for (const [at, mark] of marks.entries())
      editor.setDecorations(
        mark,
        rangesOf(document, lines, (line) => line.marks.filter((_, depth) => depth % marks.length === at)),
      );
  };
  return vscode.Disposable.from(...Object.values(grounds), ...marks, followViews(run, refresh));
}

function rangesOf(
  document: vscode.TextDocument,
  lines: readonly DiffLine[],
  places: (line: DiffLine) => readonly DiffLine['place'][],
): vscode.Range[] {
  return lines.flatMap(places).map((place) => rangeOf(document, place));
}
