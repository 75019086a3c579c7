import { threadsAnswer } from '../answers/index.ts';
import { messagesIn, threadsWithLedgers } from './answered.ts';
import { type BriefFile, type BriefNotes, NO_NOTES } from './brief-notes.ts';
import { NotesPage } from './notes-page.ts';
import { pageEnd, pageLedger, pageMessage, pageStart } from './page.ts';

/** All mails of some files as one page of HTML with the reader's notes at their places, in pieces: an archive may be larger than a string. */
export function* htmlBrief(files: readonly BriefFile[], notes: BriefNotes = NO_NOTES): Generator<string> {
  const readings = files.map((file) => file?.reading);
  const threads = threadsAnswer(readings);
  const terms = new Set<string>();
  const noted = new NotesPage(notes, terms);
  yield pageStart(threads.threads[0]?.subject ?? files[0]?.path ?? '');
  for (const { subject = '', ledger = [] } of threadsWithLedgers(threads, readings)) yield pageLedger(subject, ledger);
  for (const { file, message } of messagesIn(readings, threads)) {
    yield pageMessage(message, files[file]?.path ?? '', noted);
    for (const { concept } of message.mentions) terms.add(concept);
  }
  // Terms of the notes come with the notes.
  const unplaced = noted.unplaced();
  yield pageEnd(terms, unplaced);
}
