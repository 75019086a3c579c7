import type { MarkupNode } from '../../src/simulators/index.ts';

interface Box {
  text: string;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** Classes that the style sheet sets smaller than 12 px, in the mean of a sans-serif face. */
const SMALL = /pg-(tick|key-label|callout|door|node-line|state)\b/;
const LETTER = 5.6;

/** Where the texts of a drawing stand, by a rough measure that is not the drawing's own. */
export function textBoxes(tree: MarkupNode): { boxes: readonly Box[]; clashes(width: number): string[] } {
  const boxes: Box[] = [];
  collect(tree, 0, boxes);
  const sorted = [...boxes].sort((a, b) => a.top - b.top);
  return {
    boxes,
    clashes(width) {
      const found = sorted.filter((box) => box.left < -1 || box.right > width + 1).map((box) => `outside: ${box.text}`);
      for (const [index, box] of sorted.entries()) {
        for (let other = index + 1; other < sorted.length; other++) {
          const next = sorted[other];
          if (next === undefined || next.top >= box.bottom) break;
          if (next.left < box.right && box.left < next.right) found.push(`${box.text} | ${next.text}`);
        }
      }
      return found;
    },
  };
}

function collect(tree: MarkupNode, down: number, boxes: Box[]): void {
  const moved = /translate\(0 ([\d.]+)\)/.exec(String(tree.attributes.transform ?? ''));
  const y = down + Number(moved?.[1] ?? 0);
  if (tree.tag === 'text') boxes.push(boxOf(tree, y));
  for (const child of tree.children) if (typeof child !== 'string') collect(child, y, boxes);
}

function boxOf({ attributes, children }: MarkupNode, down: number): Box {
  const text = children.join('');
  const letter = SMALL.test(String(attributes.class)) ? (LETTER * 11) / 12 : LETTER;
  const width = text.length * letter;
  const left = Number(attributes.x) - (attributes['text-anchor'] === 'middle' ? width / 2 : 0);
  const base = down + Number(attributes.y);
  return { text, left, right: left + width, top: base - 9, bottom: base + 2 };
}
