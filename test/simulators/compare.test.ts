import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AnySimulator, compare, simulatorById, simulators } from '#simulators';

function simulator(id: string): AnySimulator {
  const found = simulatorById(id);
  if (!found) throw new Error(`there is no ${id}`);
  return found;
}

describe('two runs side by side', () => {
  it('a run beside itself is alike in every step and result', () => {
    for (const one of simulators) {
      for (const { id } of one.scenarios) {
        const found = compare(one.runScenario(id), one.runScenario(id));
        expect(found.parts).toBeUndefined();
        expect(found.parameters).toEqual([]);
        expect(found.results).toEqual([]);
      }
    }
  });

  it('shows what two policies make of the same memory', () => {
    const hotplug = simulator('memory-hotplug');
    const found = compare(hotplug.runScenario('approach-1'), hotplug.runScenario('approach-1', { policy: 'merged' }));
    expect(found.parameters).toEqual([{ name: 'policy', left: 'approach-1', right: 'merged' }]);
    const parted = found.rows[found.parts ?? -1];
    expect(parted?.left?.label).toBe(parted?.right?.label);
    expect(parted?.left?.rule).not.toBe(parted?.right?.rule);
  });

  it('shows what two kernels make of the same fault', () => {
    const fault = simulator('page-fault');
    const found = compare(
      fault.runScenario('same-page-twice', { kernel: '6.19' }),
      fault.runScenario('same-page-twice', { kernel: '7.0' }),
    );
    expect(found.results.map(({ left, right }) => [left, right])).toContainEqual(['-EEXIST', '-EIO']);
  });

  it('loses no step of either run, and keeps their order', () => {
    const one = simulator('cma-pins');
    const blocks = fc.integer({ min: 0, max: 8 });
    const given = fc.record({ guestBlocks: blocks, kernelBlocks: blocks, wanted: blocks, passthrough: fc.boolean() });
    fc.assert(
      fc.property(given, given, (a, b) => {
        const [left, right] = [one.run(a), one.run(b)];
        const { rows, parts } = compare(left, right);
        expect(rows.flatMap((row) => row.left ?? [])).toEqual(left.steps);
        expect(rows.flatMap((row) => row.right ?? [])).toEqual(right.steps);
        expect(rows.slice(0, parts ?? rows.length).every(({ same }) => same)).toBe(true);
      }),
      { seed: 7, numRuns: 100 },
    );
  });
});

describe('a simulator asked backwards', () => {
  it('counts the situations that lead to a result, and says what they have in common', () => {
    const found = simulator('page-fault').backwards('RET_PF_SPURIOUS');
    expect(found.complete).toBe(true);
    expect(found.leading).toBeGreaterThan(0);
    expect(found.leading).toBeLessThan(found.situations);
    // A fault on a page that nobody has mapped yet cannot be spurious.
    const entry = found.needs.find(({ parameter }) => parameter === 'entry');
    expect(entry?.values).not.toContain('none');
  });

  it('each example runs to the result, and no situation outside does', () => {
    const fault = simulator('page-fault');
    const found = fault.backwards('RET_PF_WRITE_PROTECTED');
    expect(found.examples.length).toBeGreaterThan(0);
    for (const { parameters } of found.examples) {
      const states = fault.run(parameters).steps.map(({ state }) => JSON.stringify(state));
      expect(states.some((state) => state.includes('"mmu":"RET_PF_WRITE_PROTECTED"'))).toBe(true);
    }
  });

  it('agrees with the walk forward: a goal is reached when some situation leads to it', () => {
    for (const one of simulators) {
      for (const goal of one.exploration?.goals.slice(0, 1) ?? []) {
        const forward = one.explore({ until: goal });
        const found = one.backwards(goal);
        if (forward.complete && found.complete)
          expect([one.id, goal, found.leading > 0]).toEqual([one.id, goal, forward.goal?.reached]);
      }
    }
  });

  it('refuses a goal it does not know', () => {
    expect(() => simulator('page-fault').backwards('RET_PF_NEVER')).toThrow(/there is no goal/);
  });
});

describe('a walk over every state', () => {
  it('tells of each goal whether it can be reached: two proposals deadlock, no merged code does', () => {
    const goals = simulator('populate-locks').explore().goals ?? [];
    const reached = Object.fromEntries(goals.map(({ name, reached: yes }) => [name, yes]));
    expect(reached).toMatchObject({
      'deadlock-of-the-lock-in-get-pfn': true,
      'deadlock-of-the-lock-in-mmap-faults': true,
      'deadlock-in-6.16-as-it-is': false,
      'deadlock-in-open-coded': false,
      'deadlock-in-6.19-as-it-is': false,
      'deadlock-in-7.0': false,
    });
  });

  it('looks for one goal where one is asked for', () => {
    const found = simulator('page-fault').explore({ until: 'RET_PF_SPURIOUS' });
    expect(found.goal).toMatchObject({ name: 'RET_PF_SPURIOUS', reached: true });
    expect(found.goals).toBeUndefined();
  });
});
