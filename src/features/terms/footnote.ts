import { nodesAt } from '#mailast';
import type { Place } from '../plain.ts';
import type { Reading } from '../reading.ts';
import { pageAt } from './meanings.ts';

/** The footnote mark at an offset of the source, and where what it points at stands. Absent when there is none, or it was cut off. */
export function footnoteDefinition(reading: Reading, offset: number): { mark: Place; definition: Place } | undefined {
  const at = pageAt(reading, offset);
  const node = at && nodesAt(at.page.message.tree, at.readable).at(-1);
  if (node?.type !== 'footnoteReference') return undefined;
  const target = at?.page.footnotes.get(node);
  if (target?.state !== 'defined') return undefined;
  const placeOf = ({ position: { start, end } }: typeof node | typeof target.definition) =>
    at?.page.place({ start: start.offset, end: end.offset });
  const mark = placeOf(node);
  const definition = placeOf(target.definition);
  return mark && definition ? { mark, definition } : undefined;
}
