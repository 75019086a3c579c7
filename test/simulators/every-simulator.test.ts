import { describe, expect, test } from 'vitest';
import { parseShare, sceneSvg, sceneText, shareText, simulatorById, simulators } from '../../src/simulators/index.ts';

const KEBAB = /^[a-z0-9]+([.-][a-z0-9]+)*$/;

test('ids are told apart and lead back to their simulator', () => {
  const ids = simulators.map((simulator) => simulator.id);
  expect(ids).toContain('tdmr-pamt');
  expect(new Set(ids).size).toBe(ids.length);
  for (const simulator of simulators) expect(simulatorById(simulator.id)).toBe(simulator);
  expect(simulatorById('no-such-simulator')).toBeUndefined();
});

describe.each(simulators.map((simulator) => ({ id: simulator.id, simulator })))('$id', ({ simulator }) => {
  const cases = simulator.scenarios.map((scenario) => ({ id: scenario.id, scenario }));

  test('says what it shows, what it leaves out and where it comes from', () => {
    expect(simulator.id).toMatch(KEBAB);
    expect(simulator.leavesOut.length).toBeGreaterThan(0);
    expect(simulator.sources.length).toBeGreaterThan(0);
    for (const text of [simulator.about, ...simulator.leavesOut]) expect(text).toMatch(/^[A-Z].*\.$/s);
    const ids = simulator.scenarios.map((scenario) => scenario.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(simulator.check({})).toMatchObject({ ok: true });
  });

  test.each(cases)('$id runs, opens at a step that exists, and every rule says why', ({ scenario }) => {
    expect(scenario.id).toMatch(KEBAB);
    expect(scenario.lesson).toMatch(/\.$/);
    expect(scenario.from).not.toBe('');
    const run = simulator.runScenario(scenario.id);
    expect(scenario.openAt ?? -1).toBeLessThanOrEqual(run.last);
    for (const step of run.steps) {
      expect(step.rule).toMatch(KEBAB);
      expect(step.because).toMatch(/\.$/);
      expect(step.source?.where ?? '').not.toBe('');
    }
  });

  test.each(cases)('$id draws a picture at every step, with no piece outside its strip', ({ scenario }) => {
    const run = simulator.runScenario(scenario.id);
    for (let step = -1; step <= run.last; step++) {
      const scene = run.sceneAt(step);
      expect(scene.summary).not.toBe('');
      for (const part of scene.parts) {
        if (part.kind !== 'strips') continue;
        for (const strip of part.strips) {
          expect(new Set(strip.pieces.map((piece) => piece.id)).size).toBe(strip.pieces.length);
          for (const piece of strip.pieces) {
            expect(strip.start <= piece.start && piece.start <= piece.end && piece.end <= strip.end).toBe(true);
          }
        }
      }
      expect(
        sceneText(scene)
          .split('\n')
          .every((line) => line.length <= 100),
      ).toBe(true);
      expect(sceneSvg(scene)).toContain('</svg>');
    }
  });

  test.each(cases)('$id can be shared and opened again', ({ scenario }) => {
    const run = simulator.runScenario(scenario.id);
    const shared = { scenario: scenario.id, parameters: run.parameters, step: run.last };
    const text = shareText(simulator, shared);
    expect(parseShare(text)).toEqual({ ok: true, shared: { simulator: simulator.id, ...shared } });
  });
});
