import type { PageLine } from './page.ts';

/** What a thread page says of a message. */
export interface Shown {
  date: string;
  author: string;
  subject: string;
}

const DATED = /^(?:@ )?(\d{4}-\d\d-\d\d {1,2}\d{1,2}:\d\d) (?:UTC )?(?:` )?(.{1,400})$/;

/**
 * Finds the message that another one answers by the tree above it: its first line is the parent, if it stands before the `@` line, which is the
 * message itself.
 *
 *       2023-07-03 10:00 [PATCH] tea: warm the pot Ada Example
 *     @ 2023-07-03 11:30 ` Ben Sample
 */
export class ParentLines {
  #messages: readonly Shown[];
  #byDate = new Map<string, number[]>();

  constructor(messages: readonly Shown[]) {
    this.#messages = messages;
    for (const [index, { date }] of messages.entries()) {
      const key = minute(date);
      const known = this.#byDate.get(key);
      if (known) known.push(index);
      else this.#byDate.set(key, [index]);
    }
  }

  /** The index of the message that `index` answers; absent where the tree names none on this page, or more than one. */
  parentOf(index: number, tree: readonly PageLine[]): number | undefined {
    const line = tree[0]?.says ?? '';
    const [, date = '', rest = ''] = DATED.exec(line) ?? [];
    if (date === '' || line.startsWith('@ ')) return undefined;
    const same = (this.#byDate.get(minute(date)) ?? []).slice(0, MOST_SAME).filter((other) => other !== index);
    const byAuthor = same.filter((other) => rest.endsWith(this.#messages[other]?.author ?? '\n'));
    if (byAuthor.length <= 1) return byAuthor[0];
    const bySubject = byAuthor.filter((other) => this.#isAbout(other, rest));
    return bySubject.length === 1 ? bySubject[0] : undefined;
  }

  /** The tree leaves out `Re:`, and with a `"` the end of a subject that the line above has too. */
  #isAbout(index: number, rest: string): boolean {
    const { subject = '', author = '' } = this.#messages[index] ?? {};
    const shown = rest
      .slice(0, rest.length - author.length)
      .trim()
      .replace(/ ?"$/, '');
    return shown !== '' && withoutReply(subject).startsWith(withoutReply(shown));
  }
}

/** A series is sent within a minute or two; no more messages of one minute are compared. */
const MOST_SAME = 200;

function minute(date: string): string {
  return date.replace(/ {1,2}/g, ' ').replace(/ UTC$/, '');
}

function withoutReply(subject: string): string {
  return subject.replace(/^(?:re: ?){1,9}/i, '').replace(/\s+/g, ' ');
}
