import type { ParameterSpec } from '../kit/simulator.ts';

/** The few numbers a reader turns; `machineOf` makes the whole machine from them. */
export type Parameters = {
  nodes: number;
  gbPerNode: number;
  lowHole: boolean;
  borderMb: number;
  islands: number;
  holes: number;
  maxTdmrs: number;
  maxReserved: number;
  entryBytes: number;
  allocator: string;
  freeMemory: string;
  longestRunMb: number;
  chunks: string;
};

const MACHINE: readonly ParameterSpec[] = [
  {
    name: 'nodes',
    label: 'NUMA nodes',
    help: 'How many nodes share the memory, one after the other in address order.',
    inText: [
      { says: '{} NUMA nodes' },
      { says: '{} nodes' },
      { says: '{} node machine' },
      { says: '{} node system' },
      { says: '{} sockets' },
      { says: '{} socket' },
    ],
    kind: 'integer',
    default: 1,
    min: 1,
    max: 4,
  },
  {
    name: 'gbPerNode',
    label: 'Memory per node',
    help: 'Memory of each node; islands come on top.',
    inText: [
      { says: '{size} per node' },
      { says: '{size} on each node' },
      { says: '{size} in each node' },
      { says: '{size} per socket' },
      { says: 'nodes of {size}' },
    ],
    kind: 'integer',
    default: 8,
    min: 1,
    max: 4096,
    unit: 'GB',
  },
  {
    name: 'lowHole',
    label: 'Hole below 4 GB',
    help: 'Leaves [3 GB, 4 GB) to devices, as on most PCs; memory beyond 3 GB goes on at 4 GB.',
    kind: 'switch',
    default: true,
  },
  {
    name: 'borderMb',
    label: 'Node border off the GB line',
    help: 'Moves each border between two nodes up by so much, so that it falls inside a TDMR.',
    kind: 'integer',
    default: 0,
    min: 0,
    max: 1023,
    unit: 'MB',
  },
  {
    name: 'islands',
    label: 'Islands',
    help: 'Separate pieces of 1 GB above the rest, a gap of 1 GB before each; every one needs a TDMR.',
    kind: 'integer',
    default: 0,
    min: 0,
    max: 128,
  },
  {
    name: 'holes',
    label: 'Firmware holes',
    help: 'Holes of 64 KB inside the first GB; every one costs TDMR 0 a reserved area.',
    kind: 'integer',
    default: 0,
    min: 0,
    max: 64,
  },
];

const MODULE: readonly ParameterSpec[] = [
  {
    name: 'maxTdmrs',
    label: 'TDMRs the module takes',
    help: 'Read from the module; the kernel counts on at least 64.',
    inText: [
      { says: 'up to {} TDMRs' },
      { says: 'at most {} TDMRs' },
      { says: 'maximum of {} TDMRs' },
      { says: 'limit of {} TDMRs' },
      { says: 'only {} TDMRs' },
      { says: 'maximum {} TDMRs' },
      { says: 'supports {} TDMRs' },
      { says: 'max_tdmrs = {}' },
      { says: 'max_tdmrs is {}' },
    ],
    kind: 'integer',
    default: 64,
    min: 1,
    max: 256,
  },
  {
    name: 'maxReserved',
    label: 'Reserved areas per TDMR',
    help: 'Read from the module; holes and PAMT memory share them.',
    inText: [
      { says: '{} reserved areas' },
      { says: '{} reserved area entries' },
      { says: 'max_reserved_per_tdmr = {}' },
      { says: 'max_reserved_per_tdmr is {}' },
    ],
    kind: 'integer',
    default: 16,
    min: 0,
    max: 256,
  },
  {
    name: 'entryBytes',
    label: 'Bytes of a PAMT entry',
    help: 'One entry per page, for 4K, 2M and 1G pages alike; 16 in the modules known so far.',
    inText: [
      { says: '{} bytes per page' },
      { says: '{} bytes per 4K page' },
      { says: '{} bytes per entry' },
      { says: '{} byte entry' },
      { says: '{} byte entries' },
      { says: '1 / {} th', from: (share) => 4096 / share },
      { says: '1 / {} of', from: (share) => 4096 / share },
    ],
    kind: 'integer',
    default: 16,
    min: 1,
    max: 64,
    unit: 'bytes',
  },
];

const ALLOCATION: readonly ParameterSpec[] = [
  {
    name: 'allocator',
    label: 'Search',
    help: 'The lowest free run that fits, or the walk of alloc_contig_pages(): NORMAL, DMA32, DMA, candidates a request apart.',
    kind: 'choice',
    default: 'first-fit',
    choices: [
      { value: 'first-fit', label: 'Lowest run that fits' },
      { value: 'contig-scan', label: 'As alloc_contig_pages()' },
    ],
  },
  {
    name: 'freeMemory',
    label: 'Free memory',
    help: 'What is free above the first 16 MB when TDX is initialized.',
    kind: 'choice',
    default: 'plenty',
    choices: [
      { value: 'plenty', label: 'All of it' },
      { value: 'node-0-full', label: 'All of it but node 0' },
      { value: 'fragmented', label: 'In short runs' },
    ],
  },
  {
    name: 'longestRunMb',
    label: 'Longest free run',
    help: 'How long the runs of fragmented memory are; without effect otherwise.',
    kind: 'integer',
    default: 16,
    min: 1,
    max: 1024,
    unit: 'MB',
  },
  {
    name: 'chunks',
    label: 'Chunks per TDMR',
    help: 'One, as the kernel does; three shows what it would cost to place each table alone.',
    kind: 'choice',
    default: 'one',
    choices: [
      { value: 'one', label: 'One for all three tables' },
      { value: 'three', label: 'Three (what if)' },
    ],
  },
];

export const parameters: readonly ParameterSpec[] = [...MACHINE, ...MODULE, ...ALLOCATION];
