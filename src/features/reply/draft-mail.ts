import type { Address } from '#reading';
import { fieldAddresses } from '../answers/header.ts';
import { type Page, type Reading, readText } from '../reading.ts';

/** A draft as it stands in an editor, read again. */
export interface DraftMail {
  reading: Reading;
  page: Page;
  to: Address[];
  cc: Address[];
}

/** What only a mail has that was sent. */
const SENT = ['message-id', 'date', 'received'];

/**
 * The draft that a text is: one mail that says whom it goes to, or what it answers, and was never sent. Absent where the text is something else: a mail
 * that came, a mailbox, a patch.
 */
export function draftIn(text: string): DraftMail | undefined {
  return draftOf(readText(text));
}

export function draftOf(reading: Reading): DraftMail | undefined {
  const page = reading.messages === 1 ? reading.page(0) : undefined;
  if (!page?.fields.has('subject')) return undefined;
  if (!page.fields.has('to') && !page.fields.has('in-reply-to')) return undefined;
  if (SENT.some((name) => page.fields.has(name))) return undefined;
  const of = (name: string): Address[] => fieldAddresses(page, reading.mailbox.source, name);
  return { reading, page, to: of('to'), cc: of('cc') };
}
