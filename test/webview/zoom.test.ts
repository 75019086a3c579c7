import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sceneText, simulatorById } from '#simulators';
import { readState } from '#webview';
import { closeUp, type Move, moved, moveOfKey } from '../../src/webview/zoom.ts';

const whole = { start: 0, end: 1000 };

describe('what is shown of a strip', () => {
  test('half of it after one step in, around what is pointed at, and all of it after one step out', () => {
    const near = moved('in', whole, whole, 100);
    expect(near).toEqual({ start: 0, end: 500 });
    expect(moved('in', whole, whole, 600)).toEqual({ start: 350, end: 850 });
    expect(moved('out', whole, near)).toBeUndefined();
    expect(moved('whole', whole, { start: 3, end: 9 })).toBeUndefined();
  });

  test('moves by a quarter and stops at the ends', () => {
    expect(moved('right', whole, { start: 0, end: 400 })).toEqual({ start: 100, end: 500 });
    expect(moved('right', whole, { start: 600, end: 1000 })).toEqual({ start: 600, end: 1000 });
    expect(moved('left', whole, { start: 50, end: 450 })).toEqual({ start: 0, end: 400 });
  });

  test('a close-up has a piece in its middle with as much again around it', () => {
    expect(closeUp(whole, { start: 100, end: 120 })).toEqual({ start: 90, end: 130 });
    expect(closeUp(whole, { start: 0, end: 900 })).toBeUndefined();
  });

  test('is never empty and never outside, whatever is pressed', () => {
    const moves = fc.array(fc.constantFrom<Move>('in', 'out', 'whole', 'left', 'right'), { maxLength: 60 });
    fc.assert(
      fc.property(moves, fc.integer({ min: 0, max: 1000 }), (list, middle) => {
        let now: { start: number; end: number } | undefined;
        for (const move of list) {
          now = moved(move, whole, now, middle);
          if (now === undefined) continue;
          expect(now.start).toBeGreaterThanOrEqual(0);
          expect(now.end).toBeLessThanOrEqual(1000);
          expect(now.end - now.start).toBeGreaterThanOrEqual(4);
        }
      }),
      { seed: 3, numRuns: 300 },
    );
  });

  test('the arrows move the view only while it is zoomed, so that they step otherwise', () => {
    expect(moveOfKey('ArrowLeft', false)).toBeUndefined();
    expect(moveOfKey('ArrowLeft', true)).toBe('left');
    expect(['+', '=', '-', '0'].map((key) => moveOfKey(key, false))).toEqual(['in', 'in', 'out', 'whole']);
    expect(moveOfKey('x', true)).toBeUndefined();
  });

  test('is told as text too: pieces out of sight are gone, and the ends are named', () => {
    const scene = simulatorById('tdmr-pamt')?.runScenario('local-node-first').sceneAt(99);
    if (scene === undefined) throw new Error('tdmr-pamt is missing');
    const zoomed = sceneText(scene, { windows: { memory: { start: 1310720, end: 1318912 } } });
    expect(zoomed).toMatch(/node 1 \|#+ PAMT 0 #+\| PAMT 1 \|#+ PAMT 2 #+/);
    expect(zoomed).toMatch(/^ +5 GB +5 GB \+ 32 MB$/m);
    expect(zoomed.split('\n\n')[1]).not.toContain('TDMR 0 [0, 3 GB)');
    expect(sceneText(scene, { windows: { memory: { start: 1e12, end: 2e12 } } })).toBe(sceneText(scene));
  });

  test('is part of what a panel keeps, and what is no stretch is left out', () => {
    const state = { simulator: 'tdmr-pamt', values: {}, fromText: [] };
    const zoom = { memory: { start: 1, end: 2 } };
    expect(readState({ ...state, zoom })).toEqual({ ...state, zoom });
    for (const bad of [{ memory: { start: 2, end: 1 } }, { memory: 3 }, { '../a': { start: 1, end: 2 } }, 'x']) {
      expect(readState({ ...state, zoom: bad })).toEqual(state);
    }
  });
});
