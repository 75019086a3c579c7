import { KERNEL_PHRASES } from '../kit/in-text.ts';
import type { ParameterSpec } from '../kit/simulator.ts';

export type Parameters = {
  vm: string;
  kernel: string;
  pages: number;
  course: string;
  shares: number;
  call: boolean;
  punch: boolean;
  spare: number;
  backend: string;
  looksAgain: boolean;
};

const GUEST: readonly ParameterSpec[] = [
  {
    name: 'vm',
    label: 'Kind of guest',
    help: 'It decides whether a fault tells the host if the access was private: yes with SNP and TDX, no with SEV and SEV-ES.',
    kind: 'choice',
    default: 'tdx',
    choices: [
      { value: 'normal', label: 'Normal' },
      { value: 'sev', label: 'SEV or SEV-ES' },
      { value: 'snp', label: 'SNP' },
      { value: 'tdx', label: 'TDX' },
      { value: 'software', label: 'Software-protected (for tests)' },
      { value: 'sev-upm', label: 'SEV on UPM (what if)' },
    ],
  },
  {
    name: 'kernel',
    label: 'Kernel',
    help: 'Of the kernels here 6.8 has guest_memfd but only for tests, 6.11 adds SNP guests, 6.16 TDX guests.',
    inText: KERNEL_PHRASES,
    kind: 'choice',
    default: '6.16',
    choices: [
      { value: '6.8', label: '6.8' },
      { value: '6.11', label: '6.11' },
      { value: '6.16', label: '6.16' },
    ],
  },
  {
    name: 'pages',
    label: 'Guest memory',
    help: 'Pages of 4 KB; all of them begin as private where KVM knows private memory.',
    kind: 'integer',
    default: 8,
    min: 2,
    max: 16,
    unit: 'pages',
  },
  {
    name: 'course',
    label: 'What happens',
    help: 'The guest shares its last pages with the VMM, or takes them back afterwards, or faults just when a hole is punched.',
    kind: 'choice',
    default: 'share',
    choices: [
      { value: 'share', label: 'Pages become shared' },
      { value: 'back', label: 'Shared, then private again' },
      { value: 'race', label: 'A fault races with a hole' },
    ],
  },
  {
    name: 'shares',
    label: 'Pages to share',
    help: 'How many pages at the end of its memory the guest uses as buffers for the VMM; at most all.',
    kind: 'integer',
    default: 2,
    min: 1,
    max: 16,
    unit: 'pages',
  },
  {
    name: 'call',
    label: 'The guest says so',
    help: 'With KVM_HC_MAP_GPA_RANGE or what TDX and SNP have for it; without, it just uses the pages the other way.',
    kind: 'switch',
    default: true,
  },
];

const HOST: readonly ParameterSpec[] = [
  {
    name: 'punch',
    label: 'The VMM frees the other side',
    help: 'After a conversion it punches the page out of guest_memfd, or discards its own; otherwise the page costs twice.',
    kind: 'switch',
    default: true,
  },
  {
    name: 'spare',
    label: 'Host pages to spare',
    help: 'Host memory beyond the size of the guest; as many pages as the guest has are enough for both views of all.',
    kind: 'integer',
    default: 8,
    min: 0,
    max: 16,
    unit: 'pages',
  },
  {
    name: 'backend',
    label: 'Who vouches for TDX memory',
    help: 'In the kernel every page of the allocator is TDX memory; what if half of them were not? Only TDX guests ask.',
    kind: 'choice',
    default: 'all-tdx',
    choices: [
      { value: 'all-tdx', label: 'The page allocator has nothing else' },
      { value: 'mixed-picks', label: 'What if: mixed, the backend picks' },
      { value: 'mixed-any', label: 'What if: mixed, nobody checks' },
    ],
  },
  {
    name: 'looksAgain',
    label: 'KVM looks again before it maps',
    help: 'Kernels do; off shows what the retry is for.',
    kind: 'switch',
    default: true,
  },
];

export const parameters: readonly ParameterSpec[] = [...GUEST, ...HOST];
