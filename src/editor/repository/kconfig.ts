import * as vscode from 'vscode';
import type { SourcePlace } from './source-place.ts';

/** Kconfig files that are looked into, and how many at once. */
const mostFiles = 5000;
const atOnce = 32;
/** Bytes of a file that are looked at. */
const longest = 1024 * 1024;
/** How long (ms) an answer holds: the same name is asked for again and again. */
const patience = 30_000;

interface Entries {
  until: number;
  places: Map<string, SourcePlace[]>;
}

let kept: Entries | undefined;

/** Where the Kconfig files of the open folders define an option: its `config` or `menuconfig` line. */
export async function optionPlaces(option: string, token: vscode.CancellationToken): Promise<SourcePlace[]> {
  if (!kept || kept.until < Date.now()) {
    const places = await entries(token);
    // What was broken off does not know all.
    if (token.isCancellationRequested) return [];
    kept = { until: Date.now() + patience, places };
  }
  return kept.places.get(option) ?? [];
}

async function entries(token: vscode.CancellationToken): Promise<Map<string, SourcePlace[]>> {
  const found = new Map<string, SourcePlace[]>();
  const files = await vscode.workspace.findFiles('**/Kconfig*', undefined, mostFiles, token);
  for (let at = 0; at < files.length && !token.isCancellationRequested; at += atOnce) {
    const some = files.slice(at, at + atOnce);
    for (const [index, text] of (await Promise.all(some.map(textOf))).entries()) {
      const targetUri = some[index];
      if (targetUri) addEntries(targetUri, text, found);
    }
  }
  return found;
}

async function textOf(uri: vscode.Uri): Promise<string> {
  try {
    const bytes = await vscode.workspace.fs.readFile(uri);
    return new TextDecoder().decode(bytes.subarray(0, longest));
  } catch {
    return '';
  }
}

function addEntries(targetUri: vscode.Uri, text: string, found: Map<string, SourcePlace[]>): void {
  for (const [row, line] of text.split('\n').entries()) {
    const [, option] = /^[ \t]{0,40}(?:menu)?config[ \t]{1,40}(\w{1,100})[ \t\r]*$/.exec(line) ?? [];
    if (option === undefined) continue;
    const places = found.get(option) ?? [];
    places.push({ targetUri, targetRange: new vscode.Range(row, 0, row, line.length) });
    found.set(option, places);
  }
}
