import * as vscode from 'vscode';
import type { CodePlace, CutLines } from '#features';
import { commandLink } from '../command-link.ts';
import { ask } from '../documents.ts';
import { readPlace } from '../show-place.ts';
import { mayExplain } from '../terms/hover-mode.ts';
import { argumentAt, locationOf } from './argument-of-document.ts';
import { isPlain } from './said.ts';

const showCutCommand = 'patchgloss.showCut';

/** Of a quoted line which line of which file it is, and what was cut away above it. */
export async function provideQuoteHover(
  document: vscode.TextDocument,
  position: vscode.Position,
  token: vscode.CancellationToken,
): Promise<vscode.Hover | undefined> {
  if (!mayExplain(document, position) || !(await isPlain(document, position, token))) return undefined;
  const offset = document.offsetAt(position);
  if (!(await ask(document, token, ({ isQuoted }, reading) => isQuoted(reading, offset)))) return undefined;
  const argument = await argumentAt(document, offset, token);
  const found =
    argument &&
    (await ask(document, token, ({ codePlaceAt, cutAbove }) => ({
      code: codePlaceAt(argument, offset),
      cut: cutAbove(argument, offset),
    })));
  const { code, cut } = found ?? {};
  const contents = [...(code ? [codeText(code)] : []), ...(cut ? [cutLink(document, offset, cut)] : [])];
  return contents.length === 0 ? undefined : new vscode.Hover(contents, document.lineAt(position.line).range);
}

/** `tea.c, make_tea(), line 42`: names out of a mail, so text and nothing else. */
function codeText({ path, function: name, before, after }: CodePlace): vscode.MarkdownString {
  const line =
    after !== undefined
      ? vscode.l10n.t('line {0}', after)
      : before === undefined
        ? undefined
        : vscode.l10n.t('line {0} of the old file', before);
  const parts = [path, name === undefined ? undefined : `${name}()`, line];
  return new vscode.MarkdownString().appendText(parts.filter((part) => part !== undefined).join(', '));
}

/** Our own words and a number. */
function cutLink(document: vscode.TextDocument, offset: number, { lines }: CutLines): vscode.MarkdownString {
  const words = lines === 1 ? vscode.l10n.t('1 line was cut above') : vscode.l10n.t('{0} lines were cut above', lines);
  const link = commandLink(showCutCommand, { uri: document.uri.toString(), offset });
  const made = new vscode.MarkdownString(`[${words}](${link})`);
  made.isTrusted = { enabledCommands: [showCutCommand] };
  return made;
}

/** Peeks at what was cut away above a quoted line: above the caret, or where a hover says. */
export async function showCut(argument: unknown): Promise<void> {
  const asked = readPlace(argument);
  const editor = vscode.window.visibleTextEditors.find(({ document }) =>
    asked ? document.uri.toString() === asked.uri : document === vscode.window.activeTextEditor?.document,
  );
  if (!editor) return;
  const { document } = editor;
  const offset = asked?.offset ?? document.offsetAt(editor.selection.active);
  const running = new vscode.CancellationTokenSource();
  const found = await argumentAt(document, offset, running.token);
  const cut = found && (await ask(document, running.token, ({ cutNear }) => cutNear(found, offset)));
  const location = found && cut && locationOf(found, cut.place);
  if (!cut || !location) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('Nothing that is known was cut away here. Place the caret on a quoted line below a gap.'),
    );
    return;
  }
  const position = document.positionAt(cut.at);
  if (vscode.window.activeTextEditor !== editor)
    await vscode.window.showTextDocument(document, { viewColumn: editor.viewColumn ?? vscode.ViewColumn.Active });
  await vscode.commands.executeCommand('editor.action.peekLocations', document.uri, position, [location], 'peek');
}
