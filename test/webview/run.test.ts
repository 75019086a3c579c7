import { describe, expect, test } from 'vitest';
import { type AnySimulator, parseShare, simulatorById, simulators, traceMarkdown } from '#simulators';
import { type PanelState, stateOf } from '#webview';
import { firstPosition, nameOf, runOf, shareOf } from '../../src/webview/run.ts';

const simulator = simulatorById('tdmr-pamt');
const empty: PanelState = { simulator: 'tdmr-pamt', values: {}, fromText: [] };

function known(id: string): AnySimulator {
  const found = simulatorById(id);
  if (found === undefined) throw new Error(`${id} is missing`);
  return found;
}

describe('the run behind a panel', () => {
  test('a scenario opens where it says, with its own values', () => {
    for (const one of simulators) {
      for (const scenario of one.scenarios) {
        const run = runOf(one, { ...empty, simulator: one.id, scenario: scenario.id });
        expect(firstPosition(run, undefined)).toBe(Math.min(scenario.openAt ?? -1, run.trace.last));
        expect(run.values).toMatchObject(scenario.parameters);
        expect(run.ignored).toEqual([]);
      }
    }
  });

  test('a value the simulator does not take is left out and named, and the rest counts', () => {
    if (simulator === undefined) throw new Error('tdmr-pamt is missing');
    const run = runOf(simulator, { ...empty, values: { nodes: 2, moon: 1 } });
    expect(run.values).toMatchObject({ nodes: 2 });
    expect(run.ignored.join()).toContain('moon');
  });

  test('a step beyond the run is its end', () => {
    if (simulator === undefined) throw new Error('tdmr-pamt is missing');
    const run = runOf(simulator, empty);
    expect(firstPosition(run, 1e6)).toBe(run.trace.last);
  });

  test('the shared text names the scenario, what differs and the step', () => {
    if (simulator === undefined) throw new Error('tdmr-pamt is missing');
    const run = runOf(simulator, { ...empty, scenario: 'one-chunk', values: { nodes: 2 } });
    expect(shareOf(run, 3)).toBe('tdmr-pamt?scenario=one-chunk&nodes=2&step=3');
  });
});

describe('two runs in one panel', () => {
  const hotplug = known('memory-hotplug');
  const state: PanelState = {
    simulator: 'memory-hotplug',
    scenario: 'approach-1',
    values: {},
    fromText: [],
    against: { policy: 'merged' },
  };

  test('stand beside each other, open where they part, and are called by what differs', () => {
    const run = runOf(hotplug, state);
    const parts = firstPosition(run, undefined);
    const place = run.walk.at(parts);
    expect(place.same).toBe(false);
    expect(place.left.taken?.because).not.toBe(place.right?.taken?.because);
    expect(nameOf(run, run.beside?.values ?? {})).toMatch(/^Who decides: Merged/);
  });

  test('every step of the left run has its place in the walk', () => {
    const run = runOf(hotplug, state);
    const steps = Array.from({ length: run.walk.last + 1 }, (_, position) => run.walk.at(position).left.taken?.index);
    expect(steps.filter((step) => step !== undefined)).toEqual(run.trace.steps.map(({ index }) => index));
    expect(run.walk.leftStep(run.walk.last)).toBe(run.trace.last);
  });

  test('a value of the run beside that is refused is left out and named', () => {
    const run = runOf(hotplug, { ...state, against: { policy: 'none-such' } });
    expect(run.beside).toBeUndefined();
    expect(run.ignored.join()).toContain('policy');
  });

  test('come back from their shared text', () => {
    const text = shareOf(runOf(hotplug, state), 2);
    expect(text).toBe('memory-hotplug?scenario=approach-1&against.policy=merged&step=2');
    expect(parseShare(text)).toMatchObject({
      ok: true,
      shared: { scenario: 'approach-1', against: { policy: 'merged' }, step: 2 },
    });
  });
});

describe('the way to a state', () => {
  test('can be walked, opens at its end, and comes back from its shared text', () => {
    for (const id of ['populate-locks', 'page-fault']) {
      const one = known(id);
      const goal = one.exploration?.goals[0] ?? '';
      const way = one.wayTo(goal);
      const run = runOf(one, { ...empty, simulator: id, goal });
      expect(run.trace.steps.map(({ because }) => because)).toEqual(way?.steps.map(({ because }) => because));
      expect(firstPosition(run, undefined)).toBe(way?.last);
      expect(parseShare(shareOf(run, run.trace.last))).toMatchObject({ ok: true, shared: { goal, step: way?.last } });
    }
  });

  test('is the shortest that the walk of all states finds', () => {
    const locks = known('populate-locks');
    const found = locks.explore({ until: 'deadlock' }).goal?.path;
    // The first step of a path is its start.
    expect(locks.wayTo('deadlock')?.steps.map(({ because }) => because)).toEqual(
      found?.slice(1).map(({ because }) => because),
    );
  });

  test('a goal nobody knows is refused', () => {
    expect(parseShare('page-fault?goal=none-such')).toMatchObject({ ok: false });
    expect(parseShare('page-fault?goal=RET_PF_FIXED&view=private')).toMatchObject({ ok: false });
    expect(parseShare('tdmr-pamt?against.moon=1')).toMatchObject({ ok: false });
  });
});

describe('a shared text restores the whole state', () => {
  test('of every scenario at its steps', () => {
    for (const one of simulators) {
      for (const { id } of one.scenarios) {
        const first = runOf(one, { ...empty, simulator: one.id, scenario: id });
        for (let position = -1; position <= first.walk.last; position += 3) {
          const parsed = parseShare(shareOf(first, position));
          if (!parsed.ok) throw new Error(parsed.message);
          const state = stateOf(parsed.shared);
          if (!state) throw new Error('there is no state');
          const again = runOf(one, state);
          expect(again.trace.steps).toEqual(first.trace.steps);
          expect(firstPosition(again, state.step)).toBe(position);
        }
      }
    }
  });
});

describe('a trace as Markdown', () => {
  test('has every step with its reason and rule, the values, the picture and what is left out', () => {
    for (const one of simulators) {
      const scenario = one.scenarios[0];
      if (scenario === undefined) throw new Error(`${one.id} has no scenario`);
      const run = one.runScenario(scenario.id);
      const text = traceMarkdown(one, run, run.last);
      for (const { rule, index } of run.steps) {
        expect(text).toContain(`\n${index + 1}. `);
        expect(text).toContain(`\`${rule}\``);
      }
      for (const spec of one.parameters) expect(text).toContain(`| ${spec.label.replace(/[\\`*_[\]<>#|]/g, '\\$&')} |`);
      expect(text).toContain('## What the model leaves out');
      expect(text.split('~~~').length).toBe(3);
    }
  });
});
