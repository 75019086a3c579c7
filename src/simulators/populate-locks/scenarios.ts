import type { Scenario } from '../kit/simulator.ts';
import type { Parameters } from './parameters.ts';

const THREAD = 'Thread of the RFC "KVM: TDX: Decouple TDX init mem region from kvm_gmem_populate()", July 2025';

/** What makes the second deadlock: a fault on the mapped file, and a writer that stands between two readers. */
const CROWD = { mmapFault: true, second: 'user-fault', third: 'mmap-call' } as const;

export const scenarios: readonly Scenario<Parameters>[] = [
  {
    id: 'as-in-6.16',
    title: 'Linux 6.16 as it is',
    lesson: 'The order of the locks leads nowhere back: tasks wait for each other, but never in a ring.',
    from: `${THREAD}: Michael Roth, that it hurts nothing in the current code`,
    parameters: { second: 'user-fault', third: 'punch-hole', order: 'in-turn' },
    openAt: 17,
  },
  {
    id: 'get-pfn-takes-lock',
    title: 'kvm_gmem_get_pfn() takes the invalidate lock',
    lesson: 'Filling holds the lock for writing and asks for it again to read: one task waits for itself, every time.',
    from: `${THREAD}: Yan Zhao, problem (1)`,
    parameters: { getPfn: true },
    openAt: 6,
  },
  {
    id: 'mmap-fault',
    title: 'AB-BA: a fault on the mapped file comes the other way',
    lesson:
      'Filling wants mmap_lock under the invalidate lock, the fault the reverse; with a writer of mmap_lock between them nobody gets on.',
    from: `${THREAD}: Yan Zhao, problem (2), in the part of the mail that the replies cut off`,
    parameters: { ...CROWD },
    openAt: 7,
  },
  {
    id: 'mmap-fault-readers-share',
    title: 'The same two, and nobody writes',
    lesson:
      'Both only read mmap_lock and share it, so the two alone get through; lockdep reports their order all the same.',
    from: `${THREAD}: beside problem (2), what it takes for it to strike; read from kernel/locking/rwsem.c`,
    parameters: { mmapFault: true, second: 'user-fault', order: 'in-turn' },
    openAt: 6,
  },
  {
    id: 'same-memfd-source',
    title: 'The source lies in the file that is filled',
    lesson:
      'Looking the source page up faults on the very file whose lock is held for writing: one task alone, every time.',
    from: `${THREAD}: problem (2) in one task, which is our reading`,
    parameters: { mmapFault: true, source: 'same-file' },
    openAt: 5,
  },
  {
    id: 'open-coded',
    title: "Yan Zhao's patch: filling without kvm_gmem_populate()",
    lesson:
      'The open-coded steps never hold the invalidate lock while they ask for another, so both deadlocks are gone; it was not merged.',
    from: `${THREAD}: Yan Zhao, the proposal`,
    parameters: { code: 'open-coded', getPfn: true, ...CROWD, order: 'in-turn' },
    openAt: 10,
  },
  {
    id: 'map-pfn-in-hand',
    title: 'The PFN in hand is mapped (6.19)',
    lesson: 'kvm_gmem_get_pfn() is no longer called from inside, so the task that waited for itself gets through.',
    from: `${THREAD}: Michael Roth and Sean Christopherson; merged for 6.19`,
    parameters: { code: '6.19', getPfn: true },
    openAt: 6,
  },
  {
    id: 'second-one-remains',
    title: '6.19 against the fault on the mapped file',
    lesson:
      'Mapping the PFN in hand does not change that the source page is looked up under the invalidate lock: the second deadlock is still there.',
    from: `${THREAD}: Ira Weiny's question whether Yan Zhao's patch is still needed`,
    parameters: { code: '6.19', getPfn: true, ...CROWD },
    openAt: 7,
  },
  {
    id: 'source-page-first',
    title: 'The source page first (7.0)',
    lesson: 'mmap_lock is taken and dropped before the invalidate lock: of all interleavings none ends in a deadlock.',
    from: `${THREAD}: what became of problem (2); merged for 7.0`,
    parameters: { code: '7.0', getPfn: true, ...CROWD, order: 'in-turn' },
    openAt: 10,
  },
];
