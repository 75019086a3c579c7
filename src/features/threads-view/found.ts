import { NamedIdNumbers } from '#archive';
import type { FoundMessage } from '#archive/search';
import { type HeaderSource, MailboxThreads } from './mailbox.ts';

/** A message that a search found, with the older messages of its thread where they are known, the first one first. */
export interface FoundMail extends FoundMessage {
  references?: readonly string[];
}

/** What a search found, as a mailbox that has headers and nothing else. */
export interface FoundThreads {
  threads: MailboxThreads;
  /** By the numbers of `threads`. */
  messages: readonly FoundMail[];
}

/** Puts what a search found into threads, by the rules of a mailbox. What lies in several files is there once, as it was found first. */
export function foundThreads(found: readonly FoundMail[]): FoundThreads {
  const messages = withoutRepeats(found);
  const named = new NamedIdNumbers();
  for (const message of messages) addIds(named, message);
  return { threads: new MailboxThreads(headersOnly(messages), named.table(), undefined), messages };
}

function withoutRepeats(found: readonly FoundMail[]): FoundMail[] {
  const seen = new Set<string>();
  return found.filter(({ messageId }) => messageId === '' || (!seen.has(messageId) && seen.add(messageId)));
}

function addIds(named: NamedIdNumbers, { messageId, references = [], parentId }: FoundMail): void {
  const fields: Parameters<NamedIdNumbers['add']>[1][number][] = [];
  let text = '';
  const write = (name: string, ids: readonly string[]): void => {
    const start = text.length;
    text += ids.map((id) => `<${id}>`).join(' ');
    if (ids.length > 0) fields.push({ name, start, valueStart: start, end: text.length });
  };
  write('message-id', messageId === '' ? [] : [messageId]);
  write('references', references);
  write('in-reply-to', parentId === undefined ? [] : [parentId]);
  named.add(text, fields);
}

function headersOnly(messages: readonly FoundMail[]): HeaderSource {
  return {
    dialect: 'mbox',
    complaints: [],
    count: messages.length,
    span: (index) => ({ start: index, end: index }),
    time: (index) => messages[index]?.date ?? Number.NaN,
    header(index) {
      const { subject = '', author = '', date } = messages[index] ?? {};
      const sent: [string, string][] = date === undefined ? [] : [['date', new Date(date).toUTCString()]];
      return new Map([['subject', subject], ['from', author], ...sent]);
    },
  };
}
