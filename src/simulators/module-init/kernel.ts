import type { Citation } from '../kit/simulator.ts';

/**
 * The kernels that differ in what is modelled here, oldest first. `6.8` stands for 6.8-6.15, where the tree has no caller; `6.16`
 * for 6.16-6.17; `6.18`, which knows kexec beside TDX, for 6.18-7.0; `7.1` initializes at boot; `7.2` shuts the module down for kexec.
 */
export const KERNELS = ['6.8', '6.16', '6.18', '7.1', '7.2'] as const;
export type Kernel = (typeof KERNELS)[number];

const LABELS: Readonly<Record<Kernel, string>> = {
  '6.8': '6.8-6.15',
  '6.16': '6.16-6.17',
  '6.18': '6.18-7.0',
  '7.1': '7.1',
  '7.2': '7.2',
};

export function kernelLabel(kernel: Kernel): string {
  return LABELS[kernel];
}

export function kernelOf(value: string): Kernel {
  return KERNELS.find((kernel) => kernel === value) ?? '6.16';
}

export function atLeast(kernel: Kernel, since: Kernel): boolean {
  return KERNELS.indexOf(kernel) >= KERNELS.indexOf(since);
}

/** What sets the initialization going. */
export function startsWith(kernel: Kernel): 'a caller' | 'kvm_intel' | 'boot' {
  if (atLeast(kernel, '7.1')) return 'boot';
  return atLeast(kernel, '6.16') ? 'kvm_intel' : 'a caller';
}

/** The host code of TDX; `kernel` is where it was read and found to do this. */
export function tdx(functions: string, kernel = '6.8-7.2'): Citation {
  return { where: `arch/x86/virt/vmx/tdx/tdx.c ${functions}`, kernel };
}

export function kvm(functions: string, kernel: string): Citation {
  return { where: `arch/x86/kvm/vmx/tdx.c ${functions}`, kernel };
}

export function reading(where: string, kernel: string): Citation {
  return { where, kernel, inferred: true };
}

/** Pull request x86_tdx_for_6.18-rc1, merged 4 Oct 2025. */
export const KEXEC_6_18: Citation = {
  where: 'x86/kexec: Disable kexec/kdump on platforms with TDX partial write erratum, commit b18651f70ce0',
  kernel: '6.18-7.1',
};

/** Merge tag x86_tdx_for_7.2-rc1, pushed 16 Jun 2026. */
export const KEXEC_7_2: Citation = {
  where: 'x86/tdx: Disable the TDX module during kexec and kdump, commit 5b25f249be32',
  kernel: '7.2',
};
