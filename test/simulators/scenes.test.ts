import { describe, expect, test } from 'vitest';
import {
  type MarkupNode,
  markupText,
  partTree,
  sceneSvg,
  sceneText,
  sceneTree,
  simulators,
} from '../../src/simulators/index.ts';
import { textBoxes } from './text-boxes.ts';
import { brokenXml } from './xml.ts';

const WIDTHS = [380, 900];

const runs = simulators.flatMap((simulator) =>
  simulator.scenarios.map((scenario) => ({
    name: `${simulator.id} ${scenario.id}`,
    open: () => simulator.runScenario(scenario.id),
  })),
);

describe.each(simulators.map((simulator) => ({ id: simulator.id, simulator })))(
  'the pictures of $id',
  ({ id, simulator }) => {
    test('read as text as they did when somebody last looked at them', async () => {
      const pictures = simulator.scenarios.map((scenario) => {
        const run = simulator.runScenario(scenario.id);
        return `======== ${scenario.id}, step ${run.last}\n${sceneText(run.sceneAt(run.last))}\n`;
      });
      await expect(pictures.join('\n')).toMatchFileSnapshot(`./pictures/${id}.txt`);
    });
  },
);

describe.each(runs)('$name', ({ open }) => {
  test('is well-formed at every step, with a name for all of it and for every piece', () => {
    const run = open();
    for (let step = -1; step <= run.last; step++) {
      const svg = sceneSvg(run.sceneAt(step));
      expect(brokenXml(svg)).toBeUndefined();
      expect(svg).toMatch(/^<svg [^>]*aria-label="[^"]+"[^>]*><desc>[^<]+/);
      const items = svg.match(/ data-piece="/g) ?? [];
      const named = svg.match(/ data-piece="[^"]*"><title>[^<]+<\/title>/g) ?? [];
      expect(named.length).toBe(items.length);
      expect(svg).not.toMatch(/style=|#[0-9a-f]{3,8}\b|rgb\(|NaN|undefined/i);
    }
  });

  test('has no text over another, and none beside the picture, however wide it is', () => {
    const run = open();
    for (const width of WIDTHS) {
      for (let step = -1; step <= run.last; step++) {
        const found = textBoxes(sceneTree(run.sceneAt(step), { width }));
        expect({ step, width, found: found.clashes(width) }).toEqual({ step, width, found: [] });
      }
    }
  });

  test('stays within 80 columns as text at every step', () => {
    const run = open();
    for (let step = -1; step <= run.last; step++) {
      const wide = sceneText(run.sceneAt(step))
        .split('\n')
        .filter((line) => line.length > 80);
      expect({ step, wide }).toEqual({ step, wide: [] });
    }
  });
});

describe('what the last step changed', () => {
  test('is marked by a sign of its own in the drawing and in the text, not by colour alone', () => {
    for (const { open } of runs) {
      const run = open();
      const fresh = (node: MarkupNode): boolean =>
        node.attributes.class === 'pg-fresh-sign' ||
        node.children.some((child) => typeof child !== 'string' && fresh(child));
      for (let step = 0; step <= run.last; step++) {
        const scene = run.sceneAt(step);
        if (fresh(sceneTree(scene))) expect(sceneText(scene)).toMatch(/^[*!>] /m);
        const pieces = scene.parts
          .flatMap((part) => (part.kind === 'strips' ? part.strips : []))
          .flatMap(({ pieces }) => pieces);
        if (pieces.some((piece) => piece.fresh)) expect(fresh(sceneTree(scene))).toBe(true);
      }
    }
  });
});

test('the same part gives the same drawing, and its description is its text', () => {
  for (const { open } of runs) {
    const run = open();
    for (const part of run.sceneAt(run.last).parts) {
      const drawn = markupText(partTree(part, { width: 500 }));
      expect(markupText(partTree(structuredClone(part), { width: 500 }))).toBe(drawn);
      expect(drawn).toMatch(/<desc>[^<]+<\/desc>/);
    }
  }
});
