import * as vscode from 'vscode';
import type { NoteUnder, ReplyRequest } from '#features/sharing';
import { keptNotes } from '../annotations/kept-notes.ts';
import { labelOf } from '../annotations/target.ts';
import { sharingFeatures } from '../core.ts';
import { mailHere } from '../navigation/mail-here.ts';
import { isReadingView, isThreadView, messageOf, sourceUri } from '../reading-address.ts';
import { readTextShown } from '../reading-view.ts';
import { openMailbox } from '../threads/open-mailbox.ts';
import { readerIdentity } from './git-identity.ts';

/** Opens the draft of an answer to the mail at the caret, with the selected lines quoted. Nothing is sent, now or later. */
export async function replyToMessage(context: vscode.ExtensionContext): Promise<void> {
  const mail = await mailHere();
  if (!mail) return;
  const { document, editor, reading } = mail;
  const { notesUnder, replyDraft, selectedLines } = await sharingFeatures();
  const { start, end } = editor.selection;
  const found = selectedLines(reading, document.offsetAt(start), document.offsetAt(end));
  if (!found) {
    void vscode.window.showInformationMessage(vscode.l10n.t('There is no message at the cursor.'));
    return;
  }
  const all = await keptNotes(context);
  const { first, last } = found.range ?? { first: 1, last: Number.POSITIVE_INFINITY };
  const here = notesUnder(reading, found.message, all, labelOf(document)).filter(
    ({ line }) => line >= first && line <= last,
  );
  const notes = here.length === 0 ? [] : await chosenNotes(here);
  if (notes === undefined) return;
  const header = await headerBehind(document, editor.selection.active.line);
  const request: ReplyRequest = { ...found, source: reading, notes, reader: await readerIdentity() };
  const draft = replyDraft(header ? { ...request, header: { page: header } } : request);
  await showDraft(draft.text, draft.caret);
  if (draft.complaints.length > 0) void vscode.window.showWarningMessage(draft.complaints.slice(0, 5).join(' '));
}

/** Absent when the reader thinks better of it. */
async function chosenNotes(notes: readonly NoteUnder[]): Promise<readonly NoteUnder[] | undefined> {
  const items = [
    { label: vscode.l10n.t('Quote Only'), notes: [] },
    { label: vscode.l10n.t('Put My Notes Under Their Lines'), description: String(notes.length), notes },
  ];
  const placeHolder = vscode.l10n.t('There are notes on these lines');
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.notes;
}

/** The mail that a reading view was made from: the view has a short header. */
async function headerBehind({ uri }: vscode.TextDocument, line: number) {
  if (!isReadingView(uri)) return undefined;
  const shown = isThreadView(uri) ? await readTextShown(uri) : undefined;
  const mailbox = await openMailbox(sourceUri(uri)).catch(() => undefined);
  return (await mailbox?.mail(shown ? shown.messageAt(line) : messageOf(uri)))?.pages[0];
}

async function showDraft(content: string, caret: number): Promise<void> {
  const document = await vscode.workspace.openTextDocument({ language: 'eml', content });
  const editor = await vscode.window.showTextDocument(document, { preview: false });
  const place = document.positionAt(caret);
  editor.selection = new vscode.Selection(place, place);
  editor.revealRange(new vscode.Range(place, place), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}
