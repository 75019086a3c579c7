import type { Scenario } from '../kit/simulator.ts';
import type { Parameters } from './parameters.ts';

const KAI = 'Kai Huang to Dan Williams, 29 Apr 2022, TDX host kernel support v3';
const SEAN = 'Sean Christopherson to Nikunj Dadhania, 1 Apr 2022, deferred pinning for SEV';

export const scenarios: readonly Scenario<Parameters>[] = [
  {
    id: 'backend-guarantees',
    title: 'The backend vouches for the pages',
    lesson:
      'KVM asks the file for a page and the file asks the page allocator, with no GFP_TDX: all pages there are TDX memory.',
    from: `${KAI}: his answer on page allocator, memfd and backends`,
    parameters: { vm: 'tdx', call: false },
    openAt: 2,
  },
  {
    id: 'backend-picks',
    title: 'What if: mixed memory, the backend picks',
    lesson:
      'With other memory in the allocator a backend that checks still serves a TD: the duty Kai Huang gives to device-dax and hugetlbfs.',
    from: `${KAI}: the paragraph on device-dax and hugetlbfs, and Dan Williams' question before it`,
    parameters: { vm: 'tdx', call: false, backend: 'mixed-picks' },
    openAt: 2,
  },
  {
    id: 'nobody-guarantees',
    title: 'What if: mixed memory, nobody checks',
    lesson:
      'The first page that is not TDX memory ends the TD: this is why either the allocator or the backend must vouch.',
    from: `${KAI}: Dan Williams' question why core-mm must never have non-TDX memory`,
    parameters: { vm: 'tdx', call: false, backend: 'mixed-any' },
    openAt: 2,
  },
  {
    id: 'unknown-before-boot',
    title: 'Before boot nobody knows',
    lesson:
      'An SEV guest may never call, so the VMM pins all of it beforehand; and when pages become shared, the host does not notice.',
    from: `${SEAN}, with Peter Gonda's concern quoted: the VMM does not know which guests have the feature`,
    parameters: { vm: 'sev', call: false },
    openAt: 1,
  },
  {
    id: 'guest-maps-gpa-range',
    title: 'The guest says which pages it shares',
    lesson:
      'With SEV the call is the only source: the VMM learns which pages are shared, but late, and in kernels to 6.16 no pin goes away for it.',
    from: `${SEAN}, with Nikunj Dadhania quoted: guests that use KVM_HC_MAP_GPA_RANGE`,
    parameters: { vm: 'sev', call: true },
    openAt: 3,
  },
  {
    id: 'sev-on-upm',
    title: 'What if: SEV on UPM, and the guest calls',
    lesson:
      'In a VM type of its own an SEV guest that announces each change could use UPM: no pins, and the call converts.',
    from: `${SEAN}: new VM types with a disclaimer about additional requirements`,
    parameters: { vm: 'sev-upm', call: true },
    openAt: 3,
  },
  {
    id: 'sev-on-upm-silent',
    title: 'What if: SEV on UPM, and the guest does not call',
    lesson:
      'This is what the disclaimer is for: no exit comes, and what the guest means to share lands in private memory.',
    from: `${SEAN}: new VM types with a disclaimer about additional requirements`,
    parameters: { vm: 'sev-upm', call: false },
    openAt: 4,
  },
  {
    id: 'implicit-conversion',
    title: 'The guest just uses the page the other way',
    lesson:
      'TDX and SNP show the kind of each access, so KVM can exit and the VMM can convert; with SEV or SEV-ES this is impossible.',
    from: `Beside ${SEAN}: what UPM can rely on where hardware reports the access, and SEV cannot offer`,
    parameters: { vm: 'tdx', call: false },
    openAt: 3,
  },
  {
    id: 'implicit-conversion-snp',
    title: 'The same with SNP',
    lesson:
      'The error code of the fault says that the access was not encrypted; 6.11 is enough, and the exits are the same.',
    from: `Beside ${SEAN}: the third of the AMD steps, which went on to UPM`,
    parameters: { vm: 'snp', kernel: '6.11', call: false },
    openAt: 3,
  },
  {
    id: 'punch-hole-retry',
    title: 'A fault races with a hole and tries again',
    lesson:
      'The fault took its page before the hole was punched; it looks again under mmu_lock, and RET_PF_RETRY saves it.',
    from: 'Beside the mails: the protocol of virt/kvm/guest_memfd.c, with the two values of the mmu_notifier',
    parameters: { vm: 'tdx', course: 'race' },
    openAt: 7,
  },
  {
    id: 'no-second-look',
    title: 'What if: KVM maps without looking again',
    lesson: 'The same events without the second look: the guest gets a page that the file has already given up.',
    from: 'Beside the mails: the same protocol with its last step left out; no kernel does this',
    parameters: { vm: 'tdx', course: 'race', looksAgain: false },
    openAt: 7,
  },
  {
    id: 'both-views-cost-twice',
    title: 'Both views cost twice',
    lesson:
      'A conversion leaves the backing alone: if the VMM does not punch the other side, 4 converted pages hold 8 host pages.',
    from: 'Beside the mails: Documentation/virt/kvm/api.rst, KVM_SET_MEMORY_ATTRIBUTES and KVM_CREATE_GUEST_MEMFD',
    parameters: { vm: 'tdx', shares: 4, punch: false },
    openAt: 5,
  },
  {
    id: 'no-room-for-both',
    title: 'Both views, and no room for them',
    lesson:
      'With 1 host page to spare the second converted page finds none: what was converted still sits in guest_memfd.',
    from: 'Beside the mails: the same, on a host that is as large as the guest and one page',
    parameters: { vm: 'tdx', punch: false, spare: 1 },
    openAt: 5,
  },
];
