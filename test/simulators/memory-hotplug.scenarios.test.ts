import { describe, expect, it } from 'vitest';
import { parseShare, sceneText, shareText } from '#simulators';
import { memoryHotplug } from '../../src/simulators/memory-hotplug/index.ts';
import type { Policy } from '../../src/simulators/memory-hotplug/state.ts';

interface Standing {
  module: string;
  later_init: string;
  memory: { name: string; place: string }[];
  online_not_tdx: number | null;
  td: { runs: boolean } | null;
  decisions: { event: string; answer: string; why: string; refused: boolean }[];
}

function rulesOf(id: string, given = {}): Record<Policy, Standing> {
  const { rules }: { rules: Record<Policy, Standing> } = JSON.parse(
    JSON.stringify(memoryHotplug.runScenario(id, given).result),
  );
  return rules;
}

/** The answers of a rule, event by event, boot and detection left out. */
function answers(id: string, policy: Policy, given = {}): string[] {
  return rulesOf(id, given)
    [policy].decisions.slice(2)
    .map((decision) => decision.answer);
}

describe('the scenarios of the hotplug thread', () => {
  it('are there by their ids, and each opens at the step that tells', () => {
    const telling = memoryHotplug.scenarios.map(({ id, openAt = -1 }) => {
      const step = memoryHotplug.runScenario(id).steps[openAt];
      return [id, step?.label, step?.rule];
    });
    expect(telling).toEqual([
      ['approach-1', 'add the DIMM', 'reject-range'],
      ['approach-2-before-init', 'add the DIMM', 'admit-range'],
      ['approach-2-after-init', 'add the DIMM', 'reject-range'],
      ['nvdimm', 'add the NVDIMM', 'reject-range'],
      ['soft-reserved', 'add the soft-reserved range', 'reject-range'],
      ['merged-notifier', 'online the DIMM', 'online-unknown'],
      ['adding-breaks-init', 'initialize the module', 'config-refused'],
      ['mixed-core-mm', 'TD on picked pages', 'td-picked-pages'],
      ['reonline', 'online the boot part', 'online-known'],
      ['offline-until-after-init', 'online the DIMM', 'online-known'],
      ['initialized-at-boot', 'online the NVDIMM', 'online-unknown'],
      ['td-on-device-dax', 'TD on device-dax', 'td-on-device'],
    ]);
  });

  it('approach-1: rejected before anybody has used TDX, convertible or not', () => {
    expect(answers('approach-1', 'approach-1')).toEqual(['rejected', 'not there', 'initialized']);
    expect(answers('approach-1', 'approach-1', { convertible: 'none' })[0]).toBe('rejected');
    expect(answers('approach-1', 'approach-1', { platform: false }).slice(0, 2)).toEqual(['added', 'online']);
  });

  it('approach-2: the same DIMM before and after initialization', () => {
    expect(answers('approach-2-before-init', 'approach-2')).toEqual(['added', 'online', 'initialized']);
    expect(answers('approach-2-before-init', 'approach-2', { convertible: 'none' })[0]).toBe('rejected');
    expect(answers('approach-2-after-init', 'approach-2')).toEqual(['initialized', 'rejected', 'not there']);
    expect(rulesOf('approach-2-after-init')['approach-2'].decisions[3]?.why).toContain('initialized');
  });

  it('nvdimm: a device it stays under approach 1; merged code adds it and refuses at online', () => {
    expect(rulesOf('nvdimm')['approach-1'].memory.at(-1)).toMatchObject({ name: 'NVDIMM', place: 'device' });
    expect(answers('nvdimm', 'merged')).toEqual(['initialized', 'added', '-EPERM']);
  });

  it('soft-reserved: the first move, the second, or none is rejected', () => {
    expect(answers('soft-reserved', 'approach-1')[0]).toBe('rejected');
    const approach2 = answers('soft-reserved', 'approach-2');
    expect(approach2).toEqual(['added', 'online', 'initialized', 'offline', 'device again', 'rejected', 'not there']);
    expect(rulesOf('soft-reserved').merged.decisions.every((decision) => !decision.refused)).toBe(true);
    expect(rulesOf('soft-reserved').merged.memory.at(-1)?.place).toBe('online');
  });

  it('merged-notifier: added at any time, -EPERM at online, and the DIMM stays offline', () => {
    expect(answers('merged-notifier', 'merged')).toEqual(['initialized', 'added', '-EPERM']);
    expect(rulesOf('merged-notifier').merged.memory.at(-1)?.place).toBe('added');
  });

  it('adding-breaks-init: never online, and only the merged rule comes to -EIO', () => {
    const rules = rulesOf('adding-breaks-init');
    expect(rules.merged).toMatchObject({ module: 'error', later_init: '-EINVAL' });
    expect(rules.merged.decisions.map((decision) => decision.event)).not.toContain('online the NVDIMM');
    for (const policy of ['approach-1', 'approach-2', 'mixed'] as const)
      expect(rules[policy].module).toBe('initialized');
    expect(rulesOf('adding-breaks-init', { convertible: 'all' }).merged.module).toBe('initialized');
  });

  it('mixed-core-mm: any page fails, picked pages do, and 8 GB stay outside TDX', () => {
    expect(answers('mixed-core-mm', 'mixed').slice(-2)).toEqual(['-EIO', 'TD runs']);
    expect(rulesOf('mixed-core-mm').mixed.online_not_tdx).toBe(8 * 262144);
    expect(rulesOf('mixed-core-mm')['approach-2'].td?.runs).toBe(true);
  });

  it('initialized-at-boot: what broke TDX on 6.16 cannot on 7.1', () => {
    expect(rulesOf('initialized-at-boot').merged.module).toBe('initialized');
    expect(rulesOf('initialized-at-boot', { kernel: '6.16' }).merged.module).toBe('error');
    expect(answers('initialized-at-boot', 'merged', { convertible: 'all' }).at(-1)).toBe('-EPERM');
  });
});

describe('a reader', () => {
  it('never sees approach 2 without being told that it ends at initialization', () => {
    for (const { id } of memoryHotplug.scenarios) {
      const run = memoryHotplug.runScenario(id, { policy: 'approach-2' });
      for (let at = -1; at <= run.last; at++) {
        expect(sceneText(run.sceneAt(at), { width: 200 }), `${id} ${at}`).toMatch(
          /rejects every new range, CMR memory too/,
        );
      }
    }
  });

  it('sees under every rule what one more range would meet', () => {
    const last = (id: string) => sceneText(memoryHotplug.runScenario(id).sceneAt(99), { width: 100 });
    expect(last('approach-2-after-init')).toMatch(/approach 1 .*rejected: TDX platform/);
    expect(last('approach-2-after-init')).toMatch(/\[approach 2\] .*rejected: initialized/);
    expect(last('merged-notifier')).toMatch(/\[merged\] .*added, but -EPERM at online/);
    expect(sceneText(memoryHotplug.runScenario('merged-notifier').sceneAt(1))).toMatch(
      /\[merged\].*gets in, until initialized/,
    );
  });

  it('sees in the first frame who comes and who decides', () => {
    const { summary } = memoryHotplug.runScenario('adding-breaks-init').sceneAt(-1);
    expect(summary).toBe(
      'A machine with TDX and 16 GB of boot memory. An NVDIMM of 8 GB at [17 GB, 25 GB) is in question, outside the CMRs. Who decides: the merged rule, on 6.16.',
    );
  });

  it('can pass on a run as a text', () => {
    const text = shareText(memoryHotplug, { scenario: 'soft-reserved', parameters: { policy: 'merged' }, step: 8 });
    expect(text).toBe('memory-hotplug?scenario=soft-reserved&policy=merged&step=8');
    expect(parseShare(text)).toMatchObject({ ok: true, shared: { parameters: { policy: 'merged', moves: 'again' } } });
  });
});

describe('every order of events on a small machine', () => {
  it('keeps every invariant, and the merged rule has online whatever a proposal has', () => {
    const explored = memoryHotplug.explore({ until: 'approach-2-admits-more-than-merged' });
    expect(explored.complete).toBe(true);
    expect(explored.states).toBeGreaterThan(1000);
    expect(explored.invariants.filter((invariant) => !invariant.holds)).toEqual([]);
    expect(explored.goal?.reached).toBe(false);
  });

  it.each([
    ['init-breaks', ['add the NVDIMM', 'initialize the module']],
    ['merged-eperm', ['initialize the module', 'add the soft-reserved range', 'online the soft-reserved range']],
    ['mixed-td-fails', ['initialize the module', 'add the NVDIMM', 'online the NVDIMM', 'TD on any page']],
  ])('finds the shortest way to %s', (until, way) => {
    const path = memoryHotplug.explore({ until }).goal?.path ?? [];
    expect(path.slice(1).map((each) => each.label)).toEqual(way);
  });
});
