import { type AnySimulator, defineSimulator } from '../kit/define.ts';
import type { Citation } from '../kit/simulator.ts';
import { eventsFrom, startFrom } from './course.ts';
import { kernel, reading } from './draft.ts';
import { exploration } from './exploration.ts';
import { invariants } from './invariants.ts';
import { describe, step } from './model.ts';
import { parameters } from './parameters.ts';
import { report } from './report.ts';
import { scenarios } from './scenarios.ts';
import { draw } from './scene.ts';

const sources: readonly Citation[] = [
  kernel('virt/kvm/guest_memfd.c kvm_gmem_get_pfn(), kvm_gmem_punch_hole()'),
  kernel('virt/kvm/kvm_main.c kvm_vm_set_mem_attributes()'),
  kernel('arch/x86/kvm/mmu/mmu.c kvm_mmu_faultin_pfn(), is_page_fault_stale(); kvm_faultin_pfn() in 6.8'),
  kernel('Documentation/virt/kvm/api.rst KVM_EXIT_MEMORY_FAULT, KVM_SET_MEMORY_ATTRIBUTES'),
  kernel('arch/x86/kvm/svm/sev.c sev_mem_enc_register_region()'),
  { where: 'Sean Christopherson to Nikunj Dadhania, KVM: SVM: Defer page pinning for SEV guests, 1 Apr 2022' },
  { where: 'Kai Huang to Dan Williams, TDX host kernel support v3, 29 Apr 2022' },
  reading('where one table serves both kinds, a hole or a discard drops whatever is mapped there: read from the code'),
  { where: 'that SNP guests came in 6.11 is not verified', inferred: true },
  { where: 'the what-ifs: SEV on UPM, mixed memory, no second look', inferred: true },
];

export const privateMemory: AnySimulator = defineSimulator({
  id: 'private-memory',
  title: 'Private guest memory: guest_memfd and attributes',
  about:
    'How pages of a guest become private or shared, what the host sees of it with SEV, SNP and TDX, and what it costs.',
  leavesOut: [
    'Pages of 2 MB, and the alignment, overflow and binding checks of the ioctls.',
    'TDX accept, PAGE.AUG and the RMP of SNP: a page is simply mapped or refused.',
    'Filling memory before the guest runs (KVM_TDX_INIT_MEM_REGION, SNP launch update) and prefaulting.',
    'The time inside KVM_SET_MEMORY_ATTRIBUTES: its invalidation and its end are one step here, so no fault falls between.',
    'Memory pressure, swap and the OOM killer; a host page is free or in use.',
    'What the VMM must set up for hypercall exits (KVM_CAP_EXIT_HYPERCALL); here it has.',
    'Mapping guest_memfd with mmap (6.18), and conversion in place, which was still under review in mid 2026.',
  ],
  sources,
  parameters,
  events: eventsFrom,
  start: startFrom,
  step,
  draw,
  result: report,
  describe,
  scenarios,
  invariants,
  exploration,
});
