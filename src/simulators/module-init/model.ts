/**
 * The state of the TDX module in the kernel, from firmware to TDs and to kexec (Linux 6.8 to 7.2).
 *
 * Left out: what the module does inside a SEAMCALL; CPUs that come and go; several callers at once, which wait for each other at
 * tdx_module_lock; updates of the module at run time (7.2); Dynamic PAMT; where PAMTs and reserved areas come to lie (see tdmr-pamt).
 */
import type { Step } from '../kit/simulator.ts';
import { detect, timePasses } from './rules-boot.ts';
import { answer, loadKvm, unloadKvm, wantTdx } from './rules-callers.ts';
import { enable, lpInit, sysInit, vmxon } from './rules-cpu.ts';
import { config, finish, keyConfig, tdmrInit } from './rules-handover.ts';
import { kexecDisable, kexecFlush, kexecJump, kexecLoad } from './rules-kexec.ts';
import { memoryList, metadata, pamt, reserved, tdmrs } from './rules-memory.ts';
import { freeLists, freePamts, giveUp, resetPamts } from './rules-unwind.ts';
import type { Asked, Draft, Due, Event, State } from './state.ts';
import type { Told } from './told.ts';

const RULES: Readonly<Record<Asked | Due, (draft: Draft) => Told>> = {
  detect,
  'time-passes': timePasses,
  'load-kvm': loadKvm,
  'unload-kvm': unloadKvm,
  'want-tdx': wantTdx,
  'kexec-load': kexecLoad,
  enable,
  vmxon,
  'sys-init': sysInit,
  'lp-init': lpInit,
  metadata,
  'memory-list': memoryList,
  tdmrs,
  pamt,
  reserved,
  config,
  'key-config': keyConfig,
  'tdmr-init': tdmrInit,
  finish,
  'reset-pamts': resetPamts,
  'free-pamts': freePamts,
  'free-lists': freeLists,
  'give-up': giveUp,
  answer,
  'kexec-disable': kexecDisable,
  'kexec-flush': kexecFlush,
  'kexec-jump': kexecJump,
};

const ASKED: readonly Asked[] = ['detect', 'time-passes', 'load-kvm', 'unload-kvm', 'want-tdx', 'kexec-load'];

/** One step. What does not come next is refused and changes nothing. */
export function step(state: State, event: Event): Step<State> {
  const impossible = whyNot(state, event);
  if (impossible !== undefined) {
    const source = { where: 'the order of steps in this model' };
    return { state, outcome: 'refused', rule: 'out-of-order', because: impossible, source };
  }
  const draft: Draft = { ...state, freshLines: 0 };
  delete draft.freshStage;
  const told = RULES[event.do](draft);
  const log = draft.log.slice(draft.log.length - draft.freshLines);
  return { state: draft, ...told, ...(log.length === 0 ? {} : { log }) };
}

/** What people and time can do in this state. */
export function asks(state: State): readonly Event[] {
  return ASKED.map((each): Event => ({ do: each })).filter((event) => whyNot(state, event) === undefined);
}

function whyNot(state: State, event: Event): string | undefined {
  if (state.kexec?.answer === 'jumped') return 'Another kernel runs now.';
  if (state.due !== null) {
    return event.do === state.due ? undefined : 'The kernel is in the middle of something else, so nothing changes.';
  }
  if (event.do === 'detect') return state.booted ? 'The kernel has booted already.' : undefined;
  if (!state.booted) return 'The kernel has not booted yet.';
  const loaded = state.kvm.startsWith('loaded');
  switch (event.do) {
    case 'time-passes':
      return undefined;
    case 'load-kvm':
      return loaded ? 'kvm_intel is loaded already.' : undefined;
    case 'unload-kvm':
      return loaded ? undefined : 'kvm_intel is not loaded.';
    case 'want-tdx':
      return state.setup.kernel === '6.8' ? undefined : 'From 6.16 on nobody asks for TDX but by loading kvm_intel.';
    case 'kexec-load':
      return state.kexec === undefined ? undefined : 'kexec was tried already.';
    default:
      return 'Nothing of the kind is under way.';
  }
}

const DESCRIPTIONS: Readonly<Record<Asked | Due, string>> = {
  detect: 'boot: look for KeyIDs',
  'time-passes': 'weeks pass',
  'load-kvm': 'kvm_intel is loaded',
  'unload-kvm': 'kvm_intel is unloaded',
  'want-tdx': 'somebody wants TDX',
  'kexec-load': 'kexec',
  enable: 'tdx_enable()',
  vmxon: 'VMXON',
  'sys-init': 'TDH.SYS.INIT',
  'lp-init': 'TDH.SYS.LP.INIT on every CPU',
  metadata: 'read the metadata',
  'memory-list': 'list the memory',
  tdmrs: 'fill in the TDMRs',
  pamt: 'allocate a PAMT',
  reserved: 'list reserved areas',
  config: 'TDH.SYS.CONFIG',
  'key-config': 'TDH.SYS.KEY.CONFIG on a package',
  'tdmr-init': 'TDH.SYS.TDMR.INIT of a TDMR',
  finish: 'finish',
  'reset-pamts': 'unwind: reset the PAMTs',
  'free-pamts': 'unwind: free the PAMTs',
  'free-lists': 'unwind: free the lists',
  'give-up': 'unwind: give up',
  answer: 'answer the caller',
  'kexec-disable': 'disable the module',
  'kexec-flush': 'flush the caches',
  'kexec-jump': 'jump to the next kernel',
};

export function describe(event: Event): string {
  return DESCRIPTIONS[event.do];
}
