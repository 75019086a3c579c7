import type { Complaint, Source } from '#mailast';
import type { Dialect, MessageCut } from '../message-cut.ts';

/** Anything else that is text: a body without a header. It still has quotes, trailers and terms to read. */
export const text: Dialect = {
  name: 'text',
  recognises: () => true,
  cut: (source) => [
    headless('text', source, [
      {
        ruleId: 'no-header',
        reason: 'No mail header was recognized at the start; the whole text is read as the body of one message.',
        severity: 'info',
        start: 0,
        end: 0,
      },
    ]),
  ],
};

export function headless(dialect: string, source: Source, complaints: readonly Complaint[]): MessageCut {
  const whole = { start: 0, end: source.text.length };
  return { dialect, span: whole, fields: [], body: whole, furniture: [], breaks: [], escapedFrom: false, complaints };
}
