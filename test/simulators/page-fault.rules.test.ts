import { describe, expect, it } from 'vitest';
import { InputError } from '#simulators';
import {
  KERNELS,
  type Kernel,
  named,
  numberOf,
  RESULTS,
  type ResultName,
} from '../../src/simulators/page-fault/kernel.ts';
import { runToEnd, step } from '../../src/simulators/page-fault/model.ts';
import { readSituation } from '../../src/simulators/page-fault/read-situation.ts';
import { answer } from '../../src/simulators/page-fault/report.ts';
import type { Situation } from '../../src/simulators/page-fault/situation.ts';
import { type State, startOf, type WhatIf } from '../../src/simulators/page-fault/state.ts';

/** The guest reads a shared page for the first time; nothing stands in the way. */
const PLAIN: Situation = {
  path: 'fault',
  access: 'read',
  slot: 'normal',
  private: false,
  attr_private: false,
  vm_has_private_mem: false,
  slot_has_gmem: false,
  host_page: 'ok',
  gmem: 'ok',
  spte: 'none',
  invalidation: 'none',
  sept: 'ok',
  async_pf: 'no',
  write_tracked: false,
  gfn_write_protected: false,
  signal_pending: false,
  vm_dead: false,
  same_rip_and_addr_as_last_retry: false,
  unprotect_succeeds: false,
  in_nested_guest: false,
  guest_page_table_walk: false,
  mmio_cache_hit: false,
  root_obsolete: false,
  lost_cmpxchg: 0,
};

const PRIVATE: Partial<Situation> = {
  private: true,
  attr_private: true,
  vm_has_private_mem: true,
  slot_has_gmem: true,
};

function run(change: Partial<Situation>, kernel: Kernel = '6.16', whatIf: WhatIf = 'none', again = false): State {
  return runToEnd(startOf({ ...PLAIN, ...change }, kernel, whatIf, again)).state;
}

describe('the numbers', () => {
  it('are those of the header of each kernel', () => {
    const of = (kernel: Kernel) => RESULTS.map((name) => numberOf(kernel, name));
    expect(of('6.8')).toEqual([0, 1, 2, undefined, 3, 4, 5]);
    for (const kernel of KERNELS.slice(1)) expect(of(kernel)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(named('6.8', 'RET_PF_SPURIOUS')).toBe('RET_PF_SPURIOUS (5)');
    expect(named('7.0', 'RET_PF_SPURIOUS')).toBe('RET_PF_SPURIOUS (6)');
    expect(named('7.0', '-EIO')).toBe('-EIO');
  });
});

describe('a guest fault', () => {
  const cases: [what: string, change: Partial<Situation>, mmu: State['mmu'], ret: string, rule: string][] = [
    ['a first touch', {}, 'RET_PF_FIXED', 'RET_PF_FIXED', 'resume-guest'],
    ['an entry that is there', { spte: 'ro' }, 'RET_PF_SPURIOUS', 'RET_PF_SPURIOUS', 'resume-guest'],
    [
      'a write to an entry KVM may open',
      { access: 'write', spte: 'ro_mmu_writable' },
      'RET_PF_FIXED',
      'RET_PF_FIXED',
      'resume-guest',
    ],
    ['a known device', { slot: 'none', spte: 'mmio' }, null, 'emulator', 'known-device'],
    [
      'an old device mark, device in the cache',
      { spte: 'mmio_stale', mmio_cache_hit: true },
      null,
      'emulator',
      'known-device',
    ],
    ['a device in the cache but no mark', { mmio_cache_hit: true }, 'RET_PF_FIXED', 'RET_PF_FIXED', 'resume-guest'],
    ['a device seen first', { slot: 'none' }, 'RET_PF_EMULATE', 'emulator', 'emulate-device'],
    ['a device mark on a private access', { ...PRIVATE, spte: 'mmio' }, null, '-EFAULT', 'private-device'],
    [
      'a write to a read-only slot',
      { access: 'write', slot: 'readonly' },
      'RET_PF_EMULATE',
      'emulator',
      'emulate-device',
    ],
    ['a slot that is being deleted', { slot: 'being_deleted' }, 'RET_PF_RETRY', 'RET_PF_RETRY', 'resume-guest'],
    ['the APIC page with acceleration off', { slot: 'apic_inactive' }, 'RET_PF_EMULATE', 'emulator', 'emulate-device'],
    ['that page, private', { ...PRIVATE, slot: 'apic_inactive' }, '-EFAULT', '-EFAULT', 'error-to-vmm'],
    ['private memory without a slot', { ...PRIVATE, slot: 'none' }, '-EFAULT', '-EFAULT', 'error-to-vmm'],
    [
      'a private access where the attribute says shared',
      { ...PRIVATE, attr_private: false },
      '-EFAULT',
      '-EFAULT',
      'error-to-vmm',
    ],
    ['a poisoned page', { host_page: 'hwpoison' }, 'RET_PF_RETRY', 'RET_PF_RETRY', 'resume-guest'],
    ['a signal during the search', { host_page: 'sigpending' }, '-EINTR', '-EINTR', 'error-to-vmm'],
    [
      'a page on disk, read aside',
      { host_page: 'needs_io', async_pf: 'ok' },
      'RET_PF_RETRY',
      'RET_PF_RETRY',
      'resume-guest',
    ],
    [
      'a page on disk, waited for',
      { host_page: 'needs_io', async_pf: 'fail' },
      'RET_PF_FIXED',
      'RET_PF_FIXED',
      'resume-guest',
    ],
    ['a root replaced meanwhile', { root_obsolete: true }, 'RET_PF_RETRY', 'RET_PF_RETRY', 'resume-guest'],
    ['a busy TDX module', { ...PRIVATE, sept: 'busy' }, 'RET_PF_RETRY', 'RET_PF_RETRY', 'resume-guest'],
    ['a TDX module that fails', { ...PRIVATE, sept: 'eio' }, 'RET_PF_RETRY', 'RET_PF_RETRY', 'resume-guest'],
  ];

  it.each(cases)('%s', (_what, change, mmu, ret, rule) => {
    const state = run(change);
    expect([state.mmu, state.ret]).toEqual([mmu, ret]);
    const { events } = runToEnd(startOf({ ...PLAIN, ...change }, '6.16'));
    let at = startOf({ ...PLAIN, ...change }, '6.16');
    let last = '';
    for (const event of events) {
      const taken = step(at, event);
      at = taken.state;
      last = taken.rule;
    }
    expect(last).toBe(rule);
    expect(at).toEqual(state);
  });

  it('reads a read-only slot through a read-only entry, so that a later write is noticed', () => {
    expect(run({ slot: 'readonly' }).situation.spte).toBe('ro');
    expect(run({ host_page: 'readonly_page' }).situation.spte).toBe('ro');
  });

  it('takes the long way after five lost races of the fix without lock, and the sixth race decides there', () => {
    const opened = (lost_cmpxchg: number) => run({ access: 'write', spte: 'ro_mmu_writable', lost_cmpxchg });
    expect(opened(4)).toMatchObject({ mmu: 'RET_PF_FIXED', stat: { pf_fast: 1 } });
    expect(opened(5)).toMatchObject({ mmu: 'RET_PF_FIXED', stat: { pf_fast: 0 } });
    expect(opened(6)).toMatchObject({ mmu: 'RET_PF_RETRY', stat: { pf_fast: 0 } });
  });

  it('notices an invalidation at every point, but not one of other pages', () => {
    for (const invalidation of ['in_progress', 'during_faultin', 'before_lock'] as const) {
      expect(run({ invalidation })).toMatchObject({ mmu: 'RET_PF_RETRY', situation: { spte: 'none' } });
    }
    expect(run({ invalidation: 'in_progress_other_gfn' }).mmu).toBe('RET_PF_FIXED');
    expect(run({ slot: 'none', invalidation: 'before_lock' }).mmu).toBe('RET_PF_EMULATE');
  });
});

describe('a write to a page that KVM protects', () => {
  const write: Partial<Situation> = { access: 'write', spte: 'ro', gfn_write_protected: true };
  const cases: [what: string, change: Partial<Situation>, ret: string, allowRetry: boolean][] = [
    ['is emulated and may be retried', {}, 'emulator', true],
    [
      'is not retried twice',
      { same_rip_and_addr_as_last_retry: true, guest_page_table_walk: true, unprotect_succeeds: true },
      'emulator',
      false,
    ],
    ['by a nested guest is emulated only', { in_nested_guest: true }, 'emulator', false],
    [
      'by a walk of guest tables lifts the protection',
      { guest_page_table_walk: true, unprotect_succeeds: true },
      'RET_PF_RETRY',
      false,
    ],
    ['by such a walk is emulated when lifting fails', { guest_page_table_walk: true }, 'emulator', true],
    ['with a device in the cache is emulated only', { mmio_cache_hit: true }, 'emulator', false],
  ];

  it.each(cases)('%s', (_what, change, ret, allowRetry) => {
    expect(run({ ...write, ...change })).toMatchObject({ mmu: 'RET_PF_WRITE_PROTECTED', ret, allowRetry });
  });

  it('is RET_PF_EMULATE in 6.8, which resumes after lifting even when that fails', () => {
    expect(run(write, '6.8')).toMatchObject({ mmu: 'RET_PF_EMULATE', ret: 'emulator', allowRetry: true });
    expect(run({ ...write, guest_page_table_walk: true }, '6.8')).toMatchObject({ mmu: 'RET_PF_EMULATE', ret: '1' });
    expect(run({ access: 'write', spte: 'rw', write_tracked: true }, '6.8').mmu).toBe('RET_PF_EMULATE');
  });
});

describe('whoever maps ahead', () => {
  const prefaults: [
    what: string,
    change: Partial<Situation>,
    kernel: Kernel,
    mmu: State['mmu'],
    ret: string | null,
    passes: number,
  ][] = [
    ['a prefault of a new page', {}, '6.16', 'RET_PF_FIXED', '0', 1],
    ['a prefault of a mapped page', { spte: 'ro' }, '6.16', 'RET_PF_SPURIOUS', '0', 1],
    ['a prefault of a device', { slot: 'none' }, '6.16', 'RET_PF_EMULATE', '-ENOENT', 1],
    ['a prefault through a slot going away, before 6.18', { slot: 'being_deleted' }, '6.16', 'RET_PF_FIXED', '0', 4],
    ['the same since 6.18', { slot: 'being_deleted' }, '6.18', '-EAGAIN', '-EAGAIN', 1],
    ['a prefault with a signal pending', { signal_pending: true }, '6.16', null, '-EINTR', 0],
    ['a prefault of a dead VM', { vm_dead: true }, '6.16', null, '-EIO', 0],
    ['a prefault that never gets through', { host_page: 'hwpoison' }, '6.16', 'RET_PF_RETRY', '-EINTR', 24],
    ['a prefault that loses 23 races', { lost_cmpxchg: 23 }, '6.16', 'RET_PF_FIXED', '0', 24],
    ['a prefault that loses 24 races', { lost_cmpxchg: 24 }, '6.16', 'RET_PF_RETRY', '-EINTR', 24],
    ['a prefault in 6.8', {}, '6.8', null, null, 0],
  ];

  it.each(prefaults)('%s', (_what, change, kernel, mmu, ret, passes) => {
    expect(run({ ...change, path: 'prefault' }, kernel)).toMatchObject({ mmu, ret, pass: passes });
  });

  it('counts no faults for a prefault', () => {
    const { stat } = run({ path: 'prefault' });
    expect(Object.values(stat).every((value) => value === 0)).toBe(true);
  });

  const mappings: [what: string, change: Partial<Situation>, mmu: State['mmu'], ret: string][] = [
    ['maps a new page', {}, 'RET_PF_FIXED', '0'],
    ['refuses a mapped page', { spte: 'rw' }, 'RET_PF_SPURIOUS', '-EIO'],
    ['refuses a tracked page', { write_tracked: true }, null, '-EPERM'],
    ['does not look at the attribute', { attr_private: false }, 'RET_PF_FIXED', '0'],
    ['does not look at the file', { gmem: 'enomem', slot_has_gmem: false }, 'RET_PF_FIXED', '0'],
    ['does not look at invalidations', { invalidation: 'before_lock' }, 'RET_PF_FIXED', '0'],
    ['loops while the module is busy', { sept: 'busy' }, 'RET_PF_FIXED', '0'],
    ['ends with the VM when no slot holds the page', { slot: 'none' }, 'RET_PF_RETRY', '-EIO'],
    ['ends with the VM when the module fails for good', { sept: 'fatal' }, 'RET_PF_RETRY', '-EIO'],
  ];

  it.each(mappings)('kvm_tdp_mmu_map_private_pfn() %s', (_what, change, mmu, ret) => {
    expect(run({ ...PRIVATE, ...change, path: 'map_private_pfn' }, '6.19')).toMatchObject({ mmu, ret });
  });

  it('is not asked for in a kernel that does not have the function', () => {
    const start = startOf({ ...PLAIN, ...PRIVATE, path: 'map_private_pfn' }, '6.16');
    expect(step(start, { ask: 'exists' })).toMatchObject({ outcome: 'stuck', rule: 'not-in-this-kernel' });
  });
});

describe('a first page of a TD', () => {
  const first: Partial<Situation> = { ...PRIVATE, path: 'add_page' };
  const results = (change: Partial<Situation>, kernel: Kernel, whatIf: WhatIf = 'none') => {
    const { earlier, ret, page } = run({ ...first, ...change }, kernel, whatIf, true);
    return [
      ...earlier.filter(({ ended }) => ended === 'round').map(({ result }) => result),
      ret,
      page.added,
      page.reported,
    ];
  };

  it('is added once, and a second time refused: by the file up to 6.19, by the mapping in 7.0', () => {
    expect(results({}, '6.16')).toEqual(['0', '-EEXIST', 1, 1]);
    expect(results({}, '6.18')).toEqual(['0', '-EEXIST', 1, 1]);
    expect(results({}, '6.19')).toEqual(['0', '-EEXIST', 1, 1]);
    expect(results({}, '7.0')).toEqual(['0', '-EIO', 1, 1]);
  });

  it('would be reported as added without being added, if the prefault rule held in 7.0', () => {
    expect(results({}, '7.0', 'prefault-rule')).toEqual(['0', '0', 1, 2]);
  });

  it('gets in at the second try of 6.16 only because SPURIOUS is success there', () => {
    expect(results({ sept: 'busy' }, '6.16')).toEqual(['-EBUSY', '0', 1, 1]);
    expect(results({ sept: 'busy' }, '6.19')).toEqual(['0', '-EEXIST', 1, 1]);
  });

  it('must be private and have a file', () => {
    expect(run({ ...first, attr_private: false }, '6.19').ret).toBe('-EINVAL');
    expect(run({ ...first, slot_has_gmem: false }, '6.19').ret).toBe('-EINVAL');
    expect(run({ ...first, gmem: 'hwpoison' }, '6.19').ret).toBe('-EHWPOISON');
  });
});

describe('events', () => {
  it('that do not come next are refused and change nothing', () => {
    const start = startOf(PLAIN, '6.16');
    const taken = step(start, { ask: 'install' });
    expect(taken).toMatchObject({ outcome: 'refused', rule: 'out-of-order' });
    expect(taken.state).toBe(start);
  });
});

describe('raw input', () => {
  const flags = Object.entries(PLAIN).map(([name, value]) => [
    name,
    typeof value === 'boolean' ? Number(value) : value,
  ]);
  const raw: Record<string, unknown> = Object.fromEntries(flags);

  it('is read member by member', () => {
    expect(readSituation(raw)).toEqual(PLAIN);
    expect(readSituation({ ...raw, lost_cmpxchg: 3, private: 1 })).toEqual({
      ...PLAIN,
      lost_cmpxchg: 3,
      private: true,
    });
  });

  const wrong: [what: string, input: unknown, path: string][] = [
    ['a list', [], ''],
    ['nothing', null, ''],
    ['a text', 'fault', ''],
    ['an unknown path', { ...raw, path: 'guess' }, '/path'],
    ['the path that only scenarios have', { ...raw, path: 'add_page' }, '/path'],
    ['a number for a name', { ...raw, slot: 1 }, '/slot'],
    ['true for a flag', { ...raw, private: true }, '/private'],
    ['2 for a flag', { ...raw, root_obsolete: 2 }, '/root_obsolete'],
    ['a negative count', { ...raw, lost_cmpxchg: -1 }, '/lost_cmpxchg'],
    ['half a race', { ...raw, lost_cmpxchg: 0.5 }, '/lost_cmpxchg'],
    ['a member of every object', { ...raw, spte: 'constructor' }, '/spte'],
  ];

  it.each(wrong)('%s is refused at its place', (_what, input, path) => {
    expect(pathOfRefusal(input)).toBe(path);
  });

  it('with a member missing is refused at that member', () => {
    for (const name of Object.keys(raw)) {
      const { [name]: _, ...rest } = raw;
      expect(pathOfRefusal(rest)).toBe(`/${name}`);
    }
  });
});

function pathOfRefusal(input: unknown): string | undefined {
  try {
    answer(input);
  } catch (error) {
    if (error instanceof InputError) return error.path;
    throw error;
  }
  return undefined;
}

describe('every result', () => {
  it('is reached by some situation, but for the two that stay inside the MMU code', () => {
    const reached = new Set<ResultName>();
    for (const change of [{}, { spte: 'ro' }, { slot: 'none' }, { spte: 'frozen' }] satisfies Partial<Situation>[]) {
      const { mmu } = run(change);
      const name = RESULTS.find((known) => known === mmu);
      if (name !== undefined) reached.add(name);
    }
    reached.add('RET_PF_WRITE_PROTECTED');
    expect(run({ access: 'write', gfn_write_protected: true }).mmu).toBe('RET_PF_WRITE_PROTECTED');
    expect(RESULTS.filter((name) => !reached.has(name))).toEqual(['RET_PF_CONTINUE', 'RET_PF_INVALID']);
  });
});
