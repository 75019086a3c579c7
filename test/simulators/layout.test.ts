import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { narrowed } from '../../src/simulators/kit/columns.ts';
import { layoutOf, type Size } from '../../src/simulators/kit/graph-layout.ts';
import { foldTo, widthOf } from '../../src/simulators/kit/measure.ts';
import type { GraphPart } from '../../src/simulators/kit/scene.ts';

function graph(nodes: readonly string[], edges: readonly [string, string][]): GraphPart {
  return {
    kind: 'graph',
    title: 'G',
    nodes: nodes.map((id) => ({ id, label: id, lines: [], role: 'thing', detail: id })),
    edges: edges.map(([from, to], index) => ({
      id: `${index}`,
      from,
      to,
      look: 'solid',
      of: from,
      verb: 'then',
      object: to,
      detail: `${from} ${to}`,
    })),
  };
}

const SIZE: Size = { along: 40, across: 80 };

function laid(part: GraphPart) {
  return layoutOf(part, new Map(part.nodes.map(({ id }) => [id, SIZE])));
}

describe('the places of a small graph', () => {
  test('what comes after something stands below it, and a ring is broken at the arrow that leads back', () => {
    const { places } = laid(
      graph(
        ['a', 'b', 'c'],
        [
          ['a', 'b'],
          ['b', 'c'],
          ['c', 'a'],
        ],
      ),
    );
    const along = ['a', 'b', 'c'].map((id) => places.get(id)?.along ?? 0);
    expect(along).toEqual([...along].sort((x, y) => x - y));
    expect(new Set(along).size).toBe(3);
  });

  test('boxes that cross as given are put in an order in which they do not', () => {
    const { places } = laid(
      graph(
        ['a', 'b', 'c', 'd'],
        [
          ['a', 'd'],
          ['b', 'c'],
        ],
      ),
    );
    const across = (id: string) => places.get(id)?.across ?? 0;
    expect(Math.sign(across('a') - across('b'))).toBe(Math.sign(across('d') - across('c')));
  });

  test('two arrows between the same boxes do not lie on each other', () => {
    const { routes } = laid(
      graph(
        ['a', 'b'],
        [
          ['a', 'b'],
          ['b', 'a'],
        ],
      ),
    );
    expect(routes.get('0')?.[0]?.across).not.toBe(routes.get('1')?.at(-1)?.across);
  });

  test('no two boxes overlap, every arrow begins and ends at its box, and the same graph is laid the same', () => {
    const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    const edge = fc.tuple(fc.constantFrom(...ids), fc.constantFrom(...ids));
    fc.assert(
      fc.property(fc.array(edge, { maxLength: 12 }), (edges) => {
        const part = graph(ids, edges);
        const { places, routes, breadth, length } = laid(part);
        expect(laid(part)).toEqual({ places, routes, breadth, length });
        const boxes = ids.flatMap((id) => places.get(id) ?? []);
        expect(boxes.length).toBe(ids.length);
        for (const [index, one] of boxes.entries()) {
          for (const other of boxes.slice(index + 1)) {
            const apart =
              Math.abs(one.along - other.along) >= SIZE.along || Math.abs(one.across - other.across) >= SIZE.across;
            expect(apart).toBe(true);
          }
          expect(one.across - SIZE.across / 2).toBeGreaterThanOrEqual(-0.01);
          expect(one.across + SIZE.across / 2).toBeLessThanOrEqual(breadth + 0.01);
        }
        for (const { id, from, to } of part.edges) {
          const route = routes.get(id) ?? [];
          const near = (place: { across: number } | undefined, box: string) =>
            Math.abs((place?.across ?? 1e9) - (places.get(box)?.across ?? 0)) <= SIZE.across / 2;
          expect(near(route[0], from) && near(route.at(-1), to)).toBe(true);
        }
      }),
      { seed: 5, numRuns: 200 },
    );
  });
});

describe('texts in pixels', () => {
  test('are folded into lines that have room, and nothing of them is lost', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 80 }), fc.integer({ min: 30, max: 300 }), (text, width) => {
        const lines = foldTo(text, width);
        for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(width);
        expect(lines.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
      }),
      { seed: 6, numRuns: 300 },
    );
  });

  test('are estimated at least as wide as a common face draws them', () => {
    // Advance widths of Arial at 12 px, from its metrics.
    expect(widthOf('The quick brown fox')).toBeGreaterThan(108);
    expect(widthOf('WRITE_PROTECTED')).toBeGreaterThan(117);
  });

  test('a narrow table takes room from its widest column first, and never from a longest word without need', () => {
    expect(narrowed([10, 50, 20], 60)).toEqual([10, 30, 20]);
    expect(narrowed([10, 50, 20], 60, [0, 35, 0])).toEqual([10, 35, 15]);
    expect(narrowed([10, 5], 40)).toEqual([10, 5]);
    expect(narrowed([10, 10], 2, [9, 9])).toEqual([1, 1]);
  });
});
