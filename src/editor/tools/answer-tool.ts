import * as vscode from 'vscode';
import { features } from '../core.ts';
import { isOurs, readingOf } from '../documents.ts';
import type { ToolName } from './names.ts';

/** What a tool answers, as plain text. Whoever asks may ask nonsense: the input is looked at again. */
export async function answerTool(name: ToolName, input: Readonly<Record<string, unknown>>): Promise<string> {
  const { explainForTool, outlineForTool, hunkForTool, ledgerForTool } = await features();
  if (name === 'explain') return explainForTool(textIn(input, 'term') ?? '', textIn(input, 'near'));
  const document = vscode.window.activeTextEditor?.document;
  const reading = document && (await isOurs(document)) ? await readingOf(document) : undefined;
  if (!reading) return 'No mail is open in the active editor.';
  if (name === 'outline') return outlineForTool(reading);
  if (name === 'ledger') return ledgerForTool(reading);
  const number = input.hunk;
  return hunkForTool(
    reading,
    textIn(input, 'mail') ?? '',
    typeof number === 'number' ? number : 1,
    textIn(input, 'path'),
  );
}

function textIn(input: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = input[name];
  return typeof value === 'string' ? value : undefined;
}
