import type { GraphPart } from './scene.ts';

/**
 * Places for the boxes of a small graph: layers one after the other, boxes side by side within a layer, ordered so that few
 * arrows cross. The same graph gives the same places. Made for a dozen boxes; the cost grows with layers times edges.
 */
export interface Layout {
  /** By node id: the middle of the box, along the layers and across them, in pixels. */
  places: ReadonlyMap<string, Place>;
  /** By edge id: the points it runs through, from its port on one box to its port on the other. */
  routes: ReadonlyMap<string, readonly Place[]>;
  length: number;
  breadth: number;
}

export interface Place {
  along: number;
  across: number;
}

/** The size of a box: its extent along the layers and across them. */
export interface Size {
  along: number;
  across: number;
}

/** A box, or a bend of an edge that runs past a layer. */
interface Spot {
  id: string;
  layer: number;
  size: Size;
  across: number;
  /** Ids of spots it is joined to in neighbouring layers. */
  joined: string[];
}

const BETWEEN_LAYERS = 46;
const BETWEEN_BOXES = 18;
const BEND: Size = { along: 0, across: 8 };
/** Room for an arrow between two boxes of one layer, which bows out to the side. */
const BOW = 26;

export function layoutOf(part: GraphPart, sizes: ReadonlyMap<string, Size>): Layout {
  const layers = layersOf(part);
  const spots = new Map<string, Spot>();
  for (const { id } of part.nodes) {
    spots.set(id, { id, layer: layers.get(id) ?? 0, size: sizes.get(id) ?? BEND, across: 0, joined: [] });
  }
  const bends = joinThroughLayers(part, spots);
  const rows: Spot[][] = [];
  for (const spot of spots.values()) {
    while (rows.length <= spot.layer) rows.push([]);
    rows[spot.layer]?.push(spot);
  }
  // Where layers are given, so is the order in them: a box keeps its place from step to step.
  const given = part.nodes.every((node) => node.layer !== undefined);
  for (let sweep = 0; sweep < 8 && !given; sweep++) reorder(sweep % 2 === 0 ? rows : [...rows].reverse(), spots);
  const breadth = Math.max(...rows.map(widthOf), 0);
  for (const row of rows) settle(row, breadth);
  const bows = part.edges.some(({ from, to }) => spots.get(from)?.layer === spots.get(to)?.layer) ? BOW : 0;
  const { middles, length } = alongOf(rows, bows);
  const places = new Map([...spots.values()].map((spot) => [spot.id, placeOf(spot, middles)]));
  return { places, routes: routesOf(part, spots, places, bends), length, breadth };
}

function placeOf(spot: Spot, middles: readonly number[]): Place {
  return { along: middles[spot.layer] ?? 0, across: spot.across };
}

/** The given layers, or for each node one more than the most of those that lead to it; arrows that close a ring do not count. */
function layersOf({ nodes, edges }: GraphPart): Map<string, number> {
  const given = nodes.filter((node) => node.layer !== undefined);
  if (given.length === nodes.length) return new Map(nodes.map((node) => [node.id, node.layer ?? 0]));
  const layers = new Map<string, number>();
  const visiting = new Set<string>();
  const back = new Set<string>();
  const visit = (id: string) => {
    if (layers.has(id) || visiting.has(id)) return;
    visiting.add(id);
    layers.set(id, 0);
    for (const edge of edges) {
      if (edge.from !== id) continue;
      if (visiting.has(edge.to)) back.add(edge.id);
      else visit(edge.to);
    }
    visiting.delete(id);
  };
  for (const { id } of nodes) visit(id);
  // Ring-free by now, so as many rounds as nodes settle every layer.
  for (let round = 0; round < nodes.length; round++) {
    for (const { id, from, to } of edges) {
      if (back.has(id) || from === to) continue;
      layers.set(to, Math.max(layers.get(to) ?? 0, (layers.get(from) ?? 0) + 1));
    }
  }
  return layers;
}

/** Joins neighbours, and leads edges that span more than one layer through bends. The answer: by edge id its bends, in order. */
function joinThroughLayers({ edges }: GraphPart, spots: Map<string, Spot>): Map<string, string[]> {
  const bends = new Map<string, string[]>();
  for (const { id, from, to } of edges) {
    const [a, b] = [spots.get(from), spots.get(to)];
    if (a === undefined || b === undefined) continue;
    const step = Math.sign(b.layer - a.layer);
    const own: string[] = [];
    let before = a;
    for (let layer = a.layer + step; step !== 0 && layer !== b.layer; layer += step) {
      const bend: Spot = { id: `${id} ${layer}`, layer, size: BEND, across: 0, joined: [] };
      spots.set(bend.id, bend);
      join(before, bend);
      own.push(bend.id);
      before = bend;
    }
    if (step !== 0) join(before, b);
    bends.set(id, own);
  }
  return bends;
}

function join(a: Spot, b: Spot): void {
  a.joined.push(b.id);
  b.joined.push(a.id);
}

/** One sweep: each layer is sorted by the mean place of what its spots are joined to in layers swept before. */
function reorder(rows: readonly Spot[][], spots: ReadonlyMap<string, Spot>): void {
  const order = new Map<string, number>();
  for (const row of rows) {
    const wanted = new Map(
      row.map((spot, index) => {
        const known = spot.joined.flatMap((id) => order.get(id) ?? []);
        return [spot.id, known.length === 0 ? index : known.reduce((sum, each) => sum + each, 0) / known.length];
      }),
    );
    row.sort((a, b) => (wanted.get(a.id) ?? 0) - (wanted.get(b.id) ?? 0));
    for (const [index, spot] of row.entries()) order.set(spot.id, index * (spots.size / row.length));
  }
}

function widthOf(row: readonly Spot[]): number {
  return row.reduce((sum, spot) => sum + spot.size.across, 0) + BETWEEN_BOXES * Math.max(0, row.length - 1);
}

/** A layer in the middle of the breadth, its boxes a little apart where there is room. */
function settle(row: readonly Spot[], breadth: number): void {
  const spare = Math.min(60, (breadth - widthOf(row)) / Math.max(1, row.length));
  let at = (breadth - widthOf(row) - spare * (row.length - 1)) / 2;
  for (const spot of row) {
    spot.across = at + spot.size.across / 2;
    at += spot.size.across + BETWEEN_BOXES + spare;
  }
}

function alongOf(rows: readonly Spot[][], bows: number): { middles: number[]; length: number } {
  const middles: number[] = [];
  let at = bows;
  for (const row of rows) {
    const depth = Math.max(0, ...row.map((spot) => spot.size.along));
    middles.push(at + depth / 2);
    at += depth + BETWEEN_LAYERS;
  }
  return { middles, length: Math.max(0, at - BETWEEN_LAYERS) };
}

/** Ends of edges are spread along the side of the box they meet, in the order of where they come from. */
function routesOf(
  { edges }: GraphPart,
  spots: ReadonlyMap<string, Spot>,
  places: ReadonlyMap<string, Place>,
  bends: ReadonlyMap<string, readonly string[]>,
): Map<string, readonly Place[]> {
  interface End {
    edge: string;
    last: boolean;
    towards: number;
  }
  const sides = new Map<string, { spot: Spot; side: -1 | 1; ends: End[] }>();
  const meet = (spot: Spot, other: Spot, edge: string, last: boolean) => {
    const side = other.layer > spot.layer ? 1 : -1;
    const key = `${spot.id} ${side}`;
    const known = sides.get(key) ?? { spot, side, ends: [] };
    known.ends.push({ edge, last, towards: other.across });
    sides.set(key, known);
  };
  for (const { id, from, to } of edges) {
    const way = [from, ...(bends.get(id) ?? []), to].flatMap((each) => spots.get(each) ?? []);
    const [first, second, last, before] = [way[0], way[1], way.at(-1), way.at(-2)];
    if (first === undefined || second === undefined || last === undefined || before === undefined) continue;
    meet(first, second, id, false);
    meet(last, before, id, true);
  }
  const ports = new Map<string, Place>();
  for (const { spot, side, ends } of sides.values()) {
    const sorted = [...ends].sort((a, b) => a.towards - b.towards || (a.edge < b.edge ? -1 : 1));
    const gap = Math.min(22, (spot.size.across - 12) / (sorted.length + 1));
    for (const [index, { edge, last }] of sorted.entries()) {
      const across = spot.across + (index - (sorted.length - 1) / 2) * gap;
      const along = (places.get(spot.id)?.along ?? 0) + (side * spot.size.along) / 2;
      ports.set(`${edge} ${last}`, { along, across });
    }
  }
  return new Map(
    edges.map(({ id }) => {
      const ends = [ports.get(`${id} false`), ports.get(`${id} true`)];
      const middle = (bends.get(id) ?? []).map((bend) => places.get(bend));
      return [id, [ends[0], ...middle, ends[1]].filter((place) => place !== undefined)];
    }),
  );
}
