import * as vscode from 'vscode';
import { isReadingView } from '../reading-address.ts';

/** Reading views that are open, which the editor itself does not open again after a reload. */
interface OpenView {
  uri: string;
  column: number;
  /** The first line on the screen, from 0; 0 where it was not looked at. */
  line: number;
}

const key = 'patchgloss.readingViews';
/** More tabs than these are not opened again. */
const most = 12;
/** How long (ms) scrolling rests before its place is kept. */
const rest = 500;

/** Whether anything is to be opened again: looked at while the extension starts. */
export function hasKeptViews(state: vscode.Memento): boolean {
  return viewsIn(state).length > 0;
}

/** Opens what was open when the window was closed or loaded anew. */
export async function openKeptViews(state: vscode.Memento): Promise<void> {
  const views = viewsIn(state);
  if (tabs().length > 0) return;
  for (const { uri, column, line } of views) {
    const address = vscode.Uri.parse(uri, true);
    if (!isReadingView(address)) continue;
    const document = await vscode.workspace.openTextDocument(address);
    const top = new vscode.Range(line, 0, line, 0);
    const options = { viewColumn: column, preview: false, preserveFocus: true };
    const editor = await vscode.window.showTextDocument(document, options);
    editor.revealRange(top, vscode.TextEditorRevealType.AtTop);
  }
}

/** Keeps which reading views are open, and where in them the reader is. */
export function keepOpenViews(state: vscode.Memento): vscode.Disposable {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(() => void state.update(key, tabs()), rest);
  };
  return vscode.Disposable.from(
    vscode.window.tabGroups.onDidChangeTabs(later),
    vscode.window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => {
      if (!isReadingView(textEditor.document.uri)) return;
      lines.set(textEditor.document.uri.toString(), textEditor.visibleRanges[0]?.start.line ?? 0);
      later();
    }),
    new vscode.Disposable(() => clearTimeout(timer)),
  );
}

const lines = new Map<string, number>();

/** The tabs of reading views, the one in front of each group last: it is opened last. */
function tabs(): OpenView[] {
  const open = vscode.window.tabGroups.all.flatMap((group) =>
    group.tabs.flatMap(({ input, isActive }) => {
      if (!(input instanceof vscode.TabInputText) || !isReadingView(input.uri)) return [];
      const uri = input.uri.toString();
      return [{ isActive, view: { uri, column: group.viewColumn, line: lines.get(uri) ?? 0 } }];
    }),
  );
  open.sort((one, other) => Number(one.isActive) - Number(other.isActive));
  return open.slice(-most).map(({ view }) => view);
}

function viewsIn(state: vscode.Memento): OpenView[] {
  const kept = state.get<unknown>(key);
  return Array.isArray(kept) ? kept.filter(isView) : [];
}

function isView(kept: unknown): kept is OpenView {
  if (typeof kept !== 'object' || kept === null) return false;
  if (!('uri' in kept) || !('column' in kept) || !('line' in kept)) return false;
  return typeof kept.uri === 'string' && typeof kept.column === 'number' && typeof kept.line === 'number';
}
