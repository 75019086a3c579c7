/** Starting another kernel while the module runs: refused, or after a flush, or after the module was disabled. */
import { atLeast, KEXEC_6_18, KEXEC_7_2, kvm, reading, tdx } from './kernel.ts';
import { pamtKb } from './machine.ts';
import { type Draft, onlineCpus } from './state.ts';
import { print, type Told } from './told.ts';
import { count, sizeInWords } from './words.ts';

export function kexecLoad(draft: Draft): Told {
  const { kernel, erratum } = draft.setup;
  if (!atLeast(kernel, '6.18')) {
    draft.kexec = { answer: 'refused', errno: 'ENOSYS', disabled: false, flushed: false };
    const because =
      'A kernel with TDX host support is built without kexec (depends on !KEXEC_CORE), so the system call is missing: -ENOSYS.';
    const source = { where: 'arch/x86/Kconfig INTEL_TDX_HOST', kernel: '6.8-6.17' };
    return { outcome: 'refused', rule: 'kexec-not-built', because, source };
  }
  if (!atLeast(kernel, '7.2') && erratum && draft.platform) {
    draft.kexec = { answer: 'refused', errno: 'EOPNOTSUPP', disabled: false, flushed: false };
    print(draft, 'kexec: Not allowed on platform with tdx_pw_mce bug');
    const because =
      'This CPU has the partial write erratum: memory the module has used could raise machine checks in the next kernel. The image is not even loaded, -EOPNOTSUPP, whether TDX was initialized or not.';
    return { outcome: 'refused', rule: 'kexec-erratum', because, source: KEXEC_6_18 };
  }
  draft.kexec = { answer: 'under-way', disabled: false, flushed: false };
  const disables = atLeast(kernel, '7.2') && draft.status === 'INITIALIZED';
  draft.due = disables ? 'kexec-disable' : 'kexec-flush';
  const because = disables
    ? 'The next kernel is loaded and kexec begins. The module is still running; 7.2 stops it first.'
    : 'The next kernel is loaded and kexec begins. What the module has left in the caches must not come out later.';
  return { outcome: 'done', rule: 'kexec-begins', because, source: disables ? KEXEC_7_2 : KEXEC_6_18 };
}

/** What Kai Huang hoped for in 2022, with VMXON in the core kernel as its condition. */
export function kexecDisable(draft: Draft): Told {
  const kb = draft.pamts.reduce((sum, each) => sum + pamtKb(each.gb), 0);
  draft.due = 'kexec-flush';
  draft.seamcalls++;
  const source = tdx('tdx_shutdown(), tdx_sys_disable()', '7.2');
  if (draft.setup.firmware !== 'newer') {
    print(draft, 'virt/tdx: TDH.SYS.DISABLE failed: 0xc000010000000000');
    const because =
      'This module does not know TDH.SYS.DISABLE yet. The kernel says so and goes on: the module stays as it is, and so does any poison.';
    return { outcome: 'done', rule: 'module-cannot-be-disabled', because, source };
  }
  if (draft.kexec !== undefined) draft.kexec = { ...draft.kexec, disabled: true };
  draft.pamts = draft.pamts.map((each) => ({ ...each, holder: 'reset' }));
  const because = `TDH.SYS.DISABLE, made while the CPUs are still in VMX operation, stops the module and gives back all memory, ${sizeInWords(kb)} of PAMTs among it, with any poison cleared.`;
  return { outcome: 'done', rule: 'module-disabled', because, source };
}

export function kexecFlush(draft: Draft): Told {
  const { kernel } = draft.setup;
  const cpus = onlineCpus(draft.setup);
  draft.due = 'kexec-jump';
  draft.vmxon = false;
  const dirty = draft.seamcalls > 0;
  if (draft.kexec !== undefined) draft.kexec = { ...draft.kexec, flushed: dirty };
  const source = atLeast(kernel, '7.2')
    ? tdx('tdx_shutdown_cpu(), tdx_cpu_flush_cache()', '7.2')
    : kvm('tdx_disable_virtualization_cpu(), with stop_this_cpu() behind it', '6.18-7.1');
  if (!dirty) {
    const because = 'No SEAMCALL was ever made, so no cache holds a line under another KeyID: nothing to flush.';
    return { outcome: 'done', rule: 'nothing-to-flush', because, source };
  }
  const because = `WBINVD on ${count(cpus, 'CPU')}, then VMXOFF: a line under the module's KeyID that came out later would overwrite the next kernel.`;
  return { outcome: 'done', rule: 'flush-for-kexec', because, source };
}

export function kexecJump(draft: Draft): Told {
  draft.due = null;
  const { disabled = false } = draft.kexec ?? {};
  if (draft.kexec !== undefined) draft.kexec = { ...draft.kexec, answer: 'jumped' };
  const tdxThere = disabled
    ? 'It can initialize TDX from scratch'
    : draft.status === 'INITIALIZED'
      ? 'TDX cannot be had there: the module is initialized already, and only a reset of the machine ends that'
      : draft.sysInit?.errno === null
        ? 'The module was left half-way, with no call to begin again'
        : 'The module was never reached, so it can be initialized there';
  const because = `The next kernel runs. ${tdxThere}.`;
  return {
    outcome: 'done',
    rule: 'jump',
    because,
    source: reading('arch/x86/kernel/machine_kexec_64.c machine_kexec()', '6.18-7.2'),
  };
}
