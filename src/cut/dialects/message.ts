import { cutHeader, isKnownField, leadingEmpty } from '../header.ts';
import type { Dialect } from '../message-cut.ts';

/** One message with its header: an `.eml` file, a message saved from a mail program. */
export const message: Dialect = {
  name: 'message',
  recognises(head) {
    const { fields } = cutHeader(head, leadingEmpty(head), head.length);
    return fields.slice(0, 20).filter(({ name }) => isKnownField(name) && isWrittenByMail(name)).length >= 2;
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

/** Mail writes `From` and `x-mailer`; `from:` and `to:` in small letters are keys of YAML and its kin. */
function isWrittenByMail(name: string): boolean {
  return /^[A-Z]|-/.test(name);
}
