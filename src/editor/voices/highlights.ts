import * as vscode from 'vscode';
import { ask } from '../documents.ts';
import { rangeOf } from '../ranges.ts';

/** Where the same person speaks, from a quote mark, an attribution or the sender. Words of a mail have highlights of their own. */
export async function provideSpeakerHighlights(
  document: vscode.TextDocument,
  position: vscode.Position,
  token: vscode.CancellationToken,
): Promise<vscode.DocumentHighlight[] | undefined> {
  return ask(document, token, ({ speakerPlaces }, reading) => {
    const places = speakerPlaces(reading, document.offsetAt(position));
    // An empty answer would be the editor's last word, and other highlights never asked for.
    if (places.length === 0) return undefined;
    return places.map((place) => new vscode.DocumentHighlight(rangeOf(document, place)));
  });
}
