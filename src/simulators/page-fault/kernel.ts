import type { Citation } from '../kit/simulator.ts';

/**
 * The kernels that differ in what is modelled here, oldest first. `6.16` stands for 6.12-6.17 and was read in 6.16.1 (its TDX
 * part exists since 6.16); `6.18` gives up a prefault when the memory slot is being deleted; `6.19` maps the first pages of a TD
 * with a function of its own; `7.0` no longer remembers which pages of a guest_memfd were filled.
 */
export const KERNELS = ['6.8', '6.16', '6.18', '6.19', '7.0'] as const;
export type Kernel = (typeof KERNELS)[number];

export const RESULTS = [
  'RET_PF_CONTINUE',
  'RET_PF_RETRY',
  'RET_PF_EMULATE',
  'RET_PF_WRITE_PROTECTED',
  'RET_PF_INVALID',
  'RET_PF_FIXED',
  'RET_PF_SPURIOUS',
] as const;
export type ResultName = (typeof RESULTS)[number];

/** What the MMU code comes to: a name, or a negative error by its name. */
export type Result = ResultName | `-${string}`;

export function atLeast(kernel: Kernel, since: Kernel): boolean {
  return KERNELS.indexOf(kernel) >= KERNELS.indexOf(since);
}

/** The value in traces of that kernel; `undefined` where the name did not exist. */
export function numberOf(kernel: Kernel, name: ResultName): number | undefined {
  const place = RESULTS.indexOf(name);
  const inserted = RESULTS.indexOf('RET_PF_WRITE_PROTECTED');
  if (atLeast(kernel, '6.16') || place < inserted) return place;
  return place === inserted ? undefined : place - 1;
}

export function isResultName(result: string): result is ResultName {
  return RESULTS.some((name) => name === result);
}

/** `RET_PF_FIXED (5)`; an error stays as it is. */
export function named(kernel: Kernel, result: Result): string {
  const number = isResultName(result) ? numberOf(kernel, result) : undefined;
  return number === undefined ? result : `${result} (${number})`;
}

/** `kernel` is where the function was read and found to do this, a version or a range. */
export function mmu(name: string, kernel: string): Citation {
  return { where: `arch/x86/kvm/mmu/mmu.c ${name}()`, kernel };
}

export function tdpMmu(name: string, kernel: string): Citation {
  return { where: `arch/x86/kvm/mmu/tdp_mmu.c ${name}()`, kernel };
}

export function guestMemfd(name: string, kernel: string): Citation {
  return { where: `virt/kvm/guest_memfd.c ${name}()`, kernel };
}

/** The function that prefaults; 6.19 gave it another name. */
export function prefaultFunction(kernel: Kernel): string {
  return atLeast(kernel, '6.19') ? 'kvm_tdp_page_prefault' : 'kvm_tdp_map_page';
}
