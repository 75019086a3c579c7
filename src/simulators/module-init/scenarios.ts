import type { Scenario } from '../kit/simulator.ts';
import type { Parameters } from './parameters.ts';

const CMA_THREAD = 'Thread of patch v12 07/22, "x86/virt/tdx: Add skeleton to enable TDX on demand", July 2023';
const KAI = 'Kai Huang to Dan Williams, 29 Apr 2022, TDX host kernel support v3';

export const scenarios: readonly Scenario<Parameters>[] = [
  {
    id: 'on-demand-late',
    title: 'On demand, and too late',
    lesson:
      'Weeks after boot the second PAMT finds no 120 MB in one piece: the first TD gets -ENOMEM, every later one -EINVAL until reboot.',
    from: `${CMA_THREAD}: Dave Hansen's second scenario, sporadic failures when users wait a long time to run a TDX guest`,
    parameters: { kernel: '6.8', fragments: true },
    openAt: 12,
  },
  {
    id: 'on-demand-soon',
    title: 'The workaround: a TD soon after boot',
    lesson: 'The same kernel and machine, asked while memory is still in large pieces: 262668 KB of PAMTs are found.',
    from: `${CMA_THREAD}: Dave Hansen, users work around it by starting TDX guests at boot`,
    parameters: { kernel: '6.8', fragments: true, when: 'soon', afterwards: 'nothing' },
    openAt: 20,
  },
  {
    id: 'at-kvm-load',
    title: 'With kvm_intel: no TDX, no KVM',
    lesson:
      'In 6.16 the same -ENOMEM keeps kvm_intel from loading, so no guest runs at all; the second modprobe gets -EINVAL.',
    from: `${CMA_THREAD}: Dave Hansen on demanding a module parameter; what 6.16 does with kvm_intel.tdx=1`,
    parameters: { kernel: '6.16', fragments: true },
    openAt: 15,
  },
  {
    id: 'at-kvm-load-without-tdx',
    title: 'The same without tdx=1',
    lesson: 'The parameter is off unless given: KVM loads, the TDX module stays UNINITIALIZED, and no memory is taken.',
    from: `${CMA_THREAD}: the module parameter, from the other side`,
    parameters: { kernel: '6.16', fragments: true, tdx: false, afterwards: 'nothing' },
    openAt: 2,
  },
  {
    id: 'at-boot',
    title: 'At boot, the merged answer',
    lesson:
      'From 7.1 on TDX takes its 262668 KB before memory is cut up, used or not; and if it fails, KVM loads all the same.',
    from: `${CMA_THREAD}: what became of it, an initcall instead of a CMA area`,
    parameters: { kernel: '7.1', fragments: true },
    openAt: 21,
  },
  {
    id: 'at-boot-fails',
    title: 'If it fails at boot',
    lesson:
      'Even with no room for any PAMT, KVM of 7.1 loads and only TDX is off; there is no second try until reboot.',
    from: `${CMA_THREAD}: the other half of what changed in 7.1`,
    parameters: { kernel: '7.1', fails: 'pamt', afterwards: 'nothing' },
    openAt: 13,
  },
  {
    id: 'no-vmxon',
    title: 'A SEAMCALL without VMXON',
    lesson:
      'Without VMXON a SEAMCALL is #UD, -EACCES in Linux; and as TDH.SYS.INIT is made once, VMXON afterwards does not help.',
    from: `${KAI}: his second approach needs VMXON in the core kernel, since it would call P-SEAMLDR before KVM is there`,
    parameters: { kernel: '6.8', when: 'soon', vmxon: false },
    openAt: 4,
  },
  {
    id: 'no-module',
    title: 'No module loaded',
    lesson: '-ENODEV is the one error that KVM forgives: TDX is off, and kvm_intel loads.',
    from: `Beside ${KAI}: what the first SEAMCALL finds out`,
    parameters: { firmware: 'absent', when: 'soon', afterwards: 'nothing' },
    openAt: 4,
  },
  {
    id: 'one-keyid',
    title: 'One KeyID is not enough',
    lesson: 'The first KeyID protects the module itself; with no second one for guests TDX stays off, and KVM loads.',
    from: 'Beside the mails: tdx_init() at boot, before anybody calls the module',
    parameters: { firmware: 'one-keyid', when: 'soon', afterwards: 'nothing' },
    openAt: 0,
  },
  {
    id: 'kexec',
    title: 'kexec with the module running',
    lesson:
      'Kai hoped to shut the module down; merged was no kexec at all to 6.17, and in 6.18 a cache flush that leaves it running.',
    from: `${KAI}: the side advantage of VMXON in the core kernel, a shutdown of the TDX module in kexec()`,
    parameters: { kernel: '6.18', when: 'soon', firmware: 'newer', erratum: false, afterwards: 'kexec' },
    openAt: 22,
  },
  {
    id: 'kexec-erratum',
    title: 'kexec refused for the erratum',
    lesson:
      'On Sapphire and Emerald Rapids 6.18 to 7.1 will not even load the next kernel: -EOPNOTSUPP, with a line in the log.',
    from: `${KAI}: the same sentence, on the CPUs of that time`,
    parameters: { kernel: '6.18', when: 'soon', firmware: 'newer', afterwards: 'kexec' },
    openAt: 21,
  },
  {
    id: 'kexec-shutdown',
    title: 'What Kai hoped for, four years later',
    lesson:
      'VMXON came to the core kernel in 7.1, and 7.2 disables the module before VMXOFF: kexec works with the erratum, and TDX after it.',
    from: `${KAI}: the side advantage, come true with TDH.SYS.DISABLE`,
    parameters: { kernel: '7.2', when: 'soon', firmware: 'newer', afterwards: 'kexec' },
    openAt: 22,
  },
  {
    id: 'config-refused',
    title: 'The module refuses the memory',
    lesson:
      "TDH.SYS.CONFIG gives -EIO: the PAMTs are still the kernel's, so they are just freed, and the state is ERROR.",
    from: 'Beside the mails: what happens when memory outside the convertible regions is on the list',
    parameters: { fails: 'config', when: 'soon', afterwards: 'nothing' },
    openAt: 13,
  },
  {
    id: 'reset-before-free',
    title: 'After CONFIG, PAMTs are reset before they are freed',
    lesson:
      'Once the module has had them, WBINVD and MOVDIR64B come first: on a CPU with the erratum any smaller write would poison them.',
    from: 'Beside the mails: the error labels at the end of init_tdx_module()',
    parameters: { fails: 'tdmr-init', when: 'soon', afterwards: 'nothing' },
    openAt: 18,
  },
  {
    id: 'package-offline',
    title: 'A package without a CPU online',
    lesson: 'Nobody can set the key there, which shows only in the next stage: TDH.SYS.TDMR.INIT fails with -EIO.',
    from: 'Beside the mails: the comment on config_global_keyid()',
    parameters: { fails: 'package-offline', when: 'soon', afterwards: 'nothing' },
    openAt: 15,
  },
  {
    id: 'no-entropy',
    title: 'No entropy, and called again',
    lesson: 'A module that has no entropy is called up to 10 times in all; here the tenth call sets the key.',
    from: 'Beside the mails: sc_retry() and RDRAND_RETRY_LOOPS',
    parameters: { fails: 'entropy-9', when: 'soon', afterwards: 'nothing' },
    openAt: 14,
  },
];
