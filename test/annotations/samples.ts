import { type Annotation, anchor, type Candidate, newAnnotation, type Spot } from '#annotations';

/** A mail of our own, with what makes placing hard: repeated lines, a quote, a diff, a character outside the BMP. */
export const MAIL = `Hello all,

On Tue, Mar 5, 2024, Grace Example wrote:
> The table is filled once, at boot, and never changes.
> Do we need a lock for readers?

No lock is needed: readers only see the table after the flag is set.
The order is what matters here 😀, so the flag needs a release store.

 - reader: takes no lock
 - writer: takes the mutex
 - reader: takes no lock

--- a/mm/example.c
+++ b/mm/example.c
@@ -10,3 +10,4 @@ static int example_fill(void)
 	mutex_lock(&table_lock);
+	fill_table(&table);
 	mutex_unlock(&table_lock);

Thanks,
Ada
`;

export const NOW = '2024-03-06T09:00:00Z';
export const LATER = '2024-03-07T10:30:00Z';

export function uuid(number: number): string {
  return `urn:uuid:00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

/** A question on the words `quote` of a mail; the `nth` time they stand there, from 0. */
export function noteOn(quote: string, spot: Partial<Spot> = {}, nth = 0): Annotation {
  const text = spot.text ?? MAIL;
  let start = text.indexOf(quote);
  for (let count = 0; count < nth; count++) start = text.indexOf(quote, start + 1);
  if (start === -1) throw new Error(`The sample does not say: ${quote}`);
  return noteAt(start, start + quote.length, { ...spot, text });
}

export function noteAt(start: number, end: number, spot: Partial<Spot> = {}, number = 1): Annotation {
  const target = anchor({ messageId: 'a1@example.org', text: MAIL, ...spot, start, end });
  return newAnnotation({
    id: uuid(number),
    textId: uuid(number + 500_000),
    now: NOW,
    kind: 'question',
    text: 'Why?',
    target,
  });
}

export function mail(text: string, more: Partial<Candidate> = {}): Candidate {
  return { key: '0:0', messageId: 'a1@example.org', text, ...more };
}

/** The same text in a mail that says nothing of its origin. */
export function page(text: string, more: Partial<Candidate> = {}): Candidate {
  return { key: '0:0', text, ...more };
}

/** The text without white space and without the quote marks at the head of its lines, found in another way than the room does. */
export function bare(text: string): string {
  return text
    .split('\n')
    .map((line) => line.replace(/^[\s>]*/, '').replace(/\s/g, ''))
    .join('');
}
