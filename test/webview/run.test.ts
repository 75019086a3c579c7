import { describe, expect, test } from 'vitest';
import { simulatorById, simulators } from '#simulators';
import { firstPosition, runOf, shareOf } from '../../src/webview/run.ts';

const simulator = simulatorById('tdmr-pamt');

describe('the run behind a panel', () => {
  test('a scenario opens where it says, with its own values', () => {
    for (const one of simulators) {
      for (const scenario of one.scenarios) {
        const run = runOf(one, { scenario: scenario.id, values: {} });
        expect(firstPosition(run, undefined)).toBe(Math.min(scenario.openAt ?? -1, run.trace.last));
        expect(run.values).toMatchObject(scenario.parameters);
        expect(run.ignored).toEqual([]);
      }
    }
  });

  test('a value the simulator does not take is left out and named, and the rest counts', () => {
    if (simulator === undefined) throw new Error('tdmr-pamt is missing');
    const run = runOf(simulator, { values: { nodes: 2, moon: 1 } });
    expect(run.values).toMatchObject({ nodes: 2 });
    expect(run.ignored.join()).toContain('moon');
  });

  test('a step beyond the run is its end', () => {
    if (simulator === undefined) throw new Error('tdmr-pamt is missing');
    const run = runOf(simulator, { values: {} });
    expect(firstPosition(run, 1e6)).toBe(run.trace.last);
  });

  test('the shared text names the scenario, what differs and the step', () => {
    if (simulator === undefined) throw new Error('tdmr-pamt is missing');
    const run = runOf(simulator, { scenario: 'one-chunk', values: { nodes: 2 } });
    expect(shareOf(run, 3)).toBe('tdmr-pamt?scenario=one-chunk&nodes=2&step=3');
  });
});
