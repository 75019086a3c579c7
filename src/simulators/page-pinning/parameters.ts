import { KERNEL_PHRASES } from '../kit/in-text.ts';
import type { ParameterSpec } from '../kit/simulator.ts';
import { HOLD_LABELS } from './words.ts';

export type Parameters = {
  hold: string;
  references: number;
  mapping: string;
  pageSize: string;
  scans: number;
  vcpuMoves: boolean;
  kernel: string;
  guestGb: number;
  touchedGb: number;
  memlockGb: number;
};

const PAGE: readonly ParameterSpec[] = [
  {
    name: 'hold',
    label: 'Who holds the page',
    help: 'An ordinary guest: nobody. SEV pins everything up front; the first RFC only raised the count, the next one pinned at the first touch; guest_memfd needs neither.',
    kind: 'choice',
    default: 'reference',
    choices: [
      { value: 'none', label: 'Nobody' },
      { value: 'reference', label: 'Extra references' },
      { value: 'pin', label: 'Pinned up front' },
      { value: 'demand-pin', label: 'Pinned at the first touch' },
      { value: 'guest-memfd', label: HOLD_LABELS['guest-memfd'] },
    ],
  },
  {
    name: 'references',
    label: 'Extra references',
    help: 'How many plain references the holder takes; counts with extra references only. From 1024 on a small page is taken for a pinned one.',
    inText: [
      { says: '{} extra references' },
      { says: '{} references' },
      { says: '{} extra refcounts' },
      { says: 'refcount of {}' },
    ],
    kind: 'integer',
    default: 1,
    min: 1,
    max: 2000,
  },
  {
    name: 'mapping',
    label: "The VMM's mapping",
    help: 'Anonymous memory in a private mapping, or shared memory (memfd, shmem). Not for guest_memfd.',
    kind: 'choice',
    default: 'private',
    choices: [
      { value: 'private', label: 'Private' },
      { value: 'shared', label: 'MAP_SHARED' },
    ],
  },
  {
    name: 'pageSize',
    label: 'Page size',
    help: '4 KB, or a THP of 2 MB mapped by one entry. guest_memfd has 4 KB pages only in these kernels.',
    inText: [
      { says: '2 MB pages', value: '2M' },
      { says: '2M pages', value: '2M' },
      { says: '4 KB pages', value: '4K' },
      { says: '4K pages', value: '4K' },
    ],
    kind: 'choice',
    default: '4K',
    choices: [
      { value: '4K', label: '4 KB' },
      { value: '2M', label: '2 MB (THP)' },
    ],
  },
];

const COURSE: readonly ParameterSpec[] = [
  {
    name: 'scans',
    label: 'Scans',
    help: 'How often the NUMA balancing scanner comes by; after each scan the guest touches the page again.',
    kind: 'integer',
    default: 1,
    min: 0,
    max: 8,
  },
  {
    name: 'vcpuMoves',
    label: 'The vCPU moves to the other node',
    help: 'On: the page lies on the wrong node and mm wants to move it. Off: it lies where it is used.',
    kind: 'switch',
    default: true,
  },
  {
    name: 'kernel',
    label: 'Kernel',
    help: 'What the scanner skips: more than one reference (6.8, private 4 KB), pinned pages (6.16, private 4 KB), all pinned pages (late 2025 on).',
    inText: KERNEL_PHRASES,
    kind: 'choice',
    default: '6.16',
    choices: [
      { value: '6.8', label: '6.8 (5.17 to 6.9)' },
      { value: '6.16', label: '6.16 (6.10 to 6.18)' },
      { value: 'later', label: 'Later: all pinned pages are skipped' },
    ],
  },
];

const GUEST: readonly ParameterSpec[] = [
  {
    name: 'guestGb',
    label: 'Guest memory',
    help: 'What the VMM gives the guest; pinned up front, all of it is held from the start.',
    inText: [
      { says: '{size} guest' },
      { says: '{size} VM' },
      { says: 'guest of {size}' },
      { says: 'guest with {size}' },
      { says: 'VM with {size}' },
      { says: '{size} of guest memory' },
    ],
    kind: 'integer',
    default: 16,
    min: 1,
    max: 4096,
    unit: 'GB',
  },
  {
    name: 'touchedGb',
    label: 'Memory the guest uses',
    help: 'What it really touches; pinned on demand, only this much is held.',
    inText: [
      { says: 'touches {size}' },
      { says: 'touched {size}' },
      { says: 'uses only {size}' },
      { says: 'only {size} are touched' },
    ],
    kind: 'integer',
    default: 4,
    min: 1,
    max: 4096,
    unit: 'GB',
  },
  {
    name: 'memlockGb',
    label: 'RLIMIT_MEMLOCK',
    help: 'What the VMM process may keep pinned. A limit as large as the guest stands for CAP_IPC_LOCK as well.',
    inText: [
      { says: 'RLIMIT_MEMLOCK of {size}' },
      { says: 'RLIMIT_MEMLOCK is {size}' },
      { says: 'RLIMIT_MEMLOCK = {size}' },
      { says: 'memlock limit of {size}' },
    ],
    kind: 'integer',
    default: 64,
    min: 0,
    max: 4096,
    unit: 'GB',
  },
];

export const parameters: readonly ParameterSpec[] = [...PAGE, ...COURSE, ...GUEST];
