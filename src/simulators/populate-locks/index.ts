import { type AnySimulator, defineSimulator } from '../kit/define.ts';
import type { Citation } from '../kit/simulator.ts';
import { eventsFrom, startFrom } from './course.ts';
import { exploration } from './exploration.ts';
import { invariants } from './invariants.ts';
import { describe, step } from './model.ts';
import { parameters } from './parameters.ts';
import { report } from './report.ts';
import { scenarios } from './scenarios.ts';
import { draw } from './scene.ts';

const sources: readonly Citation[] = [
  { where: 'arch/x86/kvm/vmx/tdx.c tdx_vcpu_init_mem_region(), tdx_gmem_post_populate()', kernel: '6.16' },
  { where: 'virt/kvm/guest_memfd.c kvm_gmem_populate(), kvm_gmem_punch_hole(), kvm_gmem_release()', kernel: '6.16' },
  { where: 'kernel/locking/rwsem.c: readers, writers and the queue', kernel: '6.16' },
  {
    where:
      'Yan Zhao, KVM: TDX: Decouple TDX init mem region from kvm_gmem_populate(), RFC of 3 Jul 2025, with its diff',
  },
  { where: 'Michael Roth and Sean Christopherson in the same thread, 9 to 14 Jul 2025' },
  {
    where:
      '"KVM: x86/mmu: Add dedicated API to map guest_memfd pfn into TDP MMU", commit 3ab3283dbb2c (hash from list mail)',
    kernel: '6.19',
  },
  {
    where: '"KVM: guest_memfd: GUP source pages prior to populating guest memory", commit 2a62345b3052',
    kernel: '7.0',
  },
  {
    where: 'Documentation/locking/lockdep-design.rst: readers that are not recursive count like writers',
    kernel: '6.16',
  },
  {
    where:
      'that a fault on guest_memfd takes mmap_lock and not only the lock of its VMA: it has no map_pages, mm/memory.c',
    inferred: true,
  },
  { where: 'that two readers of mmap_lock come to a deadlock only with a writer between them', inferred: true },
  { where: 'one task alone, when the source lies in a mapping of the file that is filled', inferred: true },
];

export const populateLocks: AnySimulator = defineSimulator({
  id: 'populate-locks',
  title: 'Locks while the first pages of a TD are filled',
  about:
    'Who takes which lock in which order when a TD gets its initial memory, and whether any interleaving of the tasks ends in a deadlock.',
  leavesOut: [
    'Every lock but five: kvm->lock, vcpu->mutex, SRCU and the locks inside the TDX module among them.',
    'More than one page: 7.0 takes the invalidate lock page by page, the others once for each call, which is one page too.',
    'Signals: a fatal one ends a wait for mmap_lock, so the ring of the second deadlock can be killed; the first cannot.',
    'Spinning, stealing and handing over: here a free lock goes to who asked first, and waiting readers get it together.',
    'The lock of a single VMA, by which most faults in ordinary memory get along without mmap_lock; here each of them takes it.',
    'That a TD does not run before it is finalized: a fault of the guest beside the filling only shows that path, no kernel lets the two meet.',
    'The folio lock of the page that a fault in user space finds: nobody else wants it.',
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
