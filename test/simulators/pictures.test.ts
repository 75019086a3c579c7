import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  markupText,
  type Piece,
  partTree,
  type Scene,
  type StripPart,
  sceneSvg,
  sceneText,
} from '../../src/simulators/index.ts';
import { axisOf } from '../../src/simulators/kit/axis.ts';

function piece(id: string, start: number, end: number, look: Piece['look'], more: Partial<Piece> = {}): Piece {
  return { id, start, end, label: id, detail: `${id} from ${start} to ${end}`, look, ...more };
}

function strips(...list: StripPart['strips'][number][]): StripPart {
  return { kind: 'strips', title: 'Memory', unit: 'page', strips: list };
}

const scene: Scene = {
  title: 'A picture',
  summary: 'Two strips, a table and a note.',
  parts: [
    {
      ...strips(
        {
          label: 'node 0',
          start: 0,
          end: 100,
          pieces: [piece('all', 0, 100, 'outline'), piece('used', 20, 60, 'solid', { fresh: true })],
        },
        {
          label: 'node 1',
          start: 100,
          end: 200,
          pieces: [piece('free', 100, 150, 'dotted', { hue: 1 }), piece('kept', 150, 200, 'hatched')],
        },
      ),
      marks: [
        { at: 0, label: '0' },
        { at: 200, label: '200' },
      ],
      legend: { solid: 'in use', dotted: 'free' },
    },
    {
      kind: 'table',
      title: 'Counts',
      columns: ['what', 'how many'],
      rows: [{ cells: ['a', '1'], mark: 'bad' }, { cells: ['bb', '22'] }],
    },
    { kind: 'note', look: 'error', text: 'It failed.' },
  ],
};

describe('as text', () => {
  test('a reader sees strips to scale, what they mean, and every piece in words', () => {
    expect(sceneText(scene, { width: 60 })).toBe(`A picture
Two strips, a table and a note.

Memory
node 0 |[----## used ##----------]                         |
node 1 |                         :::: free ::://// kept ///|
        0                                               200
To scale (smallest mark one column); [-] outline; # in use;
/ hatched; : free
  node 0: all from 0 to 100
* node 0: used from 20 to 60
  node 1: free from 100 to 150
  node 1: kept from 150 to 200

Counts
  what  how many
! a     1
  bb    22

Error: It failed.

* touched or changed by this step; ! refused, failed or
stuck`);
  });

  test('no line is longer than the width, and a narrow width is 40', () => {
    const width = (text: string) => Math.max(...text.split('\n').map((line) => line.length));
    expect(width(sceneText(scene, { width: 50 }))).toBeLessThanOrEqual(50);
    expect(width(sceneText(scene, { width: 3 }))).toBeLessThanOrEqual(40);
  });

  test('of many pieces what the step touched is told, and the rest is counted', () => {
    const many = Array.from({ length: 100 }, (_, index) =>
      piece(`p${index}`, index, index + 1, 'dotted', index === 77 ? { fresh: true } : {}),
    );
    const text = sceneText({
      title: 'T',
      summary: 'S',
      parts: [strips({ label: 'n', start: 0, end: 100, pieces: many })],
    });
    expect(text).toContain('* n: p77 from 77 to 78');
    expect(text).toContain('and 90 more on n');
  });
});

describe('the axis', () => {
  test('draws a long empty stretch short, and everything else to scale', () => {
    const axis = axisOf(
      strips({
        label: 'n',
        start: 0,
        end: 10_000,
        pieces: [piece('a', 0, 100, 'solid'), piece('b', 9900, 10_000, 'solid')],
      }),
    );
    expect(axis.breaks).toEqual([{ start: 100, end: 9900 }]);
    expect(axis.place(100)).toBeCloseTo(axis.place(10_000) - axis.place(9900));
    expect(axis.place(9900) - axis.place(100)).toBeLessThan(0.1);
  });

  test('is the whole range where nothing is empty for long, and does not fail where nothing is at all', () => {
    expect(
      axisOf(strips({ label: 'n', start: 0, end: 10, pieces: [piece('a', 0, 4, 'solid'), piece('b', 5, 10, 'solid')] }))
        .breaks,
    ).toEqual([]);
    expect(axisOf(strips()).place(5)).toBe(0);
    expect(axisOf(strips({ label: 'n', start: 0, end: 10, pieces: [] })).place(5)).toBe(0.5);
  });

  test('keeps the order of addresses', () => {
    const ranges = fc.array(fc.tuple(fc.nat(10_000), fc.nat(500)), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(ranges, fc.nat(11_000), fc.nat(11_000), (list, a, b) => {
        const pieces = list.map(([start, size], index) => piece(`p${index}`, start, start + size, 'solid'));
        const axis = axisOf(strips({ label: 'n', start: 0, end: 11_000, pieces }));
        const [low, high] = [axis.place(Math.min(a, b)), axis.place(Math.max(a, b))];
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1 + 1e-9);
        expect(low).toBeLessThanOrEqual(high + 1e-12);
      }),
      { seed: 7 },
    );
  });
});

describe('as SVG', () => {
  const svg = sceneSvg(scene, { idPrefix: 'one' });

  test('it is an image with a name, a title on every piece, and colours left to the style sheet', () => {
    expect(svg).toMatch(
      /^<svg [^>]*role="graphics-document" aria-label="A picture"[^>]*><desc>Two strips, a table and a note.<\/desc>/,
    );
    expect(svg).toContain('<title>used from 20 to 60 (changed by this step)</title>');
    expect(svg).toContain('class="pg-item pg-piece pg-dotted pg-hue-1"');
    expect(svg).toContain('class="pg-item pg-piece pg-solid pg-fresh" role="graphics-symbol" data-piece="used"');
    expect(svg).toContain('<pattern id="one-hatched"');
    expect(svg).toContain('fill="url(#one-dotted-1)"');
    expect(svg).not.toMatch(/style=|#[0-9a-f]{3,6}"|rgb\(/);
  });

  test('the same scene gives the same drawing', () => {
    expect(sceneSvg(structuredClone(scene), { idPrefix: 'one' })).toBe(svg);
  });

  test('a broken axis is marked', () => {
    const far = strips({
      label: 'n',
      start: 0,
      end: 9000,
      pieces: [piece('a', 0, 100, 'solid'), piece('b', 8900, 9000, 'solid')],
    });
    expect(markupText(partTree(far))).toContain('class="pg-break"');
    expect(sceneText({ title: 'T', summary: 'S', parts: [far] })).toContain('~ ~ empty addresses, not to scale');
  });

  test('no text can become markup, whatever it is', () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('<script>', '"><g onload="x', ']]>', "'&amp;", '\u0000\ud800'),
    );
    fc.assert(
      fc.property(hostile, hostile, (a, b) => {
        const drawn = sceneSvg({
          title: a,
          summary: b,
          parts: [
            strips({ label: a, start: 0, end: 9, pieces: [piece(b, 0, 9, 'hatched', { label: a, detail: b })] }),
            { kind: 'table', title: a, columns: [a, b], rows: [{ cells: [b, a] }] },
            { kind: 'note', look: 'info', text: b },
          ],
        });
        const tags = drawn.match(/<\/?[a-zA-Z]+/g) ?? [];
        const known = ['svg', 'defs', 'desc', 'pattern', 'path', 'g', 'text', 'title', 'rect'];
        expect(tags.filter((tag) => !known.includes(tag.replace(/[</]/g, '')))).toEqual([]);
        expect(drawn.match(/<\?|<!|&(?!(amp|lt|gt|quot|#39);)/)).toBeNull();
        // Every attribute is one of ours: nothing broke out of a quoted value.
        const attributes = [...drawn.matchAll(/ ([a-zA-Z-]+)="[^"<]*"/g)].map((match) => match[1]);
        expect(attributes.some((name) => name?.startsWith('on'))).toBe(false);
      }),
      { seed: 7, numRuns: 300 },
    );
  });
});
