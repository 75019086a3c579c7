import { type AnySimulator, defineSimulator } from '../kit/define.ts';
import type { Citation } from '../kit/simulator.ts';
import { eventsFrom, startFrom } from './course.ts';
import { exploration } from './exploration.ts';
import { invariants } from './invariants.ts';
import { KEXEC_6_18, KEXEC_7_2, kvm, tdx } from './kernel.ts';
import { describe, step } from './model.ts';
import { parameters } from './parameters.ts';
import { report } from './report.ts';
import { scenarios } from './scenarios.ts';
import { draw } from './scene.ts';

const sources: readonly Citation[] = [
  tdx('init_tdx_module(), __tdx_enable(), tdx_enable(), try_init_module_global(), sc_retry_prerr()', '6.8-6.16'),
  kvm('tdx_bringup()', '6.16'),
  {
    where: 'KVM: x86/tdx: Do VMXON and TDX-Module initialization during subsys init, commit 165e77353831',
    kernel: '7.1',
  },
  tdx('tdx_enable(), tdx_shutdown(), tdx_sys_disable()', '7.2'),
  { where: 'Documentation/arch/x86/tdx.rst', kernel: '6.16' },
  KEXEC_6_18,
  { where: 'x86/virt/tdx: Remove the !KEXEC_CORE dependency, commit 80804847269e', kernel: '6.18' },
  KEXEC_7_2,
  { where: 'Dave Hansen and Peter Zijlstra, patch 07/22 of TDX host support v12, Jul 2023' },
  { where: 'Kai Huang to Dan Williams, TDX host kernel support v3, 29 Apr 2022' },
  { where: 'that VMXON and the initialization at boot came with 7.1 is named in list mail', inferred: true },
  {
    where: 'the sizes of the three TDMRs, chosen to give the documented 262668 KB; the status codes of failures',
    inferred: true,
  },
  {
    where: 'that a kernel started by kexec cannot initialize a running module again: read from the 7.2 series',
    inferred: true,
  },
];

export const moduleInit: AnySimulator = defineSimulator({
  id: 'module-init',
  title: 'TDX module: initialization, errors, kexec',
  about:
    'When the kernel initializes the TDX module, what each failure costs, whether KVM still loads, and what kexec does about it.',
  leavesOut: [
    'What the module does inside a SEAMCALL; it succeeds, or fails where the parameters say.',
    'CPUs that come and go, and the checks for XSAVE, MOVDIR64B and self-snoop that keep TDX off without them.',
    'Several callers at once; they wait for each other at tdx_module_lock and get the same answer.',
    'Where PAMTs and reserved areas come to lie, which the simulator tdmr-pamt shows; here a PAMT is found or not.',
    'The lines with register contents that follow a failed TDH.SYS.RD or TDH.SYS.TDMR.INIT in the log.',
    'Hibernation, which TDX excludes; running TDs; kdump; updates of the module at run time (7.2); Dynamic PAMT.',
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
