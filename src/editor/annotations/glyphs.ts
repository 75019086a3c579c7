import * as vscode from 'vscode';
import type { Kind, Status } from '#annotations';
import { annotations } from '../core.ts';
import type { DocumentNotes } from './document-notes.ts';
import type { FaintMark } from './note-here.ts';

type Glyph = Kind | 'resolved';

/** What is drawn for each kind in a field of 16: the form says it, the colour only helps. */
const forms: Readonly<Record<Glyph, string>> = {
  question: '<path d="M5.2 6a2.8 2.8 0 1 1 4.1 2.5c-.9.5-1.3 1-1.3 2" fill="none"/><circle cx="8" cy="13" r=".6"/>',
  remark: '<path d="M2.5 3.5h11v7h-6l-3 3v-3h-2z" fill="none"/>',
  todo: '<path d="M2.5 2.5h11v11h-11z" fill="none"/>',
  insight:
    '<path d="M5.8 11.2C5.8 10 3.8 9 3.8 6.2a4.2 4.2 0 0 1 8.4 0C12.2 9 10.2 10 10.2 11.2zM6.2 14h3.6" fill="none"/>',
  resolved: '<path d="M2.5 8.5l3.5 3.5 7.5-8" fill="none"/>',
};

/** Inks of 4.5:1 and more on the grounds of light and of dark themes; a decoration's icon cannot follow a theme's colours. */
const inks: Readonly<Record<Glyph, { light: string; dark: string }>> = {
  question: { light: '#0550ae', dark: '#6cb6ff' },
  remark: { light: '#4d4d4d', dark: '#c5c5c5' },
  todo: { light: '#953800', dark: '#e0a458' },
  insight: { light: '#6639ba', dark: '#c297ff' },
  resolved: { light: '#1a7f37', dark: '#6bc46d' },
};

const colours: Readonly<Record<Glyph, string>> = {
  question: 'patchgloss.noteQuestion',
  remark: 'patchgloss.noteRemark',
  todo: 'patchgloss.noteTodo',
  insight: 'patchgloss.noteInsight',
  resolved: 'patchgloss.noteResolved',
};

function icon(glyph: Glyph, ink: string): vscode.Uri {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16" viewBox="0 0 16 16" stroke="${ink}" fill="${ink}" stroke-width="1.4" stroke-linecap="round" stroke-linejoin="round">${forms[glyph]}</svg>`;
  return vscode.Uri.parse(`data:image/svg+xml;utf8,${encodeURIComponent(svg)}`);
}

/** Glyphs of notes beside their lines, and faint marks where they show besides. */
export function showGlyphs(notes: DocumentNotes): vscode.Disposable {
  const glyphs = glyphTypes();
  const line = vscode.window.createTextEditorDecorationType({
    borderColor: new vscode.ThemeColor('patchgloss.noteEcho'),
    borderStyle: 'dashed',
    borderWidth: '0 0 1px 0',
  });
  const carried = vscode.window.createTextEditorDecorationType({
    after: { margin: '0 0 0 2em', color: new vscode.ThemeColor('patchgloss.noteEcho') },
  });
  const draw = async (editor: vscode.TextEditor) => {
    const { readNote } = await annotations();
    const found = notes.of(editor.document);
    const byGlyph = new Map<Glyph, vscode.Range[]>();
    for (const { annotation, range } of found?.placed ?? []) {
      const { kind, status } = readNote(annotation);
      const glyph = glyphOf(kind, status);
      const ranges = byGlyph.get(glyph) ?? [];
      ranges.push(firstLine(range));
      byGlyph.set(glyph, ranges);
    }
    for (const [glyph, type] of glyphs) editor.setDecorations(type, byGlyph.get(glyph) ?? []);
    const faint = found?.faint ?? [];
    editor.setDecorations(
      line,
      faint.map(({ range, said, annotation }) => faintOption(range, said, readNote(annotation).texts[0]?.value ?? '')),
    );
    editor.setDecorations(carried, carriedOptions(editor.document, faint));
  };
  const drawAll = () => {
    for (const editor of vscode.window.visibleTextEditors) if (notes.of(editor.document)) void draw(editor);
  };
  drawAll();
  return vscode.Disposable.from(
    ...glyphs.values(),
    line,
    carried,
    vscode.window.onDidChangeVisibleTextEditors(drawAll),
    notes.onDidPlace((document) => {
      for (const editor of vscode.window.visibleTextEditors) if (editor.document === document) void draw(editor);
    }),
  );
}

function glyphTypes(): ReadonlyMap<Glyph, vscode.TextEditorDecorationType> {
  const names: readonly Glyph[] = ['question', 'remark', 'todo', 'insight', 'resolved'];
  return new Map(
    names.map((name) => [
      name,
      vscode.window.createTextEditorDecorationType({
        light: { gutterIconPath: icon(name, inks[name].light) },
        dark: { gutterIconPath: icon(name, inks[name].dark) },
        gutterIconSize: 'contain',
        overviewRulerColor: new vscode.ThemeColor(colours[name]),
        overviewRulerLane: vscode.OverviewRulerLane.Right,
      }),
    ]),
  );
}

function glyphOf(kind: Kind, status: Status): Glyph {
  return status === 'resolved' ? 'resolved' : kind;
}

function firstLine({ start }: vscode.Range): vscode.Range {
  return new vscode.Range(start, start);
}

/** Says behind the lines that their notes were carried here. */
function carriedOptions(document: vscode.TextDocument, faint: readonly FaintMark[]): vscode.DecorationOptions[] {
  return faint.flatMap(({ kind, range, said }) => {
    if (kind !== 'carried' || range.end.line >= document.lineCount) return [];
    const { end } = document.lineAt(range.end.line).range;
    const contentText = vscode.l10n.t('note {0}', said);
    return [{ range: new vscode.Range(end, end), renderOptions: { after: { contentText } } }];
  });
}

/** The words of a note are shown as they were written, never read as markup. */
function faintOption(range: vscode.Range, said: string, text: string): vscode.DecorationOptions {
  const hoverMessage = new vscode.MarkdownString().appendText(`${said}: ${text}`);
  hoverMessage.isTrusted = false;
  hoverMessage.supportHtml = false;
  return { range, hoverMessage };
}
