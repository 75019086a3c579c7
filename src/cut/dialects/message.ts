import { cutHeader, isKnownField } from '../header.ts';
import type { Dialect } from '../message-cut.ts';

/** One message with its header: an `.eml` file, a message saved from a mail program. */
export const message: Dialect = {
  name: 'message',
  recognises(head) {
    const { fields } = cutHeader(head, leadingEmpty(head), head.length);
    return fields.slice(0, 20).filter((field) => isKnownField(field.name)).length >= 2;
  },
  cut(source) {
    const start = leadingEmpty(source.text);
    const { fields, bodyStart, complaints } = cutHeader(source.text, start, source.text.length);
    return [
      {
        dialect: 'message',
        span: { start: 0, end: source.text.length },
        fields,
        body: { start: bodyStart, end: source.text.length },
        furniture: [],
        breaks: [],
        escapedFrom: false,
        complaints,
      },
    ];
  },
};

function leadingEmpty(text: string): number {
  let at = 0;
  while (text[at] === '\n' || text[at] === '\r') at++;
  return at;
}
