import { headerText } from '#decode';
import type { MessageReading } from '#parse';
import { fieldsOf } from '../header.ts';
import { ownText } from '../own-text.ts';
import { commitAuthor } from './author.ts';
import { type CommitText, type FieldName, type SplitOptions, splitCommit } from './split.ts';
import { commitSubject, type SubjectOptions } from './subject.ts';

/** What `git mailinfo` would say of a mail. What neither the header nor the body gives is absent. */
export interface Commit {
  /** Empty where there is a `From` and git finds nothing in it. */
  author?: string;
  email?: string;
  subject?: string;
  /** As it is written, white space aside. */
  date?: string;
  message: string;
  /** From the line that ends the message: `---`, or the beginning of a diff. */
  patch: string;
}

export interface CommitOptions extends SplitOptions {
  subject?: SubjectOptions;
  /** Whether the Message-ID of the mail is the last line of the message, where a patch follows. */
  messageId?: boolean;
}

/**
 * The commit that git would make of a mail, from the text as a reader reads it: decoded, and with flowed lines joined. Fields at the top of
 * the body stand above those of the header when there is a patch.
 */
export function commitOf(reading: MessageReading, options: CommitOptions = {}): Commit {
  const header = fieldsOf(reading.tree);
  const text = splitCommit(ownText(reading), options);
  const inBody = text.patch === '' ? {} : text.fields;
  // Where a field comes twice, git has the last one.
  const said = (name: FieldName): string | undefined => {
    const value = inBody[name];
    return value === undefined ? header.get(name)?.at(-1) : headerText(value);
  };
  const from = said('from');
  const subject = said('subject');
  const date = said('date');
  return {
    ...(from === undefined ? {} : commitAuthor(from)),
    ...(subject === undefined ? {} : { subject: commitSubject(subject, options.subject) }),
    ...(date === undefined ? {} : { date: date.replace(/\s+/g, ' ').trim() }),
    message: text.message + idLine(options, text, header.get('message-id')?.at(-1)),
    patch: text.patch,
  };
}

function idLine({ messageId }: CommitOptions, { patch }: CommitText, id: string | undefined): string {
  return messageId && id !== undefined && patch !== '' ? `Message-ID: ${id}\n` : '';
}
