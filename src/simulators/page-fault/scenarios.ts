import type { Scenario } from '../kit/simulator.ts';
import type { Parameters } from './parameters.ts';

const THREAD = 'Thread of the RFC "KVM: TDX: Decouple TDX init mem region from kvm_gmem_populate()", July 2025';
const OBJECTION = `${THREAD}: Sean Christopherson on what is right for prefaults and wrong for TDX`;

export const scenarios: readonly Scenario<Parameters>[] = [
  {
    id: 'first-touch',
    title: 'The first touch of a page',
    lesson: 'No entry yet: the host page is found, the entry is written, and the guest resumes with RET_PF_FIXED.',
    from: 'Beside the mail: the page fault path that the thread does not want to see special cases in',
    parameters: { access: 'read' },
    openAt: 11,
  },
  {
    id: 'invalidation-retry',
    title: 'The page goes while it is looked up',
    lesson:
      'An invalidation moves the sequence number: RET_PF_RETRY, nothing is mapped, and the second fault succeeds.',
    from: 'Beside the mail: the retry protocol that mmu_notifier and guest_memfd share',
    parameters: { access: 'write', invalidation: 'during-search', again: true },
    openAt: 7,
  },
  {
    id: 'prefault-spurious',
    title: 'A prefault finds the page mapped',
    lesson: 'RET_PF_SPURIOUS is success for a prefault: it returns 0, since the page is mapped in the end.',
    from: `${OBJECTION} ("though maybe spurious is fine?")`,
    parameters: { request: 'prefault', view: 'private', entry: 'writable' },
    openAt: 10,
  },
  {
    id: 'prefault-write-protected',
    title: 'If a prefault met write protection',
    lesson:
      'The code returns 0 for RET_PF_WRITE_PROTECTED; to get there at all, this prefault carries a write bit that no real one has.',
    from: OBJECTION,
    parameters: { request: 'prefault', protection: 'write-protected', whatIf: 'write-prefault' },
    openAt: 13,
  },
  {
    id: 'write-protected-unreachable',
    title: 'Why a prefault cannot meet it',
    lesson:
      'RET_PF_WRITE_PROTECTED needs a write, and a prefault acts as a read: the page is mapped read-only, RET_PF_FIXED.',
    from: `${OBJECTION}; that the case cannot arise is our reading of 6.16.1`,
    parameters: { request: 'prefault', protection: 'write-protected' },
    openAt: 12,
  },
  {
    id: 'tdx-map-private-pfn',
    title: 'Spurious is an error for a TD page',
    lesson: 'kvm_tdp_mmu_map_private_pfn() takes RET_PF_FIXED alone: a page that is mapped already gives -EIO.',
    from: `${OBJECTION}; the function that came of it in 6.19`,
    parameters: { request: 'map-private-pfn', view: 'private', entry: 'writable', kernel: '6.19' },
    openAt: 3,
  },
  {
    id: 'same-page-twice',
    title: 'The same first page, added twice',
    lesson:
      '6.16 and 6.19 refuse the second one with -EEXIST; in 7.0 only RET_PF_SPURIOUS, turned into -EIO, stops it.',
    from: `${THREAD}: "maybe spurious is fine?", answered by what 7.0 relies on`,
    parameters: { request: 'add-page', view: 'private', kernel: '7.0', again: true },
    openAt: 14,
  },
  {
    id: 'success-for-nothing',
    title: 'What if: the prefault rule for a TD page',
    lesson:
      'With SPURIOUS as success KVM reports two pages added and has added one; the second content is lost silently.',
    from: `${OBJECTION}; in 7.0, where nothing else would notice`,
    parameters: { request: 'add-page', view: 'private', kernel: '7.0', again: true, whatIf: 'prefault-rule' },
    openAt: 14,
  },
  {
    id: 'busy-then-again',
    title: 'Where spurious was welcome',
    lesson:
      'In 6.16 a busy module leaves the mirror filled; the second try finds RET_PF_SPURIOUS, and only because that is 0 the page gets in.',
    from: `${THREAD}: "maybe spurious is fine?"; the case is our reading of 6.16.1`,
    parameters: { request: 'add-page', view: 'private', module: 'busy', again: true },
    openAt: 31,
  },
  {
    id: 'write-to-protected-page',
    title: 'A guest writes to a page KVM protects',
    lesson: '6.12 and later say RET_PF_WRITE_PROTECTED (3) and know it is no device; 6.8 says RET_PF_EMULATE for both.',
    from: 'Beside the mail: why RET_PF_WRITE_PROTECTED exists at all',
    parameters: { access: 'write', entry: 'read-only', protection: 'write-protected', writer: 'page-walk' },
    openAt: 12,
  },
  {
    id: 'device-access',
    title: 'A device register, seen twice',
    lesson: 'No slot: the first access leaves a device mark and RET_PF_EMULATE; the second one is emulated at once.',
    from: 'Beside the mail: what RET_PF_EMULATE is for',
    parameters: { access: 'write', slot: 'none', again: true },
    openAt: 9,
  },
  {
    id: 'stale-device',
    title: 'An old device mark where memory is now',
    lesson:
      'RET_PF_INVALID says only that the shortcut decided nothing; the long way finds memory and fixes the entry.',
    from: 'Beside the mail: the result that no caller from outside ever sees',
    parameters: { access: 'read', entry: 'old-device' },
    openAt: 0,
  },
  {
    id: 'conversion-exit',
    title: 'Private access, shared attribute',
    lesson: 'KVM cannot settle it: KVM_EXIT_MEMORY_FAULT names the page and the view, and -EFAULT ends KVM_RUN.',
    from: 'Beside the mail: implicit conversion, as guest_memfd does it',
    parameters: { view: 'private-but-shared', access: 'write' },
    openAt: 3,
  },
];
