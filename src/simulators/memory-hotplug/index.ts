import { type AnySimulator, defineSimulator } from '../kit/define.ts';
import type { Citation } from '../kit/simulator.ts';
import { eventsOf, startOf } from './course.ts';
import { exploration } from './exploration.ts';
import { invariants } from './invariants.ts';
import { describe, step } from './model.ts';
import { parameters } from './parameters.ts';
import { answer, report } from './report.ts';
import { hotplug, KAI, tdx } from './rule.ts';
import { scenarios } from './scenarios.ts';
import { draw } from './scene.ts';

const sources: readonly Citation[] = [
  KAI,
  { where: 'Dan Williams to Kai Huang, TDX host kernel support v3, 28 Apr 2022' },
  { where: 'That approach 1 would return -EINVAL: a later patch of the series carried it out so (list mail)' },
  tdx('tdx_memory_notifier'),
  tdx('build_tdx_memlist'),
  tdx('tdx_enable', '6.8-7.1'),
  hotplug('add_memory_resource'),
  hotplug('online_pages'),
  { where: 'drivers/dax/kmem.c', kernel: '6.8-6.16' },
  { where: 'Documentation/arch/x86/tdx.rst', kernel: '6.8-6.16' },
  {
    where: 'That memory outside the CMRs, online or not, makes TDH.SYS.CONFIG and so the initialization fail with -EIO',
    kernel: '6.8-6.16',
    inferred: true,
  },
  { where: 'That the release in which the boot initializes the module is 7.1: list mail', inferred: true },
  {
    where: 'The what-if: how the module would be given convertible memory only, and what a TD would get',
    inferred: true,
  },
];

export const memoryHotplug: AnySimulator = defineSimulator({
  id: 'memory-hotplug',
  title: 'Memory hotplug and TDX',
  about:
    'Whether memory may be added or come online on a machine with TDX, under two proposals, the merged rule and a what-if, and what a later initialization does.',
  leavesOut: [
    'Memory blocks: the kernel asks about a range block by block as it goes online, here it is asked about once, as a whole.',
    'Memory that goes online by itself when it is added, and a memory map kept on the added memory.',
    'NUMA nodes, of which there is one, and pages that cannot be moved out of a range that goes offline.',
    'CPU hotplug, which the same thread is about too.',
    'Everything else that can make an initialization fail, above all the PAMTs.',
    'Two things at the same time: the kernel excludes onlining while it initializes, by get_online_mems().',
    'Boot memory outside the CMRs: here there is none.',
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
  answer,
});
