import { atLeast, kernelLabel } from './kernel.ts';
import type { Errno } from './seamcall.ts';
import type { Kvm, Stage, State } from './state.ts';

/** `1 CPU`, `2 CPUs`. */
export function count(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? '' : 's'}`;
}

export function errnoInWords(errno: Errno | null): string {
  return errno === null ? '0' : `-${errno}`;
}

/** `123124 KB (120.2 MB)`. */
export function sizeInWords(kb: number): string {
  return kb < 1024 ? `${kb} KB` : `${kb} KB (${(kb / 1024).toFixed(1)} MB)`;
}

/** `120.2 MB`: for narrow places. */
export function shortSize(kb: number): string {
  return kb < 1024 ? `${kb} KB` : `${(kb / 1024).toFixed(1)} MB`;
}

/** `on 1 package`, `on 2 of 3 packages`. */
export function share(part: number, all: number, thing: string): string {
  return part === all ? count(all, thing) : `${part} of ${count(all, thing)}`;
}

const STAGE_NAMES: Readonly<Record<Stage, string>> = {
  detect: 'KeyIDs from firmware',
  vmxon: 'VMXON on every CPU',
  'sys-init': 'TDH.SYS.INIT, once',
  'lp-init': 'TDH.SYS.LP.INIT, every CPU',
  metadata: 'metadata, TDH.SYS.RD',
  'memory-list': 'list of TDX memory',
  tdmrs: 'TDMRs',
  pamts: 'PAMTs',
  reserved: 'reserved areas',
  config: 'TDH.SYS.CONFIG',
  'key-config': 'TDH.SYS.KEY.CONFIG, packages',
  'tdmr-init': 'TDH.SYS.TDMR.INIT, TDMRs',
};

export function stageName(stage: Stage): string {
  return STAGE_NAMES[stage];
}

const KVM_WORDS: Readonly<Record<Kvm, string>> = {
  'not-loaded': 'not loaded',
  loaded: 'loaded',
  'loaded-tdx-off': 'loaded, TDX off',
  'loaded-with-tdx': 'loaded with TDX',
  refused: 'refused',
};

export function kvmInWords(kvm: Kvm): string {
  return KVM_WORDS[kvm];
}

/** The state of the module in the kernel's own words; from 7.1 on there is only a flag, and one try. */
export function statusInWords({ setup, status }: State): string {
  if (!atLeast(setup.kernel, '7.1')) return status;
  return { UNINITIALIZED: 'not initialized', INITIALIZED: 'initialized', ERROR: 'failed at boot' }[status];
}

/** The same as a clause: `the TDX module is in state ERROR`. */
export function moduleClause(state: State): string {
  if (state.kexec?.disabled === true) return 'the TDX module is disabled';
  const status = statusInWords(state);
  if (!atLeast(state.setup.kernel, '7.1')) return `the TDX module is in state ${status}`;
  return state.status === 'ERROR' ? 'the TDX module has failed at boot' : `the TDX module is ${status}`;
}

const KVM_CLAUSES: Readonly<Record<Kvm, string>> = {
  'not-loaded': 'kvm_intel is not loaded',
  loaded: 'kvm_intel is loaded',
  'loaded-tdx-off': 'kvm_intel is loaded with TDX off',
  'loaded-with-tdx': 'kvm_intel is loaded with TDX',
  refused: 'kvm_intel refuses to load',
};

export function kvmClause(kvm: Kvm): string {
  return KVM_CLAUSES[kvm];
}

export function kernelInWords({ setup }: State): string {
  return `Linux ${kernelLabel(setup.kernel)}`;
}
