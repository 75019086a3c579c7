import { nodesAt } from '#mailast';
import type { Place } from './plain.ts';
import type { Reading } from './reading.ts';
import { trailerReference } from './trailer-reference.ts';

/** A commit that is named in running text, or by a trailer. */
interface NamedCommit {
  place: Place;
  /** Hexadecimal, as it is written. */
  hash: string;
}

/** The commit that is named at an offset of the source. */
export function commitAt(reading: Reading, offset: number): NamedCommit | undefined {
  const index = reading.mailbox.messageAt(offset);
  const page = index === undefined ? undefined : reading.page(index);
  const readable = page?.message.way.toReadable(offset);
  if (!page || readable === undefined) return undefined;
  const node = nodesAt(page.message.tree, readable).at(-1);
  if (node?.type === 'trailer') {
    const named = trailerReference(node, page.message.text);
    const isThere = named && named.start <= readable && readable < named.end;
    return isThere && named.node.type === 'commitReference'
      ? { place: page.place(named), hash: named.node.hash }
      : undefined;
  }
  if (node?.type !== 'commitReference') return undefined;
  const { start, end } = node.position;
  return { place: page.place({ start: start.offset, end: end.offset }), hash: node.hash };
}
