import { describe, expect, it } from 'vitest';
import { parseShare, sceneSvg, sceneText, shareText } from '#simulators';
import { pagePinning } from '../../src/simulators/page-pinning/index.ts';

/** What a lesson says, asked of the run itself. */
interface Result {
  started: boolean;
  pinnedGb: number;
  zaps: number;
  guestFaults: number;
  copies: number;
  migrated: number;
  forNothing: { scans: number; zaps: number; invalidations: number; guestFaults: number; targetPages: number };
  count: { found: number; expected: number } | null;
  rounds: { madeProtNone: boolean; end: string; steps: string[] }[];
}

function resultOf(id: string, given = {}): Result {
  return JSON.parse(JSON.stringify(pagePinning.runScenario(id, given).result));
}

describe('the scenarios of the SEV pinning thread', () => {
  it('are there by their ids', () => {
    const ids = pagePinning.scenarios.map((scenario) => scenario.id);
    expect(ids).toEqual(
      expect.arrayContaining([
        ...['refcount-is-not-a-pin', 'pinned-up-front', 'demand-pinning'],
        ...['pinned-thp-or-shared', 'guest-memfd-needs-neither'],
      ]),
    );
  });

  it('refcount-is-not-a-pin: one zap, two invalidations, two faults and a target a scan, for nothing, without a copy', () => {
    const once = resultOf('refcount-is-not-a-pin');
    const cost = { scans: 1, zaps: 1, invalidations: 2, guestFaults: 2, targetPages: 1 };
    expect(once).toMatchObject({ forNothing: cost, copies: 0, migrated: 0, count: { found: 2, expected: 1 } });
    expect(once.rounds[0]?.steps.map((words) => words.slice(0, 2))).toEqual(['1 ', '2 ', '3 ', '4 ', '5 ', '6 ']);
    expect(resultOf('refcount-is-not-a-pin', { scans: 5 }).forNothing).toEqual({
      ...{ scans: 5, zaps: 5, invalidations: 10, guestFaults: 10, targetPages: 5 },
    });
  });

  it('pinned-up-front: all 16 GB, never PROT_NONE, no target, but a zap and a fault in each scan', () => {
    const result = resultOf('pinned-up-front', { scans: 3 });
    expect(result).toMatchObject({ pinnedGb: 16, migrated: 0 });
    expect(result.rounds.some((round) => round.madeProtNone)).toBe(false);
    expect(result.forNothing).toMatchObject({ zaps: 3, guestFaults: 3, targetPages: 0 });
  });

  it('demand-pinning: works as well as pinning up front and holds only what is used', () => {
    const [demand, front] = ['demand-pinning', 'pinned-up-front'].map((id) => resultOf(id));
    expect(demand?.rounds).toEqual(front?.rounds);
    expect(demand).toMatchObject({ pinnedGb: 4, started: true });
    const text = sceneText(pagePinning.runScenario('demand-pinning').sceneAt(1), { width: 400 });
    expect(text).toMatch(/does not call demand pinning a bad idea or unsolvable/);
    expect(text).toMatch(/code churn, upkeep and review time/);
  });

  it('pinned-thp-or-shared: made PROT_NONE in 6.16, 20 MB of targets for nothing, and skipped by later kernels', () => {
    const result = resultOf('pinned-thp-or-shared');
    expect(result.rounds[0]).toMatchObject({ madeProtNone: true, end: 'for-nothing' });
    expect(result).toMatchObject({ copies: 0, migrated: 0, forNothing: { targetPages: 10 } });
    expect(sceneText(pagePinning.runScenario('pinned-thp-or-shared').sceneAt(8))).toMatch(
      /^! for nothing .* 10\*? .* 20 MB\*?$/m,
    );
    expect(resultOf('pinned-thp-or-shared', { kernel: 'later' }).rounds[0]?.madeProtNone).toBe(false);
    const shared = resultOf('pinned-shared-mapping');
    expect(shared.rounds[0]?.madeProtNone).toBe(true);
    expect(shared.count).toMatchObject({ found: 1026, expected: 2 });
  });

  it('guest-memfd-needs-neither: no zap, no fault but the first, no pin, however often the scanner comes by', () => {
    expect(resultOf('guest-memfd-needs-neither', { scans: 8 })).toMatchObject({
      ...{ pinnedGb: 0, zaps: 0, guestFaults: 1, migrated: 0, forNothing: { scans: 0 } },
    });
  });

  it('free-to-move: moves at the first scan, is found in its place at the second', () => {
    const { rounds, copies, migrated } = resultOf('free-to-move');
    expect(rounds.map((round) => round.end)).toEqual(['moved', 'local']);
    expect([copies, migrated]).toEqual([1, 1]);
  });

  it('skipped-before-6.10: the same reference is skipped there, and not in a THP', () => {
    expect(resultOf('skipped-before-6.10').rounds[0]?.madeProtNone).toBe(false);
    expect(resultOf('skipped-before-6.10', { pageSize: '2M' }).rounds[0]?.madeProtNone).toBe(true);
    expect(resultOf('skipped-before-6.10', { kernel: '6.16' }).rounds[0]?.madeProtNone).toBe(true);
  });

  it('memlock-too-small: refused with -ENOMEM before the guest runs', () => {
    const run = pagePinning.runScenario('memlock-too-small');
    expect(run.steps).toHaveLength(1);
    expect(run.steps[0]).toMatchObject({ outcome: 'refused', rule: 'too-much-to-lock' });
    expect(run.result).toMatchObject({ started: false, pinnedGb: 0 });
  });
});

describe('a reader who opens one', () => {
  it.each(pagePinning.scenarios.map((scenario) => [scenario.id, scenario.openAt ?? -1] as const))(
    '%s stands at a step of the run that is about it, and every sentence ends as one',
    (id, openAt) => {
      const run = pagePinning.runScenario(id);
      expect(openAt).toBeGreaterThanOrEqual(0);
      expect(openAt).toBeLessThanOrEqual(run.last);
      for (const { because } of run.steps) {
        expect(because).toMatch(/^[A-Z].*\.$/);
        expect(because.length, because).toBeLessThan(220);
      }
    },
  );

  it('sees at once who holds what, before anything has happened', () => {
    const { summary } = pagePinning.runScenario('refcount-is-not-a-pin').sceneAt(-1);
    expect(summary).toContain('held by 1 extra reference');
    expect(summary).toContain('1 scan will come by');
  });

  it('sees the page stay and the target come and go', () => {
    const run = pagePinning.runScenario('refcount-is-not-a-pin');
    const drawn = (at: number) =>
      run
        .sceneAt(at)
        .parts.flatMap((part) =>
          part.kind === 'strips' ? part.strips.map((strip) => strip.pieces.map((piece) => piece.id)) : [],
        );
    expect(drawn(4)).toEqual([
      ['node-0', 'page', 'free-0'],
      ['node-1', 'free-1'],
    ]);
    expect(drawn(5)).toEqual([
      ['node-0', 'page', 'free-0'],
      ['node-1', 'target', 'free-1'],
    ]);
    expect(drawn(6)).toEqual(drawn(4));
  });

  it('compares the five holds on the same course, in every frame', () => {
    const run = pagePinning.runScenario('refcount-is-not-a-pin', { scans: 4 });
    for (const at of [-1, 3, run.last]) {
      const text = sceneText(run.sceneAt(at), { width: 100 });
      expect(text).toMatch(/extra reference +0 GB +4 +4 +8 +4 +no/);
      expect(text).toMatch(/pinned up front +16 GB +0 +4 +4 +0 +no/);
      expect(text).toMatch(/guest_memfd +0 GB +0 +0 +0 +0 +no/);
    }
  });

  it('gets a text no wider than asked for but for its tables, and a drawing, at every step', () => {
    for (const { id } of pagePinning.scenarios) {
      const run = pagePinning.runScenario(id);
      for (let at = -1; at <= run.last; at++) {
        const lines = sceneText(run.sceneAt(at), { width: 80 }).split('\n');
        expect(Math.max(...lines.map((line) => line.length)), `${id} ${at}`).toBeLessThanOrEqual(90);
        expect(sceneSvg(run.sceneAt(at))).not.toContain('NaN');
      }
    }
  });

  it('can pass on the whole state as a text', () => {
    const text = shareText(pagePinning, {
      scenario: 'pinned-thp-or-shared',
      parameters: { mapping: 'shared' },
      step: 4,
    });
    expect(text).toBe('page-pinning?scenario=pinned-thp-or-shared&mapping=shared&step=4');
    expect(parseShare(text)).toMatchObject({
      ok: true,
      shared: { parameters: { hold: 'pin', mapping: 'shared' }, step: 4 },
    });
  });
});

describe('every state within the bound', () => {
  it('keeps all invariants, and pages both move and are worked on in vain', () => {
    const explored = pagePinning.explore({ until: 'wasted-work' });
    expect(explored.complete).toBe(true);
    expect(explored.states).toBeGreaterThan(5000);
    expect(explored.invariants.filter(({ holds }) => !holds)).toEqual([]);
    expect(explored.goal?.reached).toBe(true);
    expect(explored.goal?.path?.at(-1)?.label).toContain('6');
  }, 120_000);

  it('a guest of which nothing is held migrates by the shortest way, in seven steps after its start', () => {
    const path = pagePinning.explore({ until: 'migrated' }).goal?.path ?? [];
    expect(path[0]?.parameters).toMatchObject({ hold: 'none' });
    expect(path.slice(1).map(({ event }) => event)).toEqual(
      ['first-touch', 'scan', 'zap', 'move-vcpu', 'touch', 'isolate', 'compare'].map((what) => ({ do: what })),
    );
  }, 120_000);
});
