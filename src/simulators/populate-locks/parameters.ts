import { KERNEL_PHRASES } from '../kit/in-text.ts';
import type { ParameterSpec } from '../kit/simulator.ts';

export type Parameters = {
  code: string;
  getPfn: boolean;
  mmapFault: boolean;
  source: string;
  second: string;
  third: string;
  order: string;
};

const OTHERS = [
  { value: 'none', label: 'Nobody' },
  { value: 'user-fault', label: 'A thread of the VMM faults on a page' },
  { value: 'mmap-call', label: 'A thread of the VMM calls mmap()' },
  { value: 'punch-hole', label: 'A thread punches a hole in the file' },
  { value: 'bind', label: 'A thread binds a memory slot to the file' },
  { value: 'release', label: 'The file is closed' },
  { value: 'set-attributes', label: 'A thread sets memory attributes' },
  { value: 'guest-fault', label: 'KVM serves a fault of a guest on the file' },
  { value: 'fill', label: 'A second vCPU fills as well' },
] as const;

const WHAT: readonly ParameterSpec[] = [
  {
    name: 'code',
    label: 'How the TD is filled',
    help: 'Which locks are taken in which order while KVM_TDX_INIT_MEM_REGION fills a page.',
    inText: KERNEL_PHRASES,
    kind: 'choice',
    default: '6.16',
    choices: [
      { value: '6.16', label: '6.16: kvm_gmem_populate(), page fault inside' },
      { value: 'open-coded', label: "Open-coded: Yan Zhao's RFC, not merged" },
      { value: '6.19', label: '6.19: the PFN in hand is mapped' },
      { value: '7.0', label: '7.0: the source page is looked up first' },
    ],
  },
  {
    name: 'getPfn',
    label: 'kvm_gmem_get_pfn() takes the invalidate lock',
    help: 'Proposed in 2025 for 2 MB pages and for in-place conversion; 6.16 does not do it.',
    kind: 'switch',
    default: false,
  },
  {
    name: 'mmapFault',
    label: 'The file can be mapped, and a fault on it takes that lock',
    help: 'Proposed in 2025 for in-place conversion; the file of a 6.16 TD cannot be mapped at all.',
    kind: 'switch',
    default: false,
  },
  {
    name: 'source',
    label: 'The source page',
    help: 'Where get_user_pages_fast() finds the content; only its slow path takes mmap_lock.',
    kind: 'choice',
    default: 'absent',
    choices: [
      { value: 'mapped', label: 'Is in the page table: no lock' },
      { value: 'absent', label: 'Must be faulted in: slow path' },
      { value: 'same-file', label: 'Lies in a mapping of the file that is filled, not faulted in' },
    ],
  },
];

const WHO: readonly ParameterSpec[] = [
  {
    name: 'second',
    label: 'Task B',
    help: 'What happens beside task A, which fills the TD.',
    kind: 'choice',
    default: 'none',
    choices: OTHERS,
  },
  {
    name: 'third',
    label: 'Task C',
    help: 'One more; a writer of mmap_lock is what makes readers wait.',
    kind: 'choice',
    default: 'none',
    choices: OTHERS,
  },
  {
    name: 'order',
    label: 'Which interleaving',
    help: 'The one to look at; whether any of them ends in a deadlock is found out in every case.',
    kind: 'choice',
    default: 'worst',
    choices: [
      { value: 'worst', label: 'The shortest way to a deadlock, else in turn' },
      { value: 'in-turn', label: 'In turn, a step each' },
      { value: 'one-by-one', label: 'Each as far as it gets' },
    ],
  },
];

export const parameters: readonly ParameterSpec[] = [...WHAT, ...WHO];
