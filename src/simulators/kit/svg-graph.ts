import { type Layout, layoutOf, type Place, type Size } from './graph-layout.ts';
import { type MarkupNode, node } from './markup.ts';
import { foldTo, widest } from './measure.ts';
import { type Block, freshWedge, heading, item, type Pen, round, TIGHT, textLines } from './pen.ts';
import type { GraphEdge, GraphNode, GraphPart } from './scene.ts';
import { drawKey, type Entry, freshEntry } from './svg-legend.ts';

interface Box {
  node: GraphNode;
  label: string[];
  lines: string[];
  width: number;
  height: number;
}

/** Actors get one width, so that they stay where they are when they have more to say. */
const NARROWEST = { actor: 116, thing: 64 };
const WIDEST = 150;

/** Boxes in layers from the top down, or from the left where that is too wide; what goes round in a ring is drawn thick. */
export function drawGraph(part: GraphPart, pen: Pen): Block {
  const title = heading(part.title, pen.width);
  const { boxes, layout, down } = fitted(part, pen.width);
  const breadth = down ? layout.breadth : layout.length;
  const left = Math.max(1, (Math.min(pen.width, 640) - breadth) / 2);
  const top = title.height + 6;
  const at = ({ along, across }: Place) =>
    down ? { x: left + across, y: top + along } : { x: left + along, y: top + across };
  const lit = new Set(part.cycle?.edges ?? []);
  const inRing = new Set(part.edges.filter((edge) => lit.has(edge.id)).flatMap((edge) => [edge.from, edge.to]));
  const children: MarkupNode[] = [...title.children];
  for (const edge of [...part.edges].sort((a, b) => Number(lit.has(a.id)) - Number(lit.has(b.id)))) {
    children.push(drawEdge(edge, (layout.routes.get(edge.id) ?? []).map(at), down, lit.has(edge.id)));
  }
  for (const box of boxes) {
    const place = layout.places.get(box.node.id);
    if (place !== undefined) children.push(...drawBox(box, at(place), inRing.has(box.node.id)));
  }
  const bottom = top + (down ? layout.length : layout.breadth) + 14;
  const fresh = [...part.nodes, ...part.edges].some((each) => each.fresh === true) ? [freshEntry] : [];
  const key = drawKey([...edgeEntries(part), ...fresh], 0, bottom, pen);
  const words = part.cycle === undefined ? [] : foldTo(part.cycle.words, Math.min(pen.width, 560));
  children.push(...key.children, ...textLines(words, 0, bottom + key.height + 13, 'pg-ring-words'));
  return { height: bottom + key.height + words.length * TIGHT, children };
}

/** Downwards with boxes as wide as they like to be; else from left to right with what room there is. */
function fitted(part: GraphPart, width: number): { boxes: Box[]; layout: Layout; down: boolean } {
  for (const most of [WIDEST, 110, 88]) {
    const boxes = part.nodes.map((each) => boxOf(each, most));
    const layout = layoutOf(part, sizesOf(boxes, true));
    if (layout.breadth <= width - 2) return { boxes, layout, down: true };
  }
  const boxes = part.nodes.map((each) => boxOf(each, Math.min(WIDEST, (width - 60) / 2)));
  return { boxes, layout: layoutOf(part, sizesOf(boxes, false)), down: false };
}

function sizesOf(boxes: readonly Box[], down: boolean): Map<string, Size> {
  return new Map(
    boxes.map(({ node, width, height }) => [
      node.id,
      down ? { along: height, across: width } : { along: width, across: height },
    ]),
  );
}

function boxOf(graphNode: GraphNode, most: number): Box {
  const label = foldTo(graphNode.label, most - 16, 'bold');
  const lines = graphNode.lines.flatMap((line) => foldTo(line, most - 16, 'small'));
  const longest = Math.max(widest(label, 'bold'), widest(lines, 'small'));
  return {
    node: graphNode,
    label,
    lines,
    width: Math.min(most, Math.max(NARROWEST[graphNode.role], longest + 18)),
    height: (label.length + lines.length) * TIGHT + 10,
  };
}

function drawBox(
  { node: each, label, lines, width, height }: Box,
  middle: { x: number; y: number },
  lit: boolean,
): MarkupNode[] {
  const [x, y] = [round(middle.x - width / 2), round(middle.y - height / 2)];
  const rx = each.role === 'actor' ? 12 : 2;
  const shape = { class: 'pg-node-box', x, y, width: round(width), height: round(height), rx };
  const inner = { x: x + 3, y: y + 3, width: round(width - 6), height: round(height - 6), rx: Math.max(1, rx - 3) };
  const box = item(each, `pg-node pg-${each.role}${lit ? ' pg-lit' : ''}`, [
    node('rect', shape),
    ...(lit ? [node('rect', { ...inner, class: 'pg-node-inner' })] : []),
    ...textLines(label, middle.x, y + 17, 'pg-node-label', 'middle'),
    ...textLines(lines, middle.x, y + 17 + label.length * TIGHT, 'pg-node-line', 'middle'),
  ]);
  return each.fresh === true ? [box, freshWedge(x + 10, y - 1)] : [box];
}

interface Point {
  x: number;
  y: number;
}

function drawEdge(edge: GraphEdge, points: readonly Point[], down: boolean, lit: boolean): MarkupNode {
  const style = `pg-edge pg-edge-${edge.look}${lit ? ' pg-lit' : ''}`;
  return item(edge, style, [node('path', { class: 'pg-edge-line', d: curve(points, down) }), ...head(points, down)]);
}

/** Leaves and meets the boxes at right angles; between boxes of one layer it bows out. */
function curve(points: readonly Point[], down: boolean): string {
  const [first, ...rest] = points;
  if (first === undefined) return '';
  let d = `M${round(first.x)} ${round(first.y)}`;
  let at = first;
  for (const to of rest) {
    const level = down ? at.y === to.y : at.x === to.x;
    const bow = level ? -34 : undefined;
    const reach = bow ?? (down ? to.y - at.y : to.x - at.x) / 2;
    const back = bow ?? -reach;
    const [a, b] = down
      ? [
          { x: at.x, y: at.y + reach },
          { x: to.x, y: to.y + back },
        ]
      : [
          { x: at.x + reach, y: at.y },
          { x: to.x + back, y: to.y },
        ];
    d += ` C${round(a.x)} ${round(a.y)} ${round(b.x)} ${round(b.y)} ${round(to.x)} ${round(to.y)}`;
    at = to;
  }
  return d;
}

/** The point of an arrow, in the direction in which its line comes in. */
function head(points: readonly Point[], down: boolean): MarkupNode[] {
  const [before, tip] = [points.at(-2), points.at(-1)];
  if (before === undefined || tip === undefined) return [];
  const level = down ? before.y === tip.y : before.x === tip.x;
  const sign = level || (down ? tip.y > before.y : tip.x > before.x) ? 1 : -1;
  const [x, y] = [round(tip.x), round(tip.y)];
  const d = down ? `M${x} ${y} l-4 ${-8 * sign} h8 z` : `M${x} ${y} l${-8 * sign} -4 v8 z`;
  return [node('path', { class: 'pg-edge-head', d })];
}

function edgeEntries(part: GraphPart): Entry[] {
  const looks = (['solid', 'dashed'] as const).filter(
    (look) => part.legend?.[look] !== undefined && part.edges.some((edge) => edge.look === look),
  );
  const entry = (style: string, meaning: string): Entry => ({
    draw: (x, y) => [
      node('path', { class: 'pg-edge-line', d: `M${x} ${y + 5} h12` }),
      node('path', { class: 'pg-edge-head', d: `M${x + 16} ${y + 5} l-7 -4 v8 z` }),
    ],
    meaning,
    style,
  });
  const entries = looks.map((look) => entry(`pg-edge pg-edge-${look}`, part.legend?.[look] ?? look));
  return part.cycle === undefined
    ? entries
    : [...entries, entry('pg-edge pg-edge-solid pg-lit', 'goes round in a circle')];
}
