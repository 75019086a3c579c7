import type { CancellationToken, Location, Position } from 'vscode-languageserver/node';
import { footnoteDefinition, isQuoted, quotedLineAt, quotesOf, termAt } from '#features';
import { insideOf } from './links.ts';
import type { NoteFiles } from './note-files.ts';
import type { OpenMail } from './open-mail.ts';

/** Notes of a term that has several meanings, at most. */
const MOST_NOTES = 3;

/** Of a term its note, of a footnote mark the footnote, of a reference to a mail that mail, of a quoted line where it was said. */
export async function definitionAt(
  mail: OpenMail,
  position: Position,
  notes: NoteFiles,
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
  const link = (await mail.links(token)).find(({ place }) => place.start <= offset && offset < place.end);
  const inside = link && insideOf(link.target);
  if (inside !== undefined) return [mail.locationOf({ start: inside, end: inside })];
  if (!isQuoted(mail.reading, offset)) return [];
  const argument = await mail.argument(offset, token);
  return argument ? (quotedLineAt(argument, offset)?.origins ?? []).map(({ place }) => mail.locationOf(place)) : [];
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
