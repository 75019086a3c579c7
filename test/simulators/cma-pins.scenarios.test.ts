import { describe, expect, it } from 'vitest';
import { parseShare, sceneSvg, sceneText, shareText } from '#simulators';
import { cmaPins } from '../../src/simulators/cma-pins/index.ts';
import type { State } from '../../src/simulators/cma-pins/state.ts';

/** What a lesson says, asked of the run itself. */
interface Result {
  area: { used: number; guests: number; handedOut: number };
  longTermPinned: number;
  longTermPinnedInArea: number;
  heldInArea: number;
  grab: {
    ok: boolean;
    error?: string;
    block?: number;
    heldBy?: string[];
    attempts: { moved: number; dropped: number }[];
  } | null;
  refused: { request: string; result: string }[];
  guestsOverTime: number[];
  usedOverTime: number[];
}

function resultOf(id: string, given = {}): Result {
  return JSON.parse(JSON.stringify(cmaPins.runScenario(id, given).result));
}

describe('the scenarios of the PAMT thread', () => {
  it('are there by their ids', () => {
    const ids = cmaPins.scenarios.map((scenario) => scenario.id);
    const asked = ['area-wasted', 'late-grab-fails', 'no-passthrough', 'hugetlb-from-cma', 'sev-pins-before-6.15'];
    expect(ids).toEqual(expect.arrayContaining(asked));
  });

  it('area-wasted: half of the guest used the area, then none of it, and the grab finds nothing to move', () => {
    const result = resultOf('area-wasted');
    expect(Math.max(...result.guestsOverTime)).toBe(0.5);
    expect(result.guestsOverTime.at(-2)).toBe(0);
    expect(result.usedOverTime.at(-2)).toBe(0);
    expect(result.longTermPinned).toBe(8);
    expect(result.longTermPinnedInArea).toBe(0);
    expect(result.grab).toMatchObject({ ok: true, attempts: [{ moved: 0, dropped: 0 }] });
  });

  it('late-grab-fails: three positions, one block in all of them, held by direct I/O', () => {
    const { grab } = resultOf('late-grab-fails');
    expect(grab).toMatchObject({ ok: false, error: 'EBUSY', block: 3, heldBy: ['direct I/O'] });
    expect(grab?.attempts).toHaveLength(3);
  });

  it('late-grab-fails is sporadic: the same request works when the I/O is done, and at boot', () => {
    expect(resultOf('late-grab-fails', { when: 'again' }).grab).toMatchObject({ ok: true });
    expect(resultOf('late-grab-fails', { extraReferences: 0 }).grab).toMatchObject({ ok: true });
    expect(resultOf('started-at-boot').grab).toMatchObject({ ok: true, attempts: [{ moved: 0, dropped: 0 }] });
  });

  it('no-passthrough: the same guest, nobody pins, and the grab moves what lay in the area', () => {
    const result = resultOf('no-passthrough');
    expect(Math.max(...result.guestsOverTime)).toBe(0.5);
    expect(result).toMatchObject({ longTermPinned: 0, heldInArea: 0, grab: { ok: true, attempts: [{ moved: 4 }] } });
  });

  it('hugetlb-from-cma: the area serves the guest, VFIO gets -ENOMEM, and with pages to spare it does not', () => {
    const result = resultOf('hugetlb-from-cma');
    expect(result).toMatchObject({ area: { guests: 4, handedOut: 4 }, longTermPinned: 0, heldInArea: 0 });
    expect(result.refused).toEqual([expect.objectContaining({ request: 'pinned by VFIO', result: '-ENOMEM' })]);
    expect(resultOf('hugetlb-from-cma', { spareGigantic: 4 })).toMatchObject({
      refused: [],
      longTermPinned: 4,
      longTermPinnedInArea: 0,
      area: { guests: 0, handedOut: 4 },
    });
    expect(resultOf('hugetlb-from-cma', { passthrough: false }).refused).toEqual([]);
  });

  it('sev-pins-before-6.15: the pins block the area; on 6.15 they leave it', () => {
    expect(resultOf('sev-pins-before-6.15')).toMatchObject({
      heldInArea: 2,
      grab: { ok: false, error: 'EBUSY', heldBy: ['SEV registration'] },
    });
    expect(resultOf('sev-pins-before-6.15', { kernel: '6.15' })).toMatchObject({
      heldInArea: 0,
      longTermPinned: 4,
      grab: { ok: true },
    });
  });

  it('no-room-elsewhere: nobody holds anything, and the first page without a place ends it', () => {
    const result = resultOf('no-room-elsewhere');
    expect(result).toMatchObject({ heldInArea: 0, longTermPinned: 0, grab: { ok: false, error: 'ENOMEM' } });
    expect(result.grab?.attempts).toHaveLength(1);
  });

  it('guest-memfd-outside: no step of the run has any of the guest in the area', () => {
    const result = resultOf('guest-memfd-outside');
    expect(Math.max(...result.guestsOverTime)).toBe(0);
    expect(result.grab).toMatchObject({ ok: true });
  });
});

describe('a reader who opens one', () => {
  it.each(cmaPins.scenarios.map((scenario) => [scenario.id, scenario.openAt ?? -1] as const))(
    '%s stands at a step of the run that is about it, and every sentence ends as one',
    (id, openAt) => {
      const run = cmaPins.runScenario(id);
      expect(openAt).toBeGreaterThanOrEqual(0);
      expect(openAt).toBeLessThanOrEqual(run.last);
      for (const { because, rule, source } of run.steps) {
        expect(because).toMatch(/^[A-Z].*\.$/);
        expect(because.length, because).toBeLessThan(220);
        expect(rule).toMatch(/^[a-z-]+$/);
        expect(source?.kernel, rule).toBeDefined();
      }
    },
  );

  it('sees at once who will run, before anything has happened', () => {
    const { summary } = cmaPins.runScenario('area-wasted').sceneAt(-1);
    expect(summary).toContain('8 blocks of ordinary memory');
    expect(summary).toContain('passed-through device');
  });

  it('reads in every frame that KVM holds nothing, and HugeTLB nothing', () => {
    const run = cmaPins.runScenario('hugetlb-from-cma');
    for (let at = -1; at <= run.last; at++) {
      expect(sceneText(run.sceneAt(at), { width: 100 })).toMatch(/KVM, ordinary guest +0 +0/);
      expect(sceneText(run.sceneAt(at), { width: 100 })).toMatch(/HugeTLB +0 +0/);
    }
  });

  it('gets a text no wider than asked for, and a drawing, at every step', () => {
    for (const { id } of cmaPins.scenarios) {
      const run = cmaPins.runScenario(id);
      for (let at = -1; at <= run.last; at++) {
        const lines = sceneText(run.sceneAt(at), { width: 80 }).split('\n');
        expect(Math.max(...lines.map((line) => line.length)), `${id} ${at}`).toBeLessThanOrEqual(84);
        expect(sceneSvg(run.sceneAt(at))).not.toContain('NaN');
      }
    }
  });

  it('can pass on the whole state as a text', () => {
    const text = shareText(cmaPins, { scenario: 'late-grab-fails', parameters: { wanted: 4 }, step: 3 });
    expect(text).toBe('cma-pins?scenario=late-grab-fails&wanted=4&step=3');
    expect(parseShare(text)).toMatchObject({
      ok: true,
      shared: { parameters: { wanted: 4, guestBlocks: 2 }, step: 3 },
    });
  });
});

describe('every order of requests on a small machine', () => {
  const explored = cmaPins.explore({ until: 'area-wasted' });

  it('keeps every invariant', () => {
    expect(explored.complete).toBe(true);
    expect(explored.states).toBeGreaterThan(1000);
    expect(explored.invariants.filter((invariant) => !invariant.holds)).toEqual([]);
  });

  it('finds the wasted area, and it is pins that do it', () => {
    expect(explored.goal?.reached).toBe(true);
    expect(explored.goal?.path?.at(-1)?.label).toMatch(/^VFIO pins/);
  });

  it('finds a grab that fails, and one that works', () => {
    const path = cmaPins.explore({ until: 'grab-fails' }).goal?.path;
    expect(path?.at(-1)?.rule).toMatch(/^grab-(busy|no-room)$/);
    expect(cmaPins.explore({ until: 'grab-works' }).goal?.reached).toBe(true);
  });

  it('does not confuse the model with the diary: a run of the panel is one of the walks', () => {
    const state: Partial<State> = JSON.parse(JSON.stringify(cmaPins.runScenario('area-wasted').at(99).state));
    expect(state.diary?.length).toBe(cmaPins.runScenario('area-wasted').last + 1);
  });
});
