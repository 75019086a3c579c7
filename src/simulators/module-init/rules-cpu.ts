/** From the caller to a module that every CPU may call: VMXON, TDH.SYS.INIT, TDH.SYS.LP.INIT, and the switch in tdx_enable(). */
import { atLeast, kvm, reading, startsWith, tdx } from './kernel.ts';
import { type Draft, type Due, onlineCpus } from './state.ts';
import { failingSeamcall, mark, print, seamcall, type Told, unwind } from './told.ts';
import { count, errnoInWords } from './words.ts';

/** With the memory list or with the metadata: 6.8 looks at memory first. */
function firstOfInit(draft: Draft): Due {
  return draft.setup.kernel === '6.8' ? 'memory-list' : 'metadata';
}

export function enable(draft: Draft): Told {
  return atLeast(draft.setup.kernel, '7.1') ? enableAtBoot(draft) : enableForCaller(draft);
}

/** 7.1: an initcall, so it runs once and nobody can ask again. */
function enableAtBoot(draft: Draft): Told {
  const source = tdx('tdx_enable(), subsys_initcall', '7.1-7.2');
  if (draft.platform) {
    draft.due = 'vmxon';
    const because =
      'TDX is initialized during boot, before KVM: memory is still in large pieces, and no caller can come too late or too early.';
    return { outcome: 'done', rule: 'at-boot', because, source };
  }
  print(draft, 'virt/tdx: TDX not supported by the host platform');
  unwind(draft, 'ENODEV', 'answer');
  return {
    outcome: 'refused',
    rule: 'no-platform',
    because: 'Without KeyIDs there is nothing to do: -ENODEV.',
    source,
  };
}

function enableForCaller(draft: Draft): Told {
  const source = tdx('tdx_enable()', '6.8-7.0');
  if (draft.status === 'INITIALIZED') {
    draft.due = 'answer';
    const because = 'The state is INITIALIZED: the caller gets 0 and no SEAMCALL is made. The work is done once.';
    return { outcome: 'done', rule: 'initialized-already', because, source };
  }
  if (draft.status === 'ERROR') {
    unwind(draft, 'EINVAL', 'answer');
    const because =
      'The state is ERROR from an earlier try, and nothing leads out of it: -EINVAL, whatever the first error was and however much memory is free now.';
    return { outcome: 'refused', rule: 'error-is-final', because, source };
  }
  draft.due = firstOfInit(draft);
  const because = 'The state is UNINITIALIZED, so this caller does the work, under tdx_module_lock.';
  return { outcome: 'done', rule: 'enable', because, source };
}

export function vmxon(draft: Draft): Told {
  const { setup } = draft;
  const cpus = onlineCpus(setup);
  const ready = draft.readyCpus === cpus;
  draft.due = ready ? (atLeast(setup.kernel, '7.1') ? firstOfInit(draft) : 'enable') : 'sys-init';
  const who = { 'a caller': 'The caller', kvm_intel: 'KVM', boot: 'The core kernel' }[startsWith(setup.kernel)];
  if (!setup.vmxon && draft.sysInit === undefined) {
    mark(draft, 'vmxon', 'failed', 'left out');
    const duty =
      setup.kernel === '6.8'
        ? 'tdx_enable() does not do it and cannot tell'
        : 'no kernel of this version leaves it out, this is a what-if';
    const because = `${who} should have done VMXON on ${count(cpus, 'CPU')} first; ${duty}.`;
    return {
      outcome: 'done',
      rule: 'vmxon-left-out',
      because,
      source: reading('Documentation/arch/x86/tdx.rst', '6.8-7.0'),
    };
  }
  const had = draft.vmxon;
  draft.vmxon = true;
  mark(draft, 'vmxon', 'done', count(cpus, 'CPU'));
  const source = atLeast(setup.kernel, '7.1')
    ? { where: 'arch/x86/virt/hw.c x86_virt_get_ref()', kernel: '7.1-7.2' }
    : setup.kernel === '6.8'
      ? { where: 'Documentation/arch/x86/tdx.rst, on the callers of tdx_enable()', kernel: '6.8' }
      : kvm('__tdx_bringup()', '6.16-7.0');
  const because = had
    ? `All ${count(cpus, 'CPU')} are in VMX operation already.`
    : `${who} does VMXON on ${count(cpus, 'CPU')}; only now can a SEAMCALL reach the module.`;
  return {
    outcome: 'done',
    rule: 'vmxon',
    because: ready ? `${because} Each has had its TDH.SYS.LP.INIT, too.` : because,
    source,
  };
}

/** The first SEAMCALL also finds out whether there is a module. Its answer is kept, good or bad. */
export function sysInit(draft: Draft): Told {
  const source = tdx('tdx_cpu_enable(), try_init_module_global()');
  if (draft.sysInit !== undefined) {
    const { errno } = draft.sysInit;
    if (errno === null) {
      draft.due = 'lp-init';
      return {
        outcome: 'done',
        rule: 'init-made-before',
        because: 'TDH.SYS.INIT was made before, and went well.',
        source,
      };
    }
    unwind(draft, errno, 'answer');
    const because = `TDH.SYS.INIT is made once in the life of a kernel and its answer kept: ${errnoInWords(errno)} again, without a SEAMCALL, though VMXON is done now.`;
    const kept = errno === 'EACCES' ? because : because.replace(', though VMXON is done now', '');
    return { outcome: 'refused', rule: 'first-answer-is-kept', because: kept, source };
  }
  const { firmware } = draft.setup;
  const ending = firmware === 'absent' ? 'no-module' : firmware === 'blocked' ? 'general-protection' : 'success';
  const { errno } = seamcall(draft, 'TDH.SYS.INIT', ending);
  draft.sysInit = { errno };
  if (errno === null) {
    draft.due = 'lp-init';
    mark(draft, 'sys-init', 'done', '1 call');
    const because = 'TDH.SYS.INIT, the first SEAMCALL, succeeds: there is a module, and it is ready for its CPUs.';
    return { outcome: 'done', rule: 'sys-init', because, source };
  }
  mark(draft, 'sys-init', 'failed', errnoInWords(errno));
  unwind(draft, errno, 'answer');
  if (errno === 'ENODEV') print(draft, 'virt/tdx: module not loaded');
  return {
    outcome: 'refused',
    ...FIRST_CALL_FAILS[errno === 'ENODEV' || errno === 'EACCES' ? errno : 'EOPNOTSUPP'],
    source,
  };
}

const FIRST_CALL_FAILS = {
  EACCES: {
    rule: 'no-vmxon',
    because:
      'SEAMCALL is a VMX instruction: on a CPU without VMXON it raises #UD and never reaches the module. Linux makes -EACCES of it and prints nothing.',
  },
  ENODEV: {
    rule: 'no-module',
    because:
      'SEAMCALL comes back with VMFailInvalid: nothing is loaded in the range that firmware set up. Linux makes -ENODEV of it.',
  },
  EOPNOTSUPP: {
    rule: 'general-protection',
    because: 'SEAMCALL raises #GP: the CPU will not enter SEAM mode. Linux makes -EOPNOTSUPP of it and prints nothing.',
  },
} as const;

export function lpInit(draft: Draft): Told {
  const source = tdx('tdx_cpu_enable()');
  const cpus = onlineCpus(draft.setup);
  const before = draft.readyCpus;
  while (draft.readyCpus < cpus) {
    if (draft.setup.fails === 'lp-init' && draft.readyCpus === 1) return lpInitFails(draft, cpus);
    const { errno } = seamcall(draft, 'TDH.SYS.LP.INIT');
    if (errno !== null) return lpInitFails(draft, cpus);
    draft.readyCpus++;
  }
  mark(draft, 'lp-init', 'done', count(cpus, 'CPU'));
  draft.due = atLeast(draft.setup.kernel, '7.1') ? firstOfInit(draft) : 'enable';
  const because = `TDH.SYS.LP.INIT on each of the ${count(cpus - before, 'CPU')}; a CPU that has not had it may make no other SEAMCALL.`;
  return { outcome: 'done', rule: 'lp-init', because, source };
}

function lpInitFails(draft: Draft, cpus: number): Told {
  const errno = failingSeamcall(draft, 'TDH.SYS.LP.INIT');
  mark(draft, 'lp-init', 'failed', `${draft.readyCpus} of ${count(cpus, 'CPU')}, ${errnoInWords(errno)}`);
  unwind(draft, errno, 'answer');
  const state = atLeast(draft.setup.kernel, '7.1')
    ? 'the initialization of the module is not even begun'
    : 'the state stays UNINITIALIZED, so a later try is free to do better';
  const because = `TDH.SYS.LP.INIT succeeds on ${count(draft.readyCpus, 'CPU')} and fails on the next: ${errnoInWords(errno)}. No memory has been taken, and ${state}.`;
  return { outcome: 'refused', rule: 'lp-init-fails', because, source: tdx('tdx_cpu_enable()') };
}
