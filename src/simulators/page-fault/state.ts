import { atLeast, type Kernel, type Result } from './kernel.ts';
import type { Situation, Spte } from './situation.ts';

/** The questions of the decision path; each is one step of a run. */
export type Question =
  | 'exists'
  | 'page-file'
  | 'filled'
  | 'range'
  | 'may-map'
  | 'interrupted'
  | 'device'
  | 'tracked'
  | 'fast'
  | 'invalidated'
  | 'slot'
  | 'agree'
  | 'host-page'
  | 'changed'
  | 'lock'
  | 'entry'
  | 'permission'
  | 'install'
  | 's-ept'
  | 'protected'
  | 'emulable'
  | 'unprotect'
  | 'answer'
  | 'page-add';

export type Event = { ask: Question };

/** `prefault-rule`: SPURIOUS and WRITE_PROTECTED count as success everywhere. `write-prefault`: a prefault carries the write bit. */
export type WhatIf = 'none' | 'prefault-rule' | 'write-prefault';

export type Action =
  | 'resume_guest'
  | 'emulate_instruction'
  | 'exit_to_userspace_memory_fault'
  | 'return_error_to_userspace'
  | 'success'
  | 'fail'
  | 'not_in_this_kernel';

export type State = {
  kernel: Kernel;
  whatIf: WhatIf;
  /** 2: the same request comes a second time. */
  rounds: number;
  /** The situation as it was at the start; `situation` changes while the run goes on. */
  given: Situation;
  situation: Situation;
  /** The entry when this round began. */
  before: Spte;
  round: number;
  /** How often this round has called the MMU; counted only where a loop does it. */
  pass: number;
  /** `null` when nothing is left to ask. */
  next: Question | null;
  /** What has just ended: then the next question begins with a clean slate. */
  over: 'nothing' | 'pass' | 'round';
  fault: Fault;
  /** The answers of this pass, oldest first. */
  taken: readonly Taken[];
  /** What the passes and rounds before this one came to. */
  earlier: readonly { ended: 'pass' | 'round'; result: string }[];
  /** What the MMU code came to in its last pass; `null` when it was not reached. */
  mmu: Result | null;
  /** What the caller made of it: a name, a negative error, `0`, `1` for "resume" in 6.8, or `emulator`. */
  ret: string | null;
  action: Action | null;
  memoryFault: boolean;
  allowRetry: boolean;
  asyncStarted: boolean;
  sigbus: boolean;
  stat: Stat;
  /** The first page of a TD: how often it was asked for, accepted by the module, and reported as added. */
  page: { asked: number; added: number; reported: number; filled: boolean };
};

/** What one pass knows and the next one forgets. */
export type Fault = {
  /** No slot, or a slot that a nested guest must not see: the page is a device register. */
  device: boolean;
  mapWritable: boolean;
  /** Something that concerns the page was invalidated since the sequence was read. */
  sequenceMoved: boolean;
  attempts: number;
  /** The entry that is to be written, and whether the write bit was refused. */
  wanted: Spte;
  wrprot: boolean;
  /** What writing the entry came to, before the kind of entry is considered. */
  outcome: 'RET_PF_FIXED' | 'RET_PF_SPURIOUS';
};

export type Taken = { question: Question; door: string };

export type Stat = {
  pf_taken: number;
  pf_fixed: number;
  pf_emulate: number;
  pf_spurious: number;
  pf_fast: number;
  pf_mmio_spte_created: number;
};

export const FRESH_FAULT: Fault = {
  device: false,
  mapWritable: true,
  sequenceMoved: false,
  attempts: 0,
  wanted: 'none',
  wrprot: false,
  outcome: 'RET_PF_FIXED',
};

export function startOf(situation: Situation, kernel: Kernel, whatIf: WhatIf = 'none', again = false): State {
  return {
    kernel,
    whatIf,
    rounds: again ? 2 : 1,
    given: situation,
    situation,
    before: situation.spte,
    round: 1,
    pass: 0,
    next: firstQuestion(situation, kernel),
    over: 'nothing',
    fault: FRESH_FAULT,
    taken: [],
    earlier: [],
    mmu: null,
    ret: null,
    action: null,
    memoryFault: false,
    allowRetry: false,
    asyncStarted: false,
    sigbus: false,
    stat: { pf_taken: 0, pf_fixed: 0, pf_emulate: 0, pf_spurious: 0, pf_fast: 0, pf_mmio_spte_created: 0 },
    page: { asked: 0, added: 0, reported: 0, filled: false },
  };
}

export function firstQuestion({ path }: Situation, kernel: Kernel): Question {
  if (path === 'fault') return 'device';
  const since = path === 'map_private_pfn' ? '6.19' : '6.16';
  if (!atLeast(kernel, since)) return 'exists';
  if (path === 'prefault') return 'interrupted';
  return path === 'add_page' ? 'page-file' : 'may-map';
}

/** Whether the page is mapped by kvm_tdp_mmu_map_private_pfn(), which asks only about the entry. */
export function mapsKnownPage({ situation, kernel }: Pick<State, 'situation' | 'kernel'>): boolean {
  if (situation.path === 'add_page') return atLeast(kernel, '6.19');
  return situation.path === 'map_private_pfn';
}

/** The view of the page that the request is for. */
export function isPrivate({ path, private: view }: Situation): boolean {
  return path === 'add_page' || path === 'map_private_pfn' || view;
}

/** Private memory is taken to be that of a TD, whose real table the TDX module keeps; 6.8 knows no TDs. */
export function asksModule({ situation, kernel }: Pick<State, 'situation' | 'kernel'>): boolean {
  return isPrivate(situation) && atLeast(kernel, '6.16');
}

/** Only the guest itself writes or executes; whoever maps ahead acts as if it had read. */
export function accessOf({ situation, whatIf }: Pick<State, 'situation' | 'whatIf'>): Situation['access'] {
  if (situation.path === 'fault') return situation.access;
  return whatIf === 'write-prefault' && situation.path === 'prefault' ? 'write' : 'read';
}

/** The CPU met an entry whose reserved bits are set, which is how a device is marked. */
export function hitReservedBits({ path, spte }: Situation): boolean {
  return path === 'fault' && (spte === 'mmio' || spte === 'mmio_stale');
}

/** The "present" bit of the error code. A request that nobody's access caused has none. */
export function faultSaysPresent({ path, access, spte, write_tracked }: Situation): boolean {
  if (path !== 'fault') return false;
  if (spte === 'rw' || spte === 'ro' || spte === 'ro_mmu_writable') return true;
  return write_tracked && access === 'write' && spte !== 'none';
}

/** Whether the access would go through with this entry as it is. */
export function allows(spte: Spte, access: Situation['access']): boolean {
  if (spte === 'rw') return true;
  return access !== 'write' && (spte === 'ro' || spte === 'ro_mmu_writable');
}
