import { describe, expect, test } from 'vitest';
import { KERNELS, type Kernel } from '../../src/simulators/module-init/kernel.ts';
import { pamtKb, TDMR_GB } from '../../src/simulators/module-init/machine.ts';
import { step } from '../../src/simulators/module-init/model.ts';
import { type Ending, mapEnding, numberOf } from '../../src/simulators/module-init/seamcall.ts';
import { type Asked, type Due, type Setup, type State, startOf } from '../../src/simulators/module-init/state.ts';

const PLAIN: Setup = {
  kernel: '6.16',
  fragments: false,
  tdx: true,
  firmware: 'loaded',
  fails: 'nothing',
  vmxon: true,
  packages: 2,
  erratum: true,
};

function machine(more: Partial<Setup> = {}) {
  let state: State = startOf({ ...PLAIN, ...more });
  const rules: string[] = [];
  const becauses: string[] = [];
  const take = (what: Asked | Due) => {
    const taken = step(state, { do: what });
    state = taken.state;
    rules.push(taken.rule);
    becauses.push(taken.because);
    return taken;
  };
  const self = {
    take,
    rules,
    becauses,
    state: () => state,
    /** Asks, and lets the kernel work until it rests; returns the rules that acted. */
    ask(what: Asked) {
      const from = rules.length;
      take(what);
      while (state.due !== null) take(state.due);
      return rules.slice(from);
    },
    /** Boots, and asks for TDX in the way of that kernel. */
    wants() {
      self.ask('detect');
      if (state.setup.kernel !== '6.8') return self.ask('load-kvm');
      self.ask('load-kvm');
      return self.ask('want-tdx');
    },
  };
  return self;
}

const OLD: readonly Kernel[] = ['6.8', '6.16', '6.18'];
const NEW: readonly Kernel[] = ['7.1', '7.2'];

describe('what a SEAMCALL comes back with, and what Linux makes of it', () => {
  test.each<[Ending, string | null]>([
    ['success', null],
    ['no-vmxon', 'EACCES'],
    ['no-module', 'ENODEV'],
    ['general-protection', 'EOPNOTSUPP'],
    ['no-entropy', 'EIO'],
    [{ status: 'c000010000000000' }, 'EIO'],
  ])('%o becomes %s', (ending, errno) => {
    expect(mapEnding('TDH.SYS.CONFIG', ending).errno).toBe(errno);
  });

  test('only a status of the module is printed, with the number of the service and all 16 digits', () => {
    expect(mapEnding('TDH.SYS.CONFIG', { status: 'c000010000000000' }).log).toEqual([
      'virt/tdx: SEAMCALL (0x000000000000002d) failed: 0xc000010000000000',
    ]);
    expect(mapEnding('TDH.SYS.KEY.CONFIG', 'no-entropy').log).toEqual([
      'virt/tdx: SEAMCALL (0x000000000000001f) failed: 0x8000020300000000',
    ]);
    for (const ending of ['no-vmxon', 'no-module', 'general-protection'] as const) {
      expect(mapEnding('TDH.SYS.INIT', ending).log).toEqual([]);
    }
  });

  test('errors have their Linux numbers', () => {
    expect([numberOf('EIO'), numberOf('ENOMEM'), numberOf('EACCES')]).toEqual([-5, -12, -13]);
    expect([numberOf('ENODEV'), numberOf('EINVAL'), numberOf('EOPNOTSUPP')]).toEqual([-19, -22, -95]);
  });
});

test('the three PAMTs are the documented 262668 KB', () => {
  expect(TDMR_GB.map(pamtKb)).toEqual([8212, 123124, 131332]);
  expect(TDMR_GB.map(pamtKb).reduce((sum, kb) => sum + kb)).toBe(262668);
});

describe('boot', () => {
  test('two KeyIDs are needed: one alone turns TDX off with a line in the log, none without', () => {
    const one = machine({ firmware: 'one-keyid' });
    one.ask('detect');
    expect(one.state()).toMatchObject({ platform: false });
    expect(one.state().log.at(-1)).toBe('virt/tdx: initialization failed: too few private KeyIDs available.');
    const none = machine({ firmware: 'off' });
    none.ask('detect');
    expect(none.state()).toMatchObject({ platform: false, log: [] });
  });

  test('the range of KeyIDs is printed half open', () => {
    const ours = machine();
    ours.ask('detect');
    expect(ours.state().log[0]).toBe('virt/tdx: BIOS enabled: private KeyID range [16, 64)');
  });

  test.each(OLD)('%s does not touch the module at boot', (kernel) => {
    const ours = machine({ kernel });
    expect(ours.ask('detect')).toEqual(['detect']);
    expect(ours.state()).toMatchObject({ seamcalls: 0, status: 'UNINITIALIZED' });
  });

  test.each(NEW)('%s initializes TDX at boot, before anybody asks', (kernel) => {
    const ours = machine({ kernel });
    ours.ask('detect');
    expect(ours.state()).toMatchObject({ status: 'INITIALIZED', vmxon: true, kvm: 'not-loaded' });
    expect(ours.state().log.slice(-2)).toEqual([
      'virt/tdx: 262668 KB allocated for PAMT',
      'virt/tdx: TDX-Module initialized',
    ]);
  });
});

describe('the order of the stages', () => {
  const reads = (kernel: Kernel) => machine({ kernel }).wants();

  test('6.8 lists memory and then reads the metadata; later kernels the other way round', () => {
    const old = reads('6.8');
    expect(old.indexOf('memory-list')).toBeLessThan(old.indexOf('metadata'));
    const later = reads('6.16');
    expect(later.indexOf('metadata')).toBeLessThan(later.indexOf('memory-list'));
  });

  test('6.16 from VMXON to INITIALIZED', () => {
    expect(reads('6.16')).toEqual([
      ...['load-and-enable', 'vmxon', 'sys-init', 'lp-init', 'enable', 'metadata', 'memory-list', 'tdmrs'],
      ...['pamt', 'pamt', 'pamt', 'reserved-areas', 'config', 'key-config', 'key-config'],
      ...['tdmr-init', 'tdmr-init', 'tdmr-init', 'initialized', 'loaded-with-tdx'],
    ]);
  });

  test.each([1, 2, 5, 8])('the key is set once on each of %i packages', (packages) => {
    const rules = machine({ packages }).wants();
    expect(rules.filter((rule) => rule === 'key-config')).toHaveLength(packages);
  });
});

describe('each stage fails with its error, and what was done is undone in order', () => {
  const LISTS = ['free-lists', 'give-up'];
  const FREE = ['free-pamts', ...LISTS];
  const RESET = ['reset-pamts', ...FREE];

  test.each<[Partial<Setup>, string, string, readonly string[]]>([
    [{ fails: 'metadata' }, 'metadata-fails', 'EIO', ['give-up']],
    [{ fails: 'metadata', kernel: '6.8' }, 'metadata-fails', 'EIO', LISTS],
    [{ fails: 'pamt' }, 'no-room-for-pamt', 'ENOMEM', LISTS],
    [{ fails: 'config' }, 'config-fails', 'EIO', FREE],
    [{ fails: 'key-config' }, 'key-config-fails', 'EIO', RESET],
    [{ fails: 'entropy-10' }, 'key-config-fails', 'EIO', RESET],
    [{ fails: 'package-offline' }, 'tdmr-init-fails', 'EIO', RESET],
    [{ fails: 'tdmr-init' }, 'tdmr-init-fails', 'EIO', RESET],
  ])('%o: %s, -%s', (setup, rule, errno, way) => {
    const ours = machine(setup);
    const rules = ours.wants();
    const at = rules.indexOf(rule);
    expect(rules.slice(at + 1, -1)).toEqual(way);
    expect(ours.state()).toMatchObject({ status: 'ERROR', memoryList: false, tdmrList: false, due: null });
    expect(ours.state().pamts.every(({ holder }) => holder === 'nobody')).toBe(true);
    expect(ours.state().attempts.at(-1)).toMatchObject({ errno });
    const number = errno === 'ENOMEM' ? -12 : -5;
    expect(ours.state().log.at(-1)).toBe(`virt/tdx: module initialization failed (${number})`);
  });

  test('late, the first PAMT is found, the second is not, and the first goes back', () => {
    const ours = machine({ fragments: true });
    ours.ask('detect');
    ours.ask('time-passes');
    const rules = ours.ask('load-kvm');
    expect(rules.slice(-6)).toEqual([
      ...['pamt', 'no-room-for-pamt', 'free-pamts', 'free-lists', 'give-up', 'kvm-does-not-load'],
    ]);
    expect(ours.becauses.join(' ')).toContain('needs 123124 KB (120.2 MB) in one piece');
  });

  test('a CPU that fails TDH.SYS.LP.INIT leaves the state UNINITIALIZED, and the next try is a real one', () => {
    const ours = machine({ fails: 'lp-init' });
    expect(ours.wants().at(-1)).toBe('kvm-does-not-load');
    expect(ours.state()).toMatchObject({ status: 'UNINITIALIZED', readyCpus: 1 });
    const calls = ours.state().seamcalls;
    ours.ask('load-kvm');
    expect(ours.state().seamcalls).toBeGreaterThan(calls);
    expect(ours.state().attempts.map(({ errno }) => errno)).toEqual(['EIO', 'EIO']);
  });

  test('nine times without entropy are one too few to fail, and the tenth call succeeds', () => {
    const ours = machine({ fails: 'entropy-9' });
    expect(ours.wants()).toContain('key-config-retried');
    expect(ours.state()).toMatchObject({ status: 'INITIALIZED' });
    const calls = (fails: Setup['fails']) => {
      const other = machine({ fails });
      other.wants();
      return other.state().seamcalls;
    };
    expect(calls('entropy-9') - calls('nothing')).toBe(9);
  });

  test('a tenth call without entropy is the last one, and its status is printed', () => {
    const ours = machine({ fails: 'entropy-10' });
    ours.wants();
    const lines = ours.state().log.filter((line) => line.includes('0x8000020300000000'));
    expect(lines).toEqual(['virt/tdx: SEAMCALL (0x000000000000001f) failed: 0x8000020300000000']);
  });
});

describe('PAMTs go back clean', () => {
  const holdersBeforeFree = (setup: Partial<Setup>) => {
    const ours = machine({ fails: 'tdmr-init', ...setup });
    ours.ask('detect');
    if (ours.state().kvm === 'not-loaded' && ours.state().status === 'UNINITIALIZED') ours.take('load-kvm');
    while (ours.state().due !== 'free-pamts') ours.take(ours.state().due ?? 'answer');
    return new Set(ours.state().pamts.map(({ holder }) => holder));
  };

  test.each<[Kernel, boolean, string]>([
    ['6.16', true, 'reset'],
    ['6.16', false, 'reset'],
    ['6.18', true, 'reset'],
    ['6.18', false, 'flushed'],
  ])('%s, erratum %s: %s', (kernel, erratum, holder) => {
    expect(holdersBeforeFree({ kernel, erratum })).toEqual(new Set([holder]));
  });

  test('before TDH.SYS.CONFIG there is nothing to reset', () => {
    expect(machine({ fails: 'config' }).wants()).not.toContain('reset-pamts');
  });
});

describe('a second try', () => {
  test.each(['6.16', '6.18'] as const)('%s: ERROR answers -EINVAL without a SEAMCALL', (kernel) => {
    const ours = machine({ kernel, fails: 'config' });
    ours.wants();
    const calls = ours.state().seamcalls;
    expect(ours.ask('load-kvm').slice(-2)).toEqual(['error-is-final', 'kvm-does-not-load']);
    expect(ours.state().seamcalls).toBe(calls);
    expect(ours.state().attempts.map(({ errno }) => errno)).toEqual(['EIO', 'EINVAL']);
  });

  test('after a success it gets 0 without a SEAMCALL', () => {
    const ours = machine();
    ours.wants();
    const calls = ours.state().seamcalls;
    ours.ask('unload-kvm');
    expect(ours.ask('load-kvm')).toContain('initialized-already');
    expect(ours.state()).toMatchObject({ kvm: 'loaded-with-tdx', seamcalls: calls });
  });

  test('memory that has become free does not help', () => {
    const ours = machine({ kernel: '6.8', fails: 'pamt' });
    ours.wants();
    expect(ours.ask('want-tdx')).toContain('error-is-final');
  });

  test('the first answer of TDH.SYS.INIT is kept, even when VMXON was what it lacked', () => {
    const ours = machine({ kernel: '6.8', vmxon: false });
    expect(ours.wants()).toEqual(['on-demand', 'vmxon-left-out', 'no-vmxon', 'caller-refused']);
    expect(ours.ask('want-tdx')).toEqual(['on-demand', 'vmxon', 'first-answer-is-kept', 'caller-refused']);
    expect(ours.state()).toMatchObject({ vmxon: true, seamcalls: 1, status: 'UNINITIALIZED' });
  });
});

describe('whether KVM is loaded', () => {
  test.each<[Partial<Setup>, string]>([
    [{}, 'loaded-with-tdx'],
    [{ tdx: false, fails: 'pamt' }, 'loaded'],
    [{ firmware: 'off' }, 'loaded-tdx-off'],
    [{ firmware: 'one-keyid' }, 'loaded-tdx-off'],
    [{ firmware: 'absent' }, 'loaded-tdx-off'],
    [{ firmware: 'blocked' }, 'refused'],
    [{ vmxon: false }, 'refused'],
    [{ fails: 'lp-init' }, 'refused'],
    [{ fails: 'metadata' }, 'refused'],
    [{ fails: 'pamt' }, 'refused'],
    [{ fails: 'config' }, 'refused'],
    [{ fails: 'key-config' }, 'refused'],
    [{ fails: 'tdmr-init' }, 'refused'],
  ])('%o: 6.16 %s, 7.1 is never kept from loading, 6.8 does not care', (setup, kvm) => {
    const load = (kernel: Kernel) => {
      const ours = machine({ ...setup, kernel });
      ours.wants();
      return ours.state().kvm;
    };
    expect(load('6.16')).toBe(kvm);
    expect(load('6.18')).toBe(kvm);
    expect(load('7.1')).toBe(kvm === 'refused' ? 'loaded-tdx-off' : kvm);
    expect(load('6.8')).toBe('loaded');
  });

  test('a KVM that refuses to load leaves VMX operation; one that loads stays in it', () => {
    const refused = machine({ fails: 'pamt' });
    refused.wants();
    expect(refused.state().vmxon).toBe(false);
    const loaded = machine({ firmware: 'absent' });
    loaded.wants();
    expect(loaded.state()).toMatchObject({ vmxon: true });
  });

  test('from 7.1 on TDX stays when KVM goes', () => {
    const stays = (kernel: Kernel) => {
      const ours = machine({ kernel });
      ours.wants();
      ours.ask('unload-kvm');
      return ours.state().vmxon;
    };
    expect([stays('6.16'), stays('7.1')]).toEqual([false, true]);
  });
});

describe('kexec', () => {
  const kexec = (setup: Partial<Setup>) => {
    const ours = machine(setup);
    ours.wants();
    const rules = ours.ask('kexec-load');
    return { rules, kexec: ours.state().kexec, log: ours.state().log };
  };

  test.each(['6.8', '6.16'] as const)('%s is built without it', (kernel) => {
    expect(kexec({ kernel }).kexec).toMatchObject({ answer: 'refused', errno: 'ENOSYS' });
  });

  test.each(['6.18', '7.1'] as const)('%s refuses on a CPU with the erratum, and says why', (kernel) => {
    const { kexec: refused, log } = kexec({ kernel });
    expect(refused).toMatchObject({ answer: 'refused', errno: 'EOPNOTSUPP' });
    expect(log.at(-1)).toBe('kexec: Not allowed on platform with tdx_pw_mce bug');
  });

  test('the refusal does not ask whether TDX is in use, only whether the platform has it', () => {
    expect(kexec({ kernel: '6.18', tdx: false }).kexec).toMatchObject({ errno: 'EOPNOTSUPP' });
    expect(kexec({ kernel: '6.18', firmware: 'off' }).rules).toEqual(['kexec-begins', 'nothing-to-flush', 'jump']);
  });

  test('without the erratum 6.18 flushes the caches and leaves the module running', () => {
    const { rules, kexec: done } = kexec({ kernel: '6.18', erratum: false, firmware: 'newer' });
    expect(rules).toEqual(['kexec-begins', 'flush-for-kexec', 'jump']);
    expect(done).toMatchObject({ answer: 'jumped', disabled: false, flushed: true });
  });

  test('7.2 disables the module before the flush and VMXOFF, if the module can be disabled', () => {
    const { rules, kexec: done } = kexec({ kernel: '7.2', firmware: 'newer' });
    expect(rules).toEqual(['kexec-begins', 'module-disabled', 'flush-for-kexec', 'jump']);
    expect(done).toMatchObject({ answer: 'jumped', disabled: true });
    const older = kexec({ kernel: '7.2' });
    expect(older.rules).toContain('module-cannot-be-disabled');
    expect(older.log.at(-1)).toBe('virt/tdx: TDH.SYS.DISABLE failed: 0xc000010000000000');
  });

  test('afterwards nothing can be asked of the old kernel', () => {
    const ours = machine({ kernel: '7.2', firmware: 'newer' });
    ours.wants();
    ours.ask('kexec-load');
    expect(ours.take('unload-kvm')).toMatchObject({ outcome: 'refused', rule: 'out-of-order' });
  });
});

describe('what does not come next is refused and changes nothing', () => {
  test.each<[string, (ours: ReturnType<typeof machine>) => void, Asked | Due]>([
    ['TDX before boot', () => {}, 'load-kvm'],
    ['a stage that nobody began', (ours) => ours.take('detect'), 'config'],
    ['a stage out of turn', (ours) => [ours.take('detect'), ours.take('load-kvm')], 'config'],
    ['a request in the middle', (ours) => [ours.take('detect'), ours.take('load-kvm')], 'kexec-load'],
    ['a caller of TDX in 6.16', (ours) => ours.take('detect'), 'want-tdx'],
    ['a second boot', (ours) => ours.take('detect'), 'detect'],
  ])('%s', (_, before, event) => {
    const ours = machine();
    before(ours);
    const state = ours.state();
    expect(ours.take(event)).toMatchObject({ state, outcome: 'refused', rule: 'out-of-order' });
  });
});

test('every kernel has its own way of starting', () => {
  const firsts = KERNELS.map((kernel) => machine({ kernel }).wants()[0]);
  expect(firsts).toEqual(['on-demand', 'load-and-enable', 'load-and-enable', 'load-with-tdx', 'load-with-tdx']);
});
