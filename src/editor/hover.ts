import * as vscode from 'vscode';
import { lineInThread } from './argument/thread-of-view.ts';
import { ask } from './documents.ts';
import { hoverCommands, withCommands } from './hover-markdown.ts';
import { rangeOf } from './ranges.ts';
import { isShown } from './shown-threads.ts';
import { mayExplain } from './terms/hover-mode.ts';
import { readThread } from './thread-slices.ts';

/** The reader's notes at a place, as plain text. */
export type NotesAt = (document: vscode.TextDocument, position: vscode.Position) => readonly string[];

/** What a term means here; and under it what the reader noted at this place. */
export async function provideHover(
  notesAt: NotesAt,
  document: vscode.TextDocument,
  position: vscode.Position,
  token: vscode.CancellationToken,
): Promise<vscode.Hover | undefined> {
  const explained = await explain(document, position, token);
  const notes = notesAt(document, position).map(noteText);
  if (explained === undefined) return notes.length > 0 ? new vscode.Hover(notes) : undefined;
  return new vscode.Hover([explained.markdown, ...notes], explained.range);
}

interface Explained {
  markdown: vscode.MarkdownString;
  range: vscode.Range;
}

/** A message that is shown by itself is explained out of its thread, once that is read. */
async function explain(
  document: vscode.TextDocument,
  position: vscode.Position,
  token: vscode.CancellationToken,
): Promise<Explained | undefined> {
  if (!mayExplain(document, position)) return undefined;
  const there = await lineInThread(document, position.line, false);
  const explained = there && (await explainIn(there.document, position.translate(there.down), token, document));
  if (!there || !explained) return explainIn(document, position, token, document);
  const { start, end } = explained.range;
  return { ...explained, range: new vscode.Range(start.translate(-there.down), end.translate(-there.down)) };
}

function explainIn(
  document: vscode.TextDocument,
  position: vscode.Position,
  token: vscode.CancellationToken,
  shown: vscode.TextDocument,
): Promise<Explained | undefined> {
  return ask(document, token, (features, reading) => {
    const offset = document.offsetAt(position);
    const answer = features.hover(reading, offset) ?? features.frameHover(reading, offset);
    if (answer === undefined) return undefined;
    const message = features.messageAt(reading, offset);
    if (message !== undefined) {
      readThread(document, features.explanationsOf(reading, message), () => isShown(shown));
    }
    const origin = { uri: document.uri.toString(), ...answer.place, label: '' };
    return {
      markdown: trusted(withCommands(answer.markdown, origin)),
      range: rangeOf(document, answer.place),
    };
  });
}

function trusted(markdown: string): vscode.MarkdownString {
  const made = new vscode.MarkdownString(markdown);
  made.isTrusted = { enabledCommands: [...hoverCommands] };
  made.supportHtml = false;
  return made;
}

/** The reader's own words are shown as they were written, never read as markup: the file may come from somebody else. */
function noteText(note: string): vscode.MarkdownString {
  const made = new vscode.MarkdownString();
  made.isTrusted = false;
  made.supportHtml = false;
  return made.appendText(`${vscode.l10n.t('Your note:')} ${note}`);
}
