import { describe, expect, test } from 'vitest';
import { sceneText, simulatorById } from '../../src/simulators/index.ts';
import { invariants } from '../../src/simulators/private-memory/invariants.ts';
import type { State } from '../../src/simulators/private-memory/state.ts';
import { startOf } from '../../src/simulators/private-memory/state.ts';

const simulator = simulatorById('private-memory');

function open(id: string, overrides: Record<string, unknown> = {}) {
  const run = simulator?.runScenario(id, overrides);
  const openAt = simulator?.scenario(id)?.openAt ?? -1;
  const taken = run?.at(openAt).taken;
  if (run === undefined || taken === undefined) throw new Error(`${id} opens nowhere`);
  return {
    run,
    taken,
    result: run.result,
    rules: run.steps.map((step) => step.rule),
    text: sceneText(run.sceneAt(openAt)),
  };
}

describe('the scenarios', () => {
  test('each opens inside its run, at a step that says something', () => {
    for (const { id, openAt } of simulator?.scenarios ?? []) {
      const { run, taken } = open(id);
      expect([id, openAt !== undefined && openAt <= run.last]).toEqual([id, true]);
      expect(taken.because.length, id).toBeGreaterThan(60);
    }
  });

  test('backend-guarantees: the page comes without GFP_TDX, and from TDX memory', () => {
    const { taken, result } = open('backend-guarantees');
    expect(taken).toMatchObject({ rule: 'map-private', outcome: 'done' });
    expect(taken.because).toContain('guest_memfd takes 8 host pages with plain GFP_HIGHUSER: no GFP_TDX is needed');
    expect(result).toMatchObject({ ok: true });
  });

  test('what if memory were mixed: a backend that picks serves the TD, one that does not ends it', () => {
    expect(open('backend-picks').result).toMatchObject({ ok: true });
    expect(open('nobody-guarantees').taken).toMatchObject({ rule: 'not-tdx-memory', outcome: 'stuck' });
    expect(open('nobody-guarantees').result).toMatchObject({ ok: false, exits: [{ errno: 'EIO', gpa: 4096 }] });
  });

  test('unknown-before-boot: all 8 pages are pinned before the guest runs, and no exit ever tells more', () => {
    const { taken, result } = open('unknown-before-boot');
    expect(taken.rule).toBe('pin-everything');
    expect(result).toMatchObject({ exits: [], faults: 8, host_pages: { pinned: 8 } });
  });

  test('until the guest calls or does not, the host sees the same of both', () => {
    const silent = open('unknown-before-boot').run;
    const calling = open('guest-maps-gpa-range').run;
    for (const step of [-1, 0, 1, 2]) expect(calling.at(step).state).toEqual(silent.at(step).state);
    expect(calling.at(3).state).not.toEqual(silent.at(3).state);
  });

  test('guest-maps-gpa-range: the call is an exit that names the pages, and the pins stay', () => {
    const { taken, result, rules } = open('guest-maps-gpa-range');
    expect(taken.rule).toBe('hypercall-exit');
    expect(rules).toContain('no-private-memory');
    expect(result).toMatchObject({
      exits: [{ reason: 'KVM_EXIT_HYPERCALL', nr: 12, gpa: 6 * 4096, pages: 2, to: 'shared' }],
      host_pages: { pinned: 8 },
    });
  });

  test('what if SEV were on UPM: with the call the page is converted, without it the VMM finds nothing', () => {
    expect(open('sev-on-upm').result).toMatchObject({
      memory_fault_exits: 0,
      silent_mismatches: 0,
      host_pages: { pinned: 0, in_both_views: 0 },
    });
    expect(open('sev-on-upm').rules.at(-1)).toBe('vmm-finds-data');
    expect(open('sev-on-upm-silent').taken.rule).toBe('vmm-finds-nothing');
    expect(open('sev-on-upm-silent').result).toMatchObject({ exits: [], silent_mismatches: 2 });
  });

  test.each(['tdx', 'snp'])(
    'implicit-conversion: one exit for each page with %s, which names the shared access',
    (vm) => {
      const { taken, result } = open('implicit-conversion', { vm });
      expect(taken.rule).toBe('memory-fault-exit');
      const exit = { reason: 'KVM_EXIT_MEMORY_FAULT', size: 4096, private: false };
      expect(result).toMatchObject({
        exits: [
          { ...exit, gpa: 6 * 4096 },
          { ...exit, gpa: 7 * 4096 },
        ],
        host_pages: { guest_memfd: 6, user_memory: 2, in_both_views: 0 },
      });
    },
  );

  test.each(['sev', 'sev-upm', 'software', 'normal'])('implicit-conversion is impossible with %s', (vm) => {
    expect(open('implicit-conversion', { vm, course: 'back' }).result).toMatchObject({
      memory_fault_exits: 0,
      exits: [],
    });
  });

  test('implicit-conversion-snp needs no more than 6.11', () => {
    expect(open('implicit-conversion-snp').result).toMatchObject({ kernel: '6.11', memory_fault_exits: 2, ok: true });
    expect(open('implicit-conversion-snp', { kernel: '6.8' }).rules).toEqual(['vm-type-unknown']);
  });

  test('punch-hole-retry: two retries, then the page is mapped from what the file holds', () => {
    const { taken, result, rules } = open('punch-hole-retry');
    expect(taken.rule).toBe('retry');
    expect(rules.at(-1)).toBe('fault-map');
    expect(result).toMatchObject({ retries: 2, stale_mappings: 0, host_pages: { guest_memfd: 8, free: 8 } });
  });

  test('without the second look the same events leave a mapping to nowhere', () => {
    const { taken, result, text } = open('no-second-look');
    expect(taken.rule).toBe('maps-what-is-gone');
    expect(result).toMatchObject({ retries: 0, stale_mappings: 1 });
    expect(text).toContain('Error: 1 mapping to a host page that its backing has given up.');
    const [kept, left] = [open('punch-hole-retry').run.steps, open('no-second-look').run.steps];
    expect(left.slice(0, 8).map((step) => step.event)).toEqual(kept.slice(0, 8).map((step) => step.event));
  });

  test('both-views-cost-twice: 4 converted pages hold 8 host pages, and 4 when the VMM punches', () => {
    expect(open('both-views-cost-twice').result).toMatchObject({
      host_pages: { user_memory: 4, guest_memfd: 8, in_both_views: 4, free: 4 },
    });
    expect(open('both-views-cost-twice', { punch: true }).result).toMatchObject({
      host_pages: { user_memory: 4, guest_memfd: 4, in_both_views: 0, free: 8 },
    });
  });

  test('no-room-for-both: the run ends at the second page, and not when the VMM punches', () => {
    expect(open('no-room-for-both').taken).toMatchObject({ rule: 'no-page', outcome: 'refused' });
    expect(open('no-room-for-both', { punch: true }).result).toMatchObject({ ok: true });
  });

  test('taken back, the pages are private again and what was shared is given back', () => {
    expect(open('implicit-conversion', { course: 'back' }).result).toMatchObject({
      memory_fault_exits: 4,
      host_pages: { user_memory: 0, guest_memfd: 8 },
    });
  });
});

describe('the picture', () => {
  test('stays within 80 columns at every step of every scenario', () => {
    for (const { id } of simulator?.scenarios ?? []) {
      const { run } = open(id);
      for (let at = -1; at <= run.last; at++) {
        const wide = sceneText(run.sceneAt(at))
          .split('\n')
          .filter((line) => line.length > 80);
        expect([id, at, wide]).toEqual([id, at, []]);
      }
    }
  });

  test('shows the attribute where KVM has one, and for SEV only what the VMM was told', () => {
    expect(open('implicit-conversion').text).toMatch(/^\* .* 6, shared, .*\n.* attribute /m);
    expect(open('implicit-conversion-snp').text).toMatch(/^ {2}guest page +attribute +VMM's memory +KVM maps/m);
    expect(open('unknown-before-boot').text).not.toContain('attribute');
    expect(open('unknown-before-boot').text).toMatch(/^ {2}guest page +VMM was told +KVM maps.*\n[* ] 0-7, [a-z ]+\?/m);
  });

  test('shows two tables for TDX and one for the others', () => {
    expect(open('implicit-conversion').text).toMatch(
      /VMM's memory +shared: EPT +guest page +private: S-EPT +guest_memfd/,
    );
    expect(open('implicit-conversion-snp').text).not.toContain('EPT');
    expect(open('implicit-conversion-snp').text).toMatch(/ KVM maps +guest_memfd/);
  });

  test('says before the first step what is about to be created', () => {
    const { run } = open('implicit-conversion');
    expect(run.sceneAt(-1).summary).toContain('8 pages of 4 KB, 16 free pages on the host');
  });
});

describe('the invariants', () => {
  const setup = { vm: 'snp', kernel: '6.16', backend: 'all-tdx', looksAgain: true } as const;
  const good: State = {
    ...startOf(setup, 2, 2),
    created: true,
    pages: [
      { attribute: 'shared', pinned: true, user: 0, mapped: { shared: 0 } },
      { attribute: 'private', pinned: false, file: 1, mapped: { private: 1 }, meant: 'shared' },
    ],
    host: [
      { tdx: true, held: 'user' },
      { tdx: true, held: 'file' },
    ],
    exit: { reason: 'memory-fault', page: 1, private: false, attribute: 'private' },
  };
  const withPage = (page: Partial<State['pages'][number]>): State => ({
    ...good,
    pages: good.pages.map((each, index) => (index === 0 ? { ...each, ...page } : each)),
  });
  const broken: Record<string, State> = {
    'no page is mapped private and shared at once': withPage({ mapped: { shared: 0, private: 1 } }),
    'a page is mapped only as its attribute says': withPage({ attribute: 'private' }),
    'a mapping leads to the page that its backing holds': withPage({ mapped: { shared: 1 } }),
    'every host page is free, or held in exactly one place': {
      ...good,
      host: good.host.map((page) => ({ ...page, held: 'free' })),
    },
    'a memory fault exit tells the kind of the access, and the attribute was the other': {
      ...good,
      exit: { reason: 'memory-fault', page: 1, private: true, attribute: 'private' },
    },
    'a host that cannot see the kind of an access gets no memory fault exit': {
      ...good,
      setup: { ...setup, vm: 'sev-upm' },
    },
    'a pinned page stays where it is': withPage({ mapped: { shared: 1 } }),
  };

  test.each(invariants)('$name: holds, and is seen when it is broken', ({ name, holds }) => {
    expect(holds(good)).toBe(true);
    const state = broken[name];
    expect(state === undefined ? true : holds(state)).toBe(false);
  });
});
