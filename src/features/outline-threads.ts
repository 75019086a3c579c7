import { threadsOf } from '#archive';
import { postingOf } from '#reading';
import { joinShownTrees, keyOf, type Mail, mailOf } from './answers/threads.ts';
import { plainLine } from './markdown.ts';
import type { Reading } from './reading.ts';

/** Messages of one thread that stand together in a source: those from `first` to `last`, by their index. */
export interface OutlineThread {
  first: number;
  last: number;
  /** The subject of its first mail without what stands in front of it; empty where it has none. */
  title: string;
}

/** The threads of several messages that stand in one piece, in order. One that others interrupt is not among them: an outline cannot hold it. */
export function outlineThreads(reading: Reading): OutlineThread[] {
  const mails = new Map<string, Mail>();
  for (let index = 0; index < reading.messages && reading.messages > 1; index++) {
    const page = reading.page(index);
    const key = keyOf(0, index);
    if (page)
      mails.set(
        key,
        mailOf(key, page, () => reading.page(index)),
      );
  }
  joinShownTrees(mails);
  const { threads } = threadsOf([...mails.values()].map(({ member }) => member));
  return threads
    .flatMap(({ root, messages }) => {
      const indexes = messages.map(indexOf);
      const first = indexes.reduce((one, other) => Math.min(one, other));
      const last = indexes.reduce((one, other) => Math.max(one, other));
      if (last === first || last - first + 1 !== indexes.length) return [];
      const subject = mails.get(root)?.subject;
      const title = subject === undefined ? '' : (postingOf({ subject })?.clean ?? subject);
      return [{ first, last, title: plainLine(title).slice(0, 200) }];
    })
    .sort((one, other) => one.first - other.first);
}

function indexOf(key: string): number {
  return Number(key.slice(key.indexOf(':') + 1));
}
