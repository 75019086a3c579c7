import type { Scenario } from '../kit/simulator.ts';
import type { Parameters } from './parameters.ts';

const PAMT_PATCH = 'Kai Huang, patch v12 12/22, 27 Jun 2023';

export const scenarios: readonly Scenario<Parameters>[] = [
  {
    id: 'one-256th',
    title: 'One 256th of the memory',
    lesson: '16 bytes for every 4 KB page make 4 MB for 1 GB; the tables for 2M and 1G pages add only 12 KB.',
    from: `${PAMT_PATCH}, third paragraph: the size of a PAMT as a share of its TDMR`,
    parameters: { gbPerNode: 1 },
    openAt: 4,
  },
  {
    id: 'one-chunk',
    title: 'Three PAMTs in one chunk',
    lesson: 'One chunk per TDMR costs one reserved area: 6 TDMRs and the first MB use 7 of 16 in TDMR 0.',
    from: `${PAMT_PATCH}, the first of its two policies`,
    parameters: { gbPerNode: 3, islands: 5 },
    openAt: 21,
  },
  {
    id: 'three-chunks',
    title: 'What if: three chunks per TDMR',
    lesson: 'The same machine with a chunk for each table needs 19 areas in TDMR 0 and fails at the 17th.',
    from: `${PAMT_PATCH}, the first of its two policies, turned around; no kernel does this`,
    parameters: { gbPerNode: 3, islands: 5, chunks: 'three' },
    openAt: 21,
  },
  {
    id: 'overlap-reserved',
    title: 'A PAMT across a border costs two areas',
    lesson: 'Whatever TDMR a PAMT lies in must report it: the chunk of TDMR 1 begins in TDMR 0 and costs both an area.',
    from: `${PAMT_PATCH}, second paragraph: a PAMT that overlaps any TDMR`,
    parameters: { nodes: 2, gbPerNode: 3, lowHole: false, borderMb: 1020 },
    openAt: 12,
  },
  {
    id: 'local-node-first',
    title: 'The local node first, then another',
    lesson: 'With nothing free on node 0 its PAMTs come from node 1, and the TDMR of node 1 pays their reserved areas.',
    from: `${PAMT_PATCH}, the second of its two policies`,
    parameters: { nodes: 2, gbPerNode: 4, freeMemory: 'node-0-full' },
    openAt: 8,
  },
  {
    id: 'reserved-exhausted',
    title: 'The 17th reserved area',
    lesson: 'The first MB and 15 firmware holes fill all 16 areas; the PAMT would be the 17th, and TDX stays off.',
    from: `${PAMT_PATCH}, the paragraph on the limited number of reserved areas`,
    parameters: { gbPerNode: 1, holes: 15 },
    openAt: 36,
  },
  {
    id: 'tdmrs-exhausted',
    title: 'The 65th TDMR',
    lesson: 'Memory in 65 separate pieces needs 65 TDMRs; regions are not joined across gaps, and the module takes 64.',
    from: 'Beside the mail: the TDMRs of the same series, as merged in fill_out_tdmrs()',
    parameters: { gbPerNode: 1, islands: 64 },
    openAt: 130,
  },
  {
    id: 'documented-machine',
    title: 'Where 262668 KB went',
    lesson:
      '64 GB in 3 TDMRs give 65667 pages, the very figure of the kernel documentation; the layout here is inferred from it.',
    from: `${PAMT_PATCH}, last paragraph: printing what the PAMTs take; the figure is in Documentation/arch/x86/tdx.rst`,
    parameters: { nodes: 2, gbPerNode: 32 },
    openAt: 20,
  },
  {
    id: 'late-no-memory',
    title: 'Too late: no run is long enough',
    lesson:
      'After long uptime there is enough free memory, but in short runs: the second chunk fails and the first goes back.',
    from: 'Dave Hansen, 5 Jul 2023, in the thread of patch v12 07/22, his second scenario: TDX fails long after boot; patch 12/22 says the same of alloc_contig_pages()',
    parameters: { freeMemory: 'fragmented', allocator: 'contig-scan' },
    openAt: 7,
  },
];
