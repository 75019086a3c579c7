import type { ReadableField } from '#decode';
import type { Header } from '#mailast';
import type { Placing } from './placing.ts';

/** The header of a message; absent when it has no field. */
export function headerNode(fields: readonly ReadableField[], placing: Placing): Header | undefined {
  const first = fields[0];
  const last = fields.at(-1);
  if (!first || !last) return undefined;
  return {
    type: 'header',
    position: placing.position(first.start, last.end),
    children: fields.map(({ name, value, start, end }) => ({
      type: 'headerField',
      name,
      value,
      position: placing.position(start, end),
    })),
  };
}
