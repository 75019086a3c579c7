import type { Source } from '#mailast';
import type { MessageCut } from './message-cut.ts';

/** How many units a byte order mark takes at the start of the source: three bytes, one unit of a document, or none. */
export function byteOrderMark({ units, text }: Source): number {
  if (units === 'bytes') return text.startsWith('\u00ef\u00bb\u00bf') ? 3 : 0;
  return text.startsWith('\ufeff') ? 1 : 0;
}

/** The same cut in a source that has `by` more units in front, which belong to the first message. */
export function movedBy(by: number, message: MessageCut, index: number): MessageCut {
  const moved = <Piece extends { start: number; end: number }>(piece: Piece): Piece => ({
    ...piece,
    start: piece.start + by,
    end: piece.end + by,
  });
  const span = moved(message.span);
  return {
    ...message,
    span: index === 0 ? { start: 0, end: span.end } : span,
    fields: message.fields.map((field) => ({ ...moved(field), valueStart: field.valueStart + by })),
    body: moved(message.body),
    furniture: message.furniture.map(moved),
    breaks: message.breaks.map((at) => at + by),
    complaints: message.complaints.map((complaint) => ({
      ...complaint,
      ...(complaint.start === undefined ? {} : { start: complaint.start + by }),
      ...(complaint.end === undefined ? {} : { end: complaint.end + by }),
    })),
  };
}
