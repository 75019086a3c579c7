import * as vscode from 'vscode';
import type { Place } from '#features';

/** Offsets of a document to the editor's lines and characters. Offsets beyond the end give the end. */
export function rangeOf(document: vscode.TextDocument, place: Place): vscode.Range {
  return new vscode.Range(document.positionAt(place.start), document.positionAt(place.end));
}

export function placeOf(document: vscode.TextDocument, range: vscode.Range): Place {
  return { start: document.offsetAt(range.start), end: document.offsetAt(range.end) };
}
