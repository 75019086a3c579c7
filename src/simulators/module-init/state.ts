import { type Kernel, kernelOf } from './kernel.ts';
import { CPUS_PER_PACKAGE, TDMR_GB } from './machine.ts';
import type { Parameters } from './parameters.ts';
import type { Errno } from './seamcall.ts';

export type Firmware = 'loaded' | 'newer' | 'absent' | 'blocked' | 'one-keyid' | 'off';

/** What the reader lets go wrong. */
export type Fails =
  | 'nothing'
  | 'lp-init'
  | 'metadata'
  | 'pamt'
  | 'config'
  | 'key-config'
  | 'entropy-9'
  | 'entropy-10'
  | 'package-offline'
  | 'tdmr-init';

export type Setup = {
  kernel: Kernel;
  /** Whether time makes large pieces of free memory rare. */
  fragments: boolean;
  tdx: boolean;
  firmware: Firmware;
  fails: Fails;
  /** Whether the first caller does VMXON before it calls. */
  vmxon: boolean;
  packages: number;
  erratum: boolean;
};

/** The stages in the words of the picture, in the order of 6.16. */
export const STAGES = [
  'detect',
  'vmxon',
  'sys-init',
  'lp-init',
  'metadata',
  'memory-list',
  'tdmrs',
  'pamts',
  'reserved',
  'config',
  'key-config',
  'tdmr-init',
] as const;
export type Stage = (typeof STAGES)[number];

/** `undone`: it had been done, and unwinding took it back. */
export type Mark = { went: 'done' | 'failed' | 'undone'; text: string };

/**
 * tdx_module_status. From 7.1 on the kernel has no such value but only `initialized`, and tries once at boot; ERROR then stands for
 * a try that failed.
 */
export type Status = 'UNINITIALIZED' | 'INITIALIZED' | 'ERROR';

/** Whose a PAMT is. `flushed`: the module's, with no line left in a cache; `reset`: made normal memory again as well. */
export type Pamt = { gb: number; holder: 'nobody' | 'kernel' | 'module' | 'flushed' | 'reset' };

export type Kvm = 'not-loaded' | 'loaded' | 'loaded-tdx-off' | 'loaded-with-tdx' | 'refused';

/**
 * Somebody asked for something; `errno` null: it was granted. `seamcalls`: how many the model counted for it. A real machine makes
 * more of them, one for each field of metadata and several for each TDMR.
 */
export type Attempt = { what: string; errno: Errno | null; seamcalls: number };

export type Kexec = {
  answer: 'refused' | 'under-way' | 'jumped';
  errno?: Errno;
  disabled: boolean;
  flushed: boolean;
};

/** What people and time do. */
export type Asked = 'detect' | 'time-passes' | 'load-kvm' | 'unload-kvm' | 'want-tdx' | 'kexec-load';

/** What the kernel then does by itself, one step after the other. */
export type Due =
  | 'enable'
  | 'vmxon'
  | 'sys-init'
  | 'lp-init'
  | 'metadata'
  | 'memory-list'
  | 'tdmrs'
  | 'pamt'
  | 'reserved'
  | 'config'
  | 'key-config'
  | 'tdmr-init'
  | 'finish'
  | 'reset-pamts'
  | 'free-pamts'
  | 'free-lists'
  | 'give-up'
  | 'answer'
  | 'kexec-disable'
  | 'kexec-flush'
  | 'kexec-jump';

export type Event = { do: Asked | Due };

/** What the run goes through after boot; absent in an exploration, which goes through everything. */
export type Course = { when: 'soon' | 'late'; afterwards: 'nothing' | 'again' | 'kexec' };

export type State = {
  setup: Setup;
  course?: Course;
  booted: boolean;
  /** X86_FEATURE_TDX_HOST_PLATFORM. */
  platform: boolean;
  cutUp: boolean;
  /** Whether the online CPUs are in VMX operation. */
  vmxon: boolean;
  /** What TDH.SYS.INIT came to; it is made once for all time. */
  sysInit?: { errno: Errno | null };
  /** CPUs that have had TDH.SYS.LP.INIT. */
  readyCpus: number;
  status: Status;
  kvm: Kvm;
  memoryList: boolean;
  tdmrList: boolean;
  pamts: readonly Pamt[];
  /** Whether TDH.SYS.CONFIG has handed the PAMTs over. */
  configured: boolean;
  keyedPackages: number;
  initializedTdmrs: number;
  /** The next step of the kernel; null: it rests. */
  due: Due | null;
  /** Who waits for the answer. */
  call?: { by: 'a caller' | 'kvm_intel' | 'boot'; seamcallsBefore: number };
  /** What is being unwound and will be answered. */
  errno: Errno | null;
  seamcalls: number;
  /** Made without VMXON; none of them can succeed. */
  earlySeamcalls: number;
  /** PAMTs that went back to the page allocator as the module had left them. */
  dirtyFrees: number;
  attempts: readonly Attempt[];
  kexec?: Kexec;
  marks: Readonly<Partial<Record<Stage, Mark>>>;
  log: readonly string[];
  /** Lines that the last step printed. */
  freshLines: number;
  freshStage?: Stage;
};

/** A state that rules may write in. */
export type Draft = State;

export function setupOf(given: Parameters): Setup {
  return {
    kernel: kernelOf(given.kernel),
    fragments: given.fragments,
    tdx: given.tdx,
    firmware: oneOf(given.firmware, ['loaded', 'newer', 'absent', 'blocked', 'one-keyid', 'off']),
    fails: oneOf(given.fails, FAILS),
    vmxon: given.vmxon,
    packages: given.packages,
    erratum: given.erratum,
  };
}

export const FAILS: readonly [Fails, ...Fails[]] = [
  'nothing',
  'lp-init',
  'metadata',
  'pamt',
  'config',
  'key-config',
  'entropy-9',
  'entropy-10',
  'package-offline',
  'tdmr-init',
];

/** Values have been checked against the choices; anything else is taken as the first of them. */
function oneOf<Name extends string>(value: string, names: readonly [Name, ...Name[]]): Name {
  return names.find((name) => name === value) ?? names[0];
}

export function courseOf({ when, afterwards }: Parameters): Course {
  return { when: oneOf(when, ['late', 'soon']), afterwards: oneOf(afterwards, ['nothing', 'again', 'kexec']) };
}

export function startOf(setup: Setup, course?: Course): State {
  return {
    setup,
    ...(course === undefined ? {} : { course }),
    booted: false,
    platform: false,
    cutUp: false,
    vmxon: false,
    readyCpus: 0,
    status: 'UNINITIALIZED',
    kvm: 'not-loaded',
    memoryList: false,
    tdmrList: false,
    pamts: TDMR_GB.map((gb) => ({ gb, holder: 'nobody' })),
    configured: false,
    keyedPackages: 0,
    initializedTdmrs: 0,
    due: null,
    errno: null,
    seamcalls: 0,
    earlySeamcalls: 0,
    dirtyFrees: 0,
    attempts: [],
    marks: {},
    log: [],
    freshLines: 0,
  };
}

/** Packages of the machine, and those with a CPU online. Without a second one no package could be offline. */
export function packagesOf({ packages, fails }: Setup): { all: number; online: number } {
  if (fails !== 'package-offline') return { all: packages, online: packages };
  const all = Math.max(2, packages);
  return { all, online: all - 1 };
}

export function onlineCpus(setup: Setup): number {
  return packagesOf(setup).online * CPUS_PER_PACKAGE;
}

/** Where the metadata is read: first, or after the memory list in 6.8. */
export function stagesOf(kernel: Kernel): readonly Stage[] {
  if (kernel !== '6.8') return STAGES;
  const others = STAGES.filter((stage) => stage !== 'metadata');
  const after = others.indexOf('memory-list') + 1;
  return [...others.slice(0, after), 'metadata', ...others.slice(after)];
}

export function held(pamts: readonly Pamt[]): readonly Pamt[] {
  return pamts.filter((pamt) => pamt.holder !== 'nobody');
}

export function isAllocated({ memoryList, tdmrList, pamts }: State): boolean {
  return memoryList || tdmrList || held(pamts).length > 0;
}
