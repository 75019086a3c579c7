import fc from 'fast-check';
import { expect, it } from 'vitest';
import { textSource } from '#mailast';
import { carriedBy, collectTrailers, commitOf, kindOf, openMailbox, ownText, seriesOf, threadMail } from '#reading';
import { mail } from '../parse/mail-arbitrary.ts';

it('whatever a mail is, it has a kind, a commit and trailers that stand in it', () => {
  fc.assert(
    fc.property(mail, fc.boolean(), (text, scissors) => {
      const mailbox = openMailbox(textSource(text));
      const mails = mailbox.spans.map((_, index) => {
        const reading = mailbox.message(index);
        const { message, patch } = commitOf(reading, { scissors });
        expect(ownText(reading).endsWith(message + patch)).toBe(true);
        return threadMail(String(index), kindOf(reading, carriedBy(reading)), reading);
      });
      for (const { patches } of collectTrailers(mails)) {
        for (const { trailer, mail: from } of patches.flatMap(({ trailers }) => trailers)) {
          expect(from.reading.text.slice(trailer.position.start.offset)).toContain(trailer.token);
        }
      }
    }),
    { seed: 20230710, numRuns: 500 },
  );
});

it('whatever a subject is, what it says of a series stands in it', () => {
  const piece = fc.constantFrom(
    'Re: ',
    '[',
    ']',
    'PATCH',
    ' ',
    'v2',
    '1/3',
    '2 of 4',
    ',',
    ':',
    'tea',
    '(v3)',
    'AW:',
    '回复：',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 20 }), fc.boolean(), (pieces, known) => {
      const subject = pieces.join('');
      const place = seriesOf(subject, known);
      if (!place) return;
      expect(subject.trimEnd().endsWith(place.clean)).toBe(true);
      for (const prefix of place.prefixes) expect(subject).toContain(prefix);
    }),
    { seed: 20230711, numRuns: 2000 },
  );
});
