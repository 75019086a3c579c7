import { type MarkupNode, node } from './markup.ts';
import { widthOf } from './measure.ts';
import { type Block, freshWedge, LINE, type Pen, text } from './pen.ts';
import type { Look } from './scene.ts';
import { fillOf } from './svg-pattern.ts';

export const LOOKS: readonly Look[] = ['outline', 'solid', 'hatched', 'dotted', 'empty'];

/** A sign of the key, drawn in a field of 16 by 10 from `x`, `y`, and what it means. */
export interface Entry {
  draw(x: number, y: number): MarkupNode[];
  meaning: string;
  style: string;
}

/** The looks that are used and named, and the wedge when something was touched. */
export function lookEntries(
  legend: Partial<Readonly<Record<Look, string>>> | undefined,
  used: ReadonlySet<Look>,
  pen: Pen,
): Entry[] {
  return LOOKS.flatMap((look): Entry[] => {
    const meaning = legend?.[look];
    if (meaning === undefined || !used.has(look)) return [];
    const draw = (x: number, y: number) => [
      node('rect', { x, y, width: 14, height: 10, ...fillOf(look, undefined, pen) }),
    ];
    return [{ draw, meaning, style: `pg-${look}` }];
  });
}

/** Signs and meanings side by side, on as many lines as the width asks for. */
export function drawKey(entries: readonly Entry[], left: number, top: number, pen: Pen): Block {
  const children: MarkupNode[] = [];
  let x = left;
  let y = top;
  for (const { draw, meaning, style } of entries) {
    const width = 20 + widthOf(meaning, 'small');
    if (x > left && x + width > pen.width) {
      x = left;
      y += LINE;
    }
    children.push(
      node('g', { class: `pg-key ${style}` }, [...draw(x, y), text(meaning, x + 20, y + 9, 'pg-key-label')]),
    );
    x += width + 14;
  }
  return { height: children.length === 0 ? 0 : y - top + LINE, children };
}

/** The sign for what the last step touched. */
export const freshEntry: Entry = {
  draw: (x, y) => [freshWedge(x + 7, y + 9)],
  meaning: 'changed by this step',
  style: 'pg-fresh-key',
};
