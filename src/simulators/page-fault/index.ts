import { type AnySimulator, defineSimulator } from '../kit/define.ts';
import type { Citation } from '../kit/simulator.ts';
import { exploration } from './exploration.ts';
import { invariants } from './invariants.ts';
import { mmu, tdpMmu } from './kernel.ts';
import { describe, runToEnd, step } from './model.ts';
import { parameters } from './parameters.ts';
import { startFrom } from './preset.ts';
import { answer, report } from './report.ts';
import { scenarios } from './scenarios.ts';
import { draw } from './scene.ts';

const sources: readonly Citation[] = [
  mmu('kvm_mmu_page_fault', '6.8, 6.16.1'),
  mmu('kvm_tdp_map_page', '6.16.1'),
  tdpMmu('kvm_tdp_mmu_map', '6.16.1'),
  { where: 'arch/x86/kvm/mmu/mmu_internal.h, enum of RET_PF_*', kernel: '6.8, 6.16.1' },
  { where: 'KVM x86 MMU changes for 6.18, merge text: -EAGAIN for a prefault of a slot being deleted', kernel: '6.18' },
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
    where: 'That 6.18, 6.19 and 7.0 walk the fault path as 6.16.1 does but for these changes, and 6.12 as well',
    inferred: true,
  },
  {
    where: 'That a prefault cannot come to RET_PF_WRITE_PROTECTED, since it carries no write bit',
    kernel: '6.16.1',
    inferred: true,
  },
];

export const pageFault: AnySimulator = defineSimulator({
  id: 'page-fault',
  title: 'One page fault and its RET_PF_*',
  about:
    'Which questions KVM asks about a guest fault, a prefault or a TD page, which RET_PF_* comes out, and what its caller makes of it.',
  leavesOut: [
    'Pages larger than 4 KB, shadow paging, A/D bits switched off, and the NX huge page workaround.',
    'Memory that runs out inside KVM, and the source page from which the first content of a TD is copied.',
    'Other CPUs, but for what is found changed: lost races, invalidations, a frozen entry.',
    'Time: on the fourth pass of a loop what was only passing has passed, and after 24 passes a signal is pending; both are conventions of the model.',
    'A guest exception of its own: only the second level of translation (EPT or NPT) is looked at.',
    'Measuring a first page of a TD, and the locks around it.',
    'Private memory of VMs that are no TDs: here a private page is one that a TDX module must take.',
  ],
  sources,
  parameters,
  events: (given) => runToEnd(startFrom(given)).events,
  start: startFrom,
  step,
  draw,
  result: report,
  describe,
  scenarios,
  invariants,
  exploration,
  answer,
});
