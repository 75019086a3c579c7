import type { Query, Term } from './query.ts';

/** A message that is looked through. What takes work is worked out when a term asks for it. */
export interface Searchable {
  id: string;
  subject: string;
  /** Name and address. */
  author: string;
  /** In milliseconds since 1970; absent where the mail has no date. */
  date?: number;
  /** What names its list: List-Id, To, Cc. */
  lists: string;
  /** The files that its diffs touch. */
  files(): readonly string[];
  text(): string;
}

/** Whether a message has everything that a query asks for. Words are found anywhere, in capitals or not. */
export function isFound(query: Query, message: Searchable): boolean {
  return query.terms.every((term) => hasTerm(term, message) !== term.not);
}

function hasTerm(term: Term, message: Searchable): boolean {
  const has = (text: string): boolean => text.toLowerCase().includes(term.value);
  switch (term.field) {
    case 'subject':
      return has(message.subject);
    case 'author':
      return has(message.author);
    case 'list':
      return has(message.lists);
    case 'id':
      return message.id.toLowerCase() === term.value;
    case 'file':
      return message.files().some(has);
    case 'text':
      return has(message.text());
    case 'date':
      return (
        message.date !== undefined && message.date >= (term.from ?? -Infinity) && message.date < (term.to ?? Infinity)
      );
    case 'any':
      return has(message.subject) || has(message.author) || has(message.text());
  }
}
