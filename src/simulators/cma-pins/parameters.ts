import { KERNEL_PHRASES } from '../kit/in-text.ts';
import type { ParameterSpec } from '../kit/simulator.ts';

export type Parameters = {
  areaBlocks: number;
  otherBlocks: number;
  kernelBlocks: number;
  programBlocks: number;
  guestBlocks: number;
  guestMemory: string;
  passthrough: boolean;
  touchFirst: boolean;
  spareGigantic: number;
  extraReferences: number;
  wanted: number;
  when: string;
  kernel: string;
};

const MEMORY: readonly ParameterSpec[] = [
  {
    name: 'areaBlocks',
    label: 'Blocks of the CMA area',
    help: 'Size of the area set aside at boot; a block is whatever moves as one.',
    kind: 'integer',
    default: 8,
    min: 1,
    max: 24,
    unit: 'blocks',
  },
  {
    name: 'otherBlocks',
    label: 'Blocks of other memory',
    help: 'Everything outside the area; pages that leave the area need room here.',
    kind: 'integer',
    default: 9,
    min: 0,
    max: 48,
    unit: 'blocks',
  },
  {
    name: 'kernelBlocks',
    label: 'Kernel data',
    help: 'Memory the kernel itself uses; it cannot move and never lies in the area.',
    kind: 'integer',
    default: 1,
    min: 0,
    max: 24,
    unit: 'blocks',
  },
  {
    name: 'programBlocks',
    label: 'Programs and file cache',
    help: 'Movable memory beside the guest: half of it programs, half of it clean file cache.',
    kind: 'integer',
    default: 0,
    min: 0,
    max: 24,
    unit: 'blocks',
  },
];

const GUEST: readonly ParameterSpec[] = [
  {
    name: 'guestBlocks',
    label: 'Guest memory',
    help: 'How much the guest has and touches.',
    kind: 'integer',
    default: 8,
    min: 0,
    max: 24,
    unit: 'blocks',
  },
  {
    name: 'guestMemory',
    label: 'Guest memory comes from',
    help: 'HugeTLB takes gigantic pages out of the area (hugetlb_cma=); an SEV guest has its memory registered; guest_memfd is what TDX uses.',
    kind: 'choice',
    default: 'anonymous',
    choices: [
      { value: 'anonymous', label: 'Ordinary memory' },
      { value: 'hugetlb', label: 'HugeTLB pages of the area' },
      { value: 'sev', label: 'Ordinary memory of an SEV guest' },
      { value: 'guest-memfd', label: 'guest_memfd' },
    ],
  },
  {
    name: 'passthrough',
    label: 'Device passthrough',
    help: 'VFIO (or iommufd) pins all memory of the guest for the device. Without it nobody pins an ordinary guest.',
    kind: 'switch',
    default: true,
  },
  {
    name: 'touchFirst',
    label: 'Memory touched before it is pinned',
    help: 'Off: the pin itself faults the memory in, as for a guest that starts with its device.',
    kind: 'switch',
    default: true,
  },
  {
    name: 'spareGigantic',
    label: 'Free gigantic pages outside the area',
    help: 'With HugeTLB only: pages of the pool into which pinned ones can move.',
    kind: 'integer',
    default: 0,
    min: 0,
    max: 24,
    unit: 'blocks',
  },
];

const REQUEST: readonly ParameterSpec[] = [
  {
    name: 'extraReferences',
    label: 'Extra references',
    help: 'Pages of the area held by direct I/O when TDX asks, those nearest to its middle first.',
    kind: 'integer',
    default: 0,
    min: 0,
    max: 24,
    unit: 'blocks',
  },
  {
    name: 'wanted',
    label: 'Wanted in one piece',
    help: 'Blocks in a row that TDX wants for its PAMT; 0: nobody asks.',
    kind: 'integer',
    default: 8,
    min: 0,
    max: 24,
    unit: 'blocks',
  },
  {
    name: 'when',
    label: 'TDX asks',
    help: 'Right after boot, or when everything else runs, or then and, if that fails, once more after the direct I/O is done.',
    kind: 'choice',
    default: 'late',
    choices: [
      { value: 'boot', label: 'At boot' },
      { value: 'late', label: 'Late' },
      { value: 'again', label: 'Late, and again if it fails' },
    ],
  },
  {
    name: 'kernel',
    label: 'Kernel',
    help: 'Since 6.15 the registration of SEV memory pins with FOLL_LONGTERM; nothing else here differs.',
    inText: KERNEL_PHRASES,
    kind: 'choice',
    default: '6.15',
    choices: [
      { value: '6.14', label: '6.14 and before' },
      { value: '6.15', label: '6.15 and later' },
    ],
  },
];

export const parameters: readonly ParameterSpec[] = [...MEMORY, ...GUEST, ...REQUEST];
