import { type AnySimulator, defineSimulator } from '../kit/define.ts';
import type { Citation } from '../kit/simulator.ts';
import { exploration } from './exploration.ts';
import { invariants } from './invariants.ts';
import { describe, eventsFrom, step } from './model.ts';
import { parameters } from './parameters.ts';
import { machineOf } from './preset.ts';
import { answer, report } from './report.ts';
import { kernel } from './rules.ts';
import { scenarios } from './scenarios.ts';
import { draw } from './scene.ts';
import { startOf } from './state.ts';

const sources: readonly Citation[] = [
  kernel('construct_tdmrs'),
  { where: 'mm/page_alloc.c alloc_contig_pages()', kernel: '6.8-6.16' },
  { where: 'Documentation/arch/x86/tdx.rst', kernel: '6.8-6.16' },
  { where: '[PATCH v12 12/22] x86/virt/tdx: Allocate and set up PAMTs for TDMRs, Kai Huang, 27 Jun 2023' },
  {
    where: '16 reserved areas and 64 TDMRs as defaults: what present modules report; the kernel reads both',
    inferred: true,
  },
];

export const tdmrPamt: AnySimulator = defineSimulator({
  id: 'tdmr-pamt',
  title: 'TDMRs, PAMTs and reserved areas',
  about:
    'How the kernel covers memory with TD memory regions, finds room for their PAMTs, and runs out of areas or memory.',
  leavesOut: [
    'TDH.SYS.CONFIG and what the TDX module itself refuses, such as memory outside a convertible memory region.',
    'Dynamic PAMT, which came after 6.16 and allocates most of the 4K table on demand.',
    'Fragmentation below one page, and anything that allocates or frees while the kernel builds.',
    'An empty memory list, of which the kernel would make one TDMR of size 0.',
  ],
  sources,
  parameters,
  events: (given) => eventsFrom(startOf(machineOf(given), chunksOf(given.chunks))),
  start: (given) => startOf(machineOf(given), chunksOf(given.chunks)),
  step,
  draw,
  result: report,
  describe,
  scenarios,
  invariants,
  exploration,
  answer,
});

function chunksOf(value: string): 'one' | 'three' {
  return value === 'three' ? 'three' : 'one';
}
