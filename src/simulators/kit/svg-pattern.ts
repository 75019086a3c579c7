import { node } from './markup.ts';
import type { Pen } from './pen.ts';
import type { Look } from './scene.ts';

/** The class of a hue, with a blank before it; nothing without one. */
export function hueClass(hue: number | undefined): string {
  return hue === undefined ? '' : ` pg-hue-${Math.abs(Math.trunc(hue)) % 8}`;
}

/** What a shape of this look is filled with, where that is a pattern; other looks are filled by the style sheet. */
export function fillOf(look: Look, hue: number | undefined, pen: Pen): { fill?: string } {
  return look === 'hatched' || look === 'dotted' ? { fill: pattern(look, hueClass(hue), pen) } : {};
}

/** The address of a pattern, which is made when it is first used. */
function pattern(look: 'hatched' | 'dotted', hue: string, pen: Pen): string {
  const id = `${pen.prefix}-${look}${hue.replace(' pg-hue', '')}`;
  if (!pen.patterns.has(id)) {
    const mark =
      look === 'hatched'
        ? node('path', { class: `pg-hatch${hue}`, d: 'M-1 1 L1 -1 M0 6 L6 0 M5 7 L7 5' })
        : node('circle', { class: `pg-dot${hue}`, cx: 2, cy: 2, r: 0.8 });
    const size = look === 'hatched' ? 6 : 5;
    const attributes = { id, width: size, height: size, patternUnits: 'userSpaceOnUse' };
    pen.patterns.set(id, node('pattern', attributes, [mark]));
  }
  return `url(#${id})`;
}
