import { isResultName, KERNELS, type Kernel } from './kernel.ts';
import type { Situation, Spte } from './situation.ts';
import { accessOf, isPrivate, type State } from './state.ts';

const KERNEL_LABELS: Readonly<Record<Kernel, string>> = {
  '6.8': '6.8',
  '6.16': '6.12-6.17',
  '6.18': '6.18',
  '6.19': '6.19',
  '7.0': '7.0',
};

/** The kernels that one choice stands for; first pages of a TD can be added since 6.16. */
export function kernelLabel(kernel: Kernel, path: Situation['path']): string {
  return kernel === '6.16' && path === 'add_page' ? '6.16-6.17' : KERNEL_LABELS[kernel];
}

export function kernelOf(value: string): Kernel {
  return KERNELS.find((kernel) => kernel === value) ?? '6.16';
}

const ENTRIES: Readonly<Record<Spte, string>> = {
  none: 'empty',
  rw: 'writable',
  ro_mmu_writable: 'read-only, may be opened',
  ro: 'read-only',
  mmio: 'device mark',
  mmio_stale: 'old device mark',
  frozen: 'frozen',
};

export function entryInWords(spte: Spte): string {
  return ENTRIES[spte];
}

/** The request in one sentence. */
export function requestInWords(state: State): string {
  const { given } = state;
  const view = isPrivate(given) ? 'private' : 'shared';
  const twice = state.rounds > 1 ? ', twice' : '';
  const kernel = kernelLabel(state.kernel, given.path);
  return `${whoAsks(state, view)}${twice}; entry before: ${entryInWords(given.spte)}; kernel ${kernel}.`;
}

function whoAsks(state: State, view: string): string {
  const verb = { read: 'reads', write: 'writes to', exec: 'executes' }[accessOf(state)];
  const who: Record<Situation['path'], string> = {
    fault: `The guest ${verb} a ${view} page`,
    prefault: `The VMM asks to map a ${view} page ahead`,
    map_private_pfn: 'KVM maps a private page that it has in hand',
    add_page: 'The VMM asks to add a first page to a TD',
  };
  return who[state.given.path];
}

/** What a caller answers, short: `1, resume`. */
export function answerInWords(answer: string | null): string {
  if (answer === null) return '';
  if (answer === '1') return '1, resume';
  if (answer === '0') return '0, success';
  if (answer === 'emulator') return 'emulate';
  return isResultName(answer) ? 'resume' : answer;
}

export function shortResult(result: string): string {
  return result.replace('RET_PF_', '');
}

/** What becomes of the request in the end, as the end of a sentence. */
export function endInWords({ ret, action }: State): string {
  const then: Record<NonNullable<State['action']>, string> = {
    resume_guest: 'the guest resumes',
    emulate_instruction: 'the instruction is emulated',
    exit_to_userspace_memory_fault: 'KVM_RUN ends with an exit that names the page',
    return_error_to_userspace: `KVM_RUN ends with ${ret}`,
    success: 'the caller gets 0, success',
    fail: `the caller gets ${ret}`,
    not_in_this_kernel: 'there is nothing to run',
  };
  return action === null ? '' : then[action];
}
