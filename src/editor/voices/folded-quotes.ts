import * as vscode from 'vscode';
import { ask, isOurs } from '../documents.ts';

/** How long (ms) folding and scrolling must rest. */
const rest = 80;
/** Folds in view that are looked at. */
const mostFolds = 100;

/** Behind a fold how many lines it holds, and whose, where it is a quote. */
export function sayWhatIsFolded(): vscode.Disposable {
  const counts = vscode.window.createTextEditorDecorationType({
    after: {
      color: new vscode.ThemeColor('editorCodeLens.foreground'),
      fontStyle: 'italic',
      margin: '0 0 0 1.5em',
    },
  });
  const timers = new Map<vscode.TextEditor, ReturnType<typeof setTimeout>>();
  const later = (editor: vscode.TextEditor) => {
    clearTimeout(timers.get(editor));
    timers.set(
      editor,
      setTimeout(() => {
        timers.delete(editor);
        void tell(editor, counts);
      }, rest),
    );
  };
  return vscode.Disposable.from(
    counts,
    vscode.window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => later(textEditor)),
    vscode.window.onDidChangeVisibleTextEditors((editors) => editors.forEach(later)),
    new vscode.Disposable(() => {
      for (const timer of timers.values()) clearTimeout(timer);
    }),
  );
}

async function tell(editor: vscode.TextEditor, counts: vscode.TextEditorDecorationType): Promise<void> {
  const { document } = editor;
  if (document.isClosed || !(await isOurs(document))) return;
  const said = await ask(document, undefined, ({ speakerOfQuote }, reading) =>
    foldsInView(editor).map(({ first, lines }) => {
      const end = document.lineAt(first).range.end;
      const speaker = speakerOfQuote(reading, document.offsetAt(end));
      return { range: new vscode.Range(end, end), renderOptions: { after: { contentText: text(lines, speaker) } } };
    }),
  );
  if (said) editor.setDecorations(counts, said);
}

/** What is visible has a gap where lines are folded away; `first` is the line that stays. */
function foldsInView({ visibleRanges }: vscode.TextEditor): { first: number; lines: number }[] {
  return visibleRanges.slice(0, mostFolds).flatMap(({ end }, at) => {
    const next = visibleRanges[at + 1];
    const lines = next ? next.start.line - end.line - 1 : 0;
    return lines > 0 ? [{ first: end.line, lines }] : [];
  });
}

function text(lines: number, speaker: string | undefined): string {
  const count = lines === 1 ? vscode.l10n.t('1 more line') : vscode.l10n.t('{0} more lines', lines);
  return speaker === undefined ? count : `${count}, ${speaker}`;
}
