import { type AnySimulator, defineSimulator } from '../kit/define.ts';
import type { Citation } from '../kit/simulator.ts';
import { eventsOf, startOf } from './course.ts';
import { exploration } from './exploration.ts';
import { invariants } from './invariants.ts';
import { describe, step } from './model.ts';
import { parameters } from './parameters.ts';
import { report } from './report.ts';
import { scenarios } from './scenarios.ts';
import { draw } from './scene.ts';
import { kernel } from './told.ts';

const sources: readonly Citation[] = [
  kernel('mm/mprotect.c change_pte_range(), change_pud_range(); mm/huge_memory.c change_huge_pmd()', '6.8, 6.16'),
  kernel('mm/memory.c do_numa_page(); mm/huge_memory.c do_huge_pmd_numa_page()'),
  kernel('mm/migrate.c migrate_pages_batch(), migrate_folio_unmap(), __migrate_folio()'),
  kernel('include/linux/mm.h folio_maybe_dma_pinned(); mm/gup.c'),
  kernel('virt/kvm/kvm_main.c hva_to_pfn(), mmu_notifier handlers; virt/kvm/guest_memfd.c'),
  kernel('arch/x86/kvm/svm/sev.c sev_pin_memory()', '6.8, 6.16; FOLL_LONGTERM since 6.15'),
  {
    where:
      'KVM: SVM: Defer page pinning for SEV guests, RFC v1: Peter Gonda, 31 Mar 2022; Sean Christopherson, 1 Apr 2022',
  },
  { where: 'Yan Zhao, Reduce NUMA balance caused TLB-shootdowns in a VM, RFC, Aug 2023' },
  {
    where: 'mm: huge_memory: use folio_can_map_prot_numa() for pmd folio, and its series, late 2025',
    kernel: 'after 6.18; the release was not checked',
  },
  {
    where: 'That 6.8 stands for 5.17 to 6.9 and 6.16 for 6.10 to 6.18; read from 6.1, 6.8 and 6.16 and from patches',
    inferred: true,
  },
  {
    where:
      'Steps 4 and 6: that the second notifier call finds nothing to zap, and that KVM then sees a changed sequence',
    kernel: '6.16',
    inferred: true,
  },
  {
    where: 'That a pinned THP costs a target in each of the 10 passes, since rmap refuses to unmap it',
    kernel: '6.16',
    inferred: true,
  },
  { where: 'Demand pinning and the limit of locked memory: how the RFC would have met it', inferred: true },
];

export const pagePinning: AnySimulator = defineSimulator({
  id: 'page-pinning',
  title: 'A held page and NUMA balancing',
  about:
    'What the NUMA balancing scanner does to a guest page that nobody holds, that has an extra reference, that is pinned, or that lives in guest_memfd.',
  leavesOut: [
    'The pace of the scanner, its choice of ranges, and when it skips a range: here it always comes by.',
    "The filter that lets a page follow a task only after repeated faults: here a page on the wrong node is always wanted on the vCPU's node.",
    'Other reasons to migrate, such as compaction, CMA and hotplug, and swap: only NUMA balancing acts.',
    'A page mapped by several processes, dirty file pages, KSM and HugeTLB, which the scanner treats in ways of their own.',
    'Free memory that runs out on the target node, and other CPUs that hold the page lock or touch the page meanwhile.',
    'The shared view beside guest_memfd: that is ordinary memory of the VMM and is scanned like it.',
    'The order inside steps 1 and 2: the invalidation begins before the entry changes and ends after it, so no guest sees the gap.',
  ],
  sources,
  parameters,
  events: eventsOf,
  start: startOf,
  step,
  draw,
  result: report,
  describe,
  scenarios,
  invariants,
  exploration,
});
