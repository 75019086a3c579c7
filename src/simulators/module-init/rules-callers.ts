/** Who asks for TDX, and what they make of the answer. */
import { atLeast, kvm, reading } from './kernel.ts';
import type { Attempt, Draft } from './state.ts';
import { print, type Told } from './told.ts';
import { errnoInWords } from './words.ts';

const LOADING = 'modprobe kvm_intel tdx=1';

/** 6.8 has no caller in the tree; this one stands for the KVM code that the series of 2023 was written for. */
export function wantTdx(draft: Draft): Told {
  const source = reading('arch/x86/virt/vmx/tdx/tdx.c tdx_enable(), without a caller', '6.8');
  if (!draft.platform) {
    note(draft, { what: whichTd(draft), errno: 'ENODEV', seamcalls: 0 });
    return {
      outcome: 'refused',
      rule: 'no-platform',
      because: 'Without KeyIDs there is nothing to ask for: -ENODEV.',
      source,
    };
  }
  draft.call = { by: 'a caller', seamcallsBefore: draft.seamcalls };
  draft.due = 'vmxon';
  const because =
    'Somebody wants to run a TD and enables TDX on demand. 6.8 itself has no such caller; it stands for the KVM series of that time.';
  return { outcome: 'done', rule: 'on-demand', because, source };
}

export function loadKvm(draft: Draft): Told {
  const { kernel, tdx } = draft.setup;
  if (!atLeast(kernel, '6.16')) {
    draft.kvm = 'loaded';
    const because = 'kvm_intel is loaded and knows nothing of TDX in this kernel; VMXON waits for the first guest.';
    return { outcome: 'done', rule: 'load-plain', because, source: reading('arch/x86/kvm/vmx, without tdx.c', '6.8') };
  }
  if (!tdx) return loadWithout(draft);
  return atLeast(kernel, '7.1') ? loadAfterBoot(draft) : loadAndEnable(draft);
}

function loadWithout(draft: Draft): Told {
  draft.kvm = 'loaded';
  draft.vmxon = true;
  note(draft, { what: 'modprobe kvm_intel', errno: null, seamcalls: 0 });
  const running =
    draft.status === 'INITIALIZED'
      ? 'The module was initialized at boot all the same, and keeps its memory.'
      : 'No SEAMCALL is made for KVM.';
  const because = `Without tdx=1 KVM does not ask for TDX and loads as ever. ${running}`;
  const where = atLeast(draft.setup.kernel, '7.1') ? '7.1-7.2' : '6.16-7.0';
  return { outcome: 'done', rule: 'load-without-tdx', because, source: kvm('enable_tdx', where) };
}

function loadAndEnable(draft: Draft): Told {
  const source = kvm('tdx_bringup()', '6.16-7.0');
  if (!draft.platform) {
    draft.kvm = 'loaded-tdx-off';
    draft.vmxon = true;
    print(draft, 'kvm_intel: tdx: no TDX private KeyIDs available');
    note(draft, { what: LOADING, errno: null, seamcalls: 0 });
    const because = 'There are no KeyIDs for TDX: KVM says so, turns TDX off and loads.';
    return { outcome: 'done', rule: 'load-no-platform', because, source };
  }
  draft.kvm = 'not-loaded';
  draft.call = { by: 'kvm_intel', seamcallsBefore: draft.seamcalls };
  draft.due = 'vmxon';
  const because =
    'kvm_intel is loaded with tdx=1, and its loading includes the whole initialization of TDX: it is not loaded before that has gone well.';
  return { outcome: 'done', rule: 'load-and-enable', because, source };
}

function loadAfterBoot(draft: Draft): Told {
  const source = kvm('__tdx_bringup(), tdx_get_sysinfo()', '7.1-7.2');
  draft.vmxon = true;
  note(draft, { what: LOADING, errno: null, seamcalls: 0 });
  if (draft.status === 'INITIALIZED') {
    draft.kvm = 'loaded-with-tdx';
    return {
      outcome: 'done',
      rule: 'load-with-tdx',
      because: 'TDX was ready before KVM came: it loads and may run TDs.',
      source,
    };
  }
  draft.kvm = 'loaded-tdx-off';
  if (!draft.platform) print(draft, 'kvm_intel: TDX not supported by the host platform');
  const because =
    'TDX did not come up at boot, which KVM sees as -ENODEV: it turns TDX off and loads. Ordinary guests no longer depend on TDX.';
  return { outcome: 'done', rule: 'load-tdx-off', because, source };
}

export function unloadKvm(draft: Draft): Told {
  const stays = atLeast(draft.setup.kernel, '7.1') && draft.status === 'INITIALIZED';
  draft.kvm = 'not-loaded';
  draft.vmxon = stays;
  const state =
    draft.status === 'INITIALIZED' ? 'The TDX module stays initialized and keeps its PAMTs' : 'TDX is not touched';
  const because = `kvm_intel is unloaded. ${state}; ${stays ? 'the core kernel keeps the CPUs in VMX operation' : 'KVM does VMXOFF'}.`;
  return { outcome: 'done', rule: 'unload', because, source: kvm('tdx_cleanup()', '6.16-7.2') };
}

/** The error, or 0, arrives where the call came from. */
export function answer(draft: Draft): Told {
  const { call, errno } = draft;
  const by = call?.by ?? 'a caller';
  const seamcalls = draft.seamcalls - (call?.seamcallsBefore ?? draft.seamcalls);
  draft.due = null;
  draft.errno = null;
  delete draft.call;
  if (by === 'boot') return answerBoot(draft, errno, seamcalls);
  note(draft, { what: by === 'kvm_intel' ? LOADING : whichTd(draft), errno, seamcalls });
  return by === 'kvm_intel' ? answerKvm(draft, errno) : answerCaller(errno);
}

function answerCaller(errno: Attempt['errno']): Told {
  const source = reading('arch/x86/virt/vmx/tdx/tdx.c tdx_enable()', '6.8');
  if (errno === null) {
    return { outcome: 'done', rule: 'caller-served', because: 'The caller gets 0: TDs can be run.', source };
  }
  const because = `The caller gets ${errnoInWords(errno)} and no TD runs; KVM is loaded and ordinary guests go on.`;
  return { outcome: 'refused', rule: 'caller-refused', because, source };
}

function answerKvm(draft: Draft, errno: Attempt['errno']): Told {
  const source = kvm('tdx_bringup()', '6.16-7.0');
  if (errno === null) {
    draft.kvm = 'loaded-with-tdx';
    const because = 'kvm_intel is loaded, and stays in VMX operation so that TDs and new CPUs can make SEAMCALLs.';
    return { outcome: 'done', rule: 'loaded-with-tdx', because, source };
  }
  if (errno === 'ENODEV') {
    draft.kvm = 'loaded-tdx-off';
    draft.vmxon = true;
    const because = '-ENODEV is the one error that KVM forgives: there is no module, so it turns TDX off and loads.';
    return { outcome: 'done', rule: 'no-module-forgiven', because, source };
  }
  draft.kvm = 'refused';
  draft.vmxon = false;
  const because = `${errnoInWords(errno)} is passed on: VMXOFF, and kvm_intel is not loaded at all. Ordinary guests cannot run either, until somebody loads it without tdx=1.`;
  return { outcome: 'refused', rule: 'kvm-does-not-load', because, source };
}

function answerBoot(draft: Draft, errno: Attempt['errno'], seamcalls: number): Told {
  const source = reading('arch/x86/virt/vmx/tdx/tdx.c tdx_enable()', '7.1-7.2');
  note(draft, { what: 'boot', errno, seamcalls });
  if (errno === null) {
    const because = 'Boot goes on with TDX ready; the CPUs stay in VMX operation, with or without KVM.';
    return { outcome: 'done', rule: 'boot-with-tdx', because, source };
  }
  if (draft.platform) draft.status = 'ERROR';
  draft.vmxon = false;
  const left = draft.platform ? '; the CPUs leave VMX operation, and nothing else has failed' : '';
  const because = `Boot goes on without TDX (${errnoInWords(errno)})${left}.`;
  return { outcome: 'refused', rule: 'boot-without-tdx', because, source };
}

function whichTd(draft: Draft): string {
  return draft.attempts.length === 0 ? 'first TD' : 'another TD';
}

function note(draft: Draft, attempt: Attempt): void {
  draft.attempts = [...draft.attempts, attempt];
}
