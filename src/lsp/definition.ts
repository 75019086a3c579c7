import type { CancellationToken, Location, Position } from 'vscode-languageserver/node';
import { footnoteDefinition, isQuoted, messageIdAt, quotedLineAt, quotesOf, termAt } from '#features';
import type { NoteFiles } from './note-files.ts';
import type { OpenMail } from './open-mail.ts';

/** Notes of a term that has several meanings, at most. */
const MOST_NOTES = 3;

/** What a place may lead to beside its own mail. */
export interface Around {
  notes: NoteFiles;
  /** All mails that are open. */
  open(): readonly OpenMail[];
}

/** Of a term its note, of a footnote mark the footnote, of a reference to a mail that mail, of a quoted line where it was said. */
export async function definitionAt(
  mail: OpenMail,
  position: Position,
  { notes, open }: Around,
  token: CancellationToken,
): Promise<Location[]> {
  const offset = mail.offsetAt(position);
  const term = termAt(mail.reading, offset);
  if (term) {
    const files = await Promise.all(term.concepts.slice(0, MOST_NOTES).map((id) => notes.fileOf(id)));
    return files.flatMap((uri) => (uri === undefined ? [] : [{ uri, range: beginning }]));
  }
  const footnote = footnoteDefinition(mail.reading, offset);
  if (footnote) return [mail.locationOf(footnote.definition)];
  const reference = messageIdAt(mail.reading, offset);
  if (reference) return mailsWith(reference.messageId, [mail, ...open()], token);
  if (!isQuoted(mail.reading, offset)) return [];
  const argument = await mail.argument(offset, token);
  return argument ? (quotedLineAt(argument, offset)?.origins ?? []).map(({ place }) => mail.locationOf(place)) : [];
}

/** Where a mail is read: here, or in another open text; of several the first, for a mail is often in more than one. */
async function mailsWith(messageId: string, open: readonly OpenMail[], token: CancellationToken): Promise<Location[]> {
  for (const mail of open) {
    const start = await mail.beginningOf(messageId, token);
    if (start !== undefined) return [mail.locationOf({ start, end: start })];
  }
  return [];
}

const beginning = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

/** Of a term every mention in its thread; of any other line where it was said, and who quotes it. */
export async function referencesAt(mail: OpenMail, position: Position, token: CancellationToken): Promise<Location[]> {
  const offset = mail.offsetAt(position);
  const concept = termAt(mail.reading, offset)?.concepts[0];
  if (concept !== undefined) {
    const { explained } = await mail.terms(offset, token);
    const mentions = explained.find((term) => term.concept === concept)?.mentions ?? [];
    return mentions.flatMap(({ spans: [first] }) => (first ? [mail.locationOf(first)] : []));
  }
  const argument = await mail.tracedArgument(offset, token);
  return argument ? quotesOf(argument, offset).map(({ place }) => mail.locationOf(place)) : [];
}
