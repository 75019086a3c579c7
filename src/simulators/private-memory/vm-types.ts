/** The kinds of guest, and what their hardware shows the host. `sev-upm` is the what-if of 2022; no kernel has it. */
export type VmType = 'normal' | 'sev' | 'sev-upm' | 'software' | 'snp' | 'tdx';

export type Kernel = '6.8' | '6.11' | '6.16';

const KERNELS: readonly Kernel[] = ['6.8', '6.11', '6.16'];

export interface VmFacts {
  /** `a TDX guest`. */
  name: string;
  /** What KVM_CREATE_VM is asked for. */
  created: string;
  /** The first of our kernels that creates one. */
  since: Kernel;
  /** Whether KVM keeps the private attribute for it and takes guest_memfd for private pages. */
  privateMemory: boolean;
  /** Whether a fault tells the host if the access was a private one. */
  seesKind: boolean;
  /** One table for each kind of page; the others have one entry for a page, whatever its kind. */
  twoTables: boolean;
  /** What the host sees of the kind, as the end of a sentence. */
  sees: string;
}

export const vmTypes: Readonly<Record<VmType, VmFacts>> = {
  normal: {
    name: 'a normal guest',
    created: 'KVM_X86_DEFAULT_VM (0)',
    since: '6.8',
    privateMemory: false,
    seesKind: false,
    twoTables: false,
    sees: 'it has no private pages, and all of its memory is memory of the VMM',
  },
  sev: {
    name: 'an SEV or SEV-ES guest',
    created: 'a VM for SEV or SEV-ES',
    since: '6.8',
    privateMemory: false,
    seesKind: false,
    twoTables: false,
    sees: "the C-bit stands in the guest's own page tables, where the host cannot read it, and no fault reports it",
  },
  'sev-upm': {
    name: 'an SEV guest on UPM (what if)',
    created: 'a VM type of its own for SEV, which no kernel has',
    since: '6.8',
    privateMemory: true,
    seesKind: false,
    twoTables: false,
    sees: 'the C-bit stays hidden, so KVM can only believe the attribute, and the attribute only what the guest says',
  },
  software: {
    name: 'a software-protected guest',
    created: 'KVM_X86_SW_PROTECTED_VM (1)',
    since: '6.8',
    privateMemory: true,
    seesKind: false,
    twoTables: false,
    sees: 'no hardware knows two kinds of access, so KVM takes the kind from the attribute; the type is for tests',
  },
  snp: {
    name: 'an SNP guest',
    created: 'KVM_X86_SNP_VM (4)',
    since: '6.11',
    privateMemory: true,
    seesKind: true,
    twoTables: false,
    sees: 'the error code of a nested page fault says whether the access was encrypted',
  },
  tdx: {
    name: 'a TDX guest',
    created: 'KVM_X86_TDX_VM (5)',
    since: '6.16',
    privateMemory: true,
    seesKind: true,
    twoTables: true,
    sees: 'the shared bit of the faulting address says of what kind the access was',
  },
};

/** Whether `kernel` is `since` or later. */
export function isSince(kernel: Kernel, since: Kernel): boolean {
  return KERNELS.indexOf(kernel) >= KERNELS.indexOf(since);
}
