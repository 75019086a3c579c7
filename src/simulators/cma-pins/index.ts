import { type AnySimulator, defineSimulator } from '../kit/define.ts';
import type { Citation } from '../kit/simulator.ts';
import { eventsOf, startOf } from './events.ts';
import { exploration } from './exploration.ts';
import { invariants } from './invariants.ts';
import { describe, step } from './model.ts';
import { parameters } from './parameters.ts';
import { report } from './report.ts';
import { kernel } from './rule.ts';
import { scenarios } from './scenarios.ts';
import { draw } from './scene.ts';

const sources: readonly Citation[] = [
  kernel('mm/page_alloc.c __rmqueue(), gfp_to_alloc_flags_cma(), alloc_contig_range()'),
  kernel('mm/cma.c cma_alloc()'),
  kernel('mm/gup.c __gup_longterm_locked(), migrate_longterm_unpinnable_folios()'),
  kernel('drivers/vfio/vfio_iommu_type1.c, drivers/iommu/iommufd/pages.c'),
  kernel('arch/x86/kvm/svm/sev.c sev_pin_memory()', '6.8, 6.16; FOLL_LONGTERM since 6.15'),
  kernel('mm/hugetlb_cma.c; mm/hugetlb.c alloc_hugetlb_folio_nodemask(), dequeue_hugetlb_folio_node_exact()'),
  {
    where:
      'TDX host support v12 07/22: Peter Zijlstra and Dave Hansen, 4 to 6 Jul 2023; Sean Christopherson, 10 Jul 2023',
  },
  {
    where: 'The PAMT in a CMA area: an idea of that thread; what is merged calls alloc_contig_pages()',
    inferred: true,
  },
  { where: 'The share of placements that work: all placements of held blocks taken as equally likely', inferred: true },
];

export const cmaPins: AnySimulator = defineSimulator({
  id: 'cma-pins',
  title: 'A CMA area, pins, and a request for one piece',
  about:
    'Who may live in a CMA area, who must leave it, and whether it can be had in one piece when somebody needs it.',
  leavesOut: [
    'The PAMT as merged: alloc_contig_pages() cannot take CMA memory at all. TDX asking for the area is the idea of the thread.',
    'Reclaim, swap, compaction and the OOM killer: memory that is full stays full.',
    'Zones and NUMA nodes: one zone holds everything, and ZONE_MOVABLE, which pins leave in the same way, is not drawn.',
    'Single pages: a block holds pages of one owner and moves as a whole. Inside it the kernel goes page by page.',
    'Which block the page allocator picks, and which page the HugeTLB pool hands out: here the lowest, those of the area first.',
    'Dirty file pages: their writeback delays a migration, and does not fail it.',
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
