import { type DocumentHighlight, DocumentHighlightKind, type Position } from 'vscode-languageserver/node';
import { mentionsBetween, messageAt, type Place, speakerPlaces, termAt } from '#features';
import type { OpenMail } from './open-mail.ts';

/** In the message that is read the same term; at a quote mark, an attribution or the sender all that the same person says. */
export function highlightsAt(mail: OpenMail, position: Position): DocumentHighlight[] {
  return placesAt(mail, mail.offsetAt(position)).map((place) => ({
    range: mail.rangeOf(place),
    kind: DocumentHighlightKind.Read,
  }));
}

function placesAt({ reading }: OpenMail, offset: number): Place[] {
  const concept = termAt(reading, offset)?.concepts[0];
  const span = reading.mailbox.spans[messageAt(reading, offset) ?? -1];
  if (!span) return [];
  if (concept === undefined) return speakerPlaces(reading, offset);
  return mentionsBetween(reading, concept, span.start, span.end);
}
