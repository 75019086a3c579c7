import type { Searchable } from '#archive/search';
import { walk } from '#mailast';
import { messageIdsOf } from '#reading';
import type { Page, Reading } from './reading.ts';

/** A message of a reading as a search looks at it; `start` is where it begins in the source. */
export interface SearchableMessage extends Searchable {
  start: number;
  /** The messages that it names as older ones of its thread. */
  references: readonly string[];
}

/** Message `index` of a reading for a search; absent when there is none. */
export function searchable(reading: Reading, index: number): SearchableMessage | undefined {
  const page = reading.page(index);
  return page && searchablePage(page);
}

/** A message that is read by itself, for a search. */
export function searchablePage(page: Page): SearchableMessage {
  const field = (name: string): string => page.fields.get(name)?.[0] ?? '';
  const date = Date.parse(field('date'));
  return {
    start: page.message.span.start,
    id: messageIdsOf(field('message-id'))[0] ?? '',
    subject: field('subject'),
    author: field('from'),
    references: [...messageIdsOf(field('references')), ...messageIdsOf(field('in-reply-to'))],
    lists: [field('list-id'), field('to'), field('cc')].join(' '),
    files: () => filesOf(page),
    text: () => page.message.text.slice(page.message.tree.children.at(-1)?.position.start.offset ?? 0),
    ...(Number.isNaN(date) ? {} : { date }),
  };
}

/** The files that the diffs of a message touch, those that are quoted too. */
function filesOf(page: Page): string[] {
  const files = new Set<string>();
  walk(page.message.tree, (node) => {
    if (node.type !== 'diffFile') return;
    for (const file of [node.before, node.after]) if (file !== undefined) files.add(file);
  });
  return [...files];
}
