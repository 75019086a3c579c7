import type { PageRange } from './ranges.ts';

/** Who decides: the two proposals of April 2022, the merged notifier, and the what-if in which nobody does. */
export const POLICIES = ['approach-1', 'approach-2', 'merged', 'mixed'] as const;
export type Policy = (typeof POLICIES)[number];

/** Who initializes the module: nobody in the tree, kvm_intel when it is loaded, or the boot. */
export type Kernel = '6.8' | '6.16' | '7.1';

export type Kind = 'boot' | 'dimm' | 'nvdimm' | 'soft-reserved';

export type Memory = PageRange & { name: string; kind: Kind };

/** `away`: no part of the running system. `added`: system RAM in memblock, offline. `online`: the page allocator has it. */
export type Place = 'away' | 'device' | 'added' | 'online';

/** One machine under one rule. All four see the same events. */
export type World = {
  /** As in `State.memories`. */
  places: readonly Place[];
  module: 'uninitialized' | 'initialized' | 'error';
  /** What the module was initialized with, tdx_memlist; empty without. */
  list: readonly PageRange[];
  /** How the last TD fared. */
  td?: { backend: Backend; runs: boolean; rule: string };
};

/** Where a TD's private memory comes from. */
export type Backend = 'any-page' | 'picks' | 'device-dax';

export type State = {
  /** Whose story is told. */
  policy: Policy;
  kernel: Kernel;
  /** The BIOS has enabled TDX. */
  platform: boolean;
  stage: 'off' | 'booted' | 'detected';
  memories: readonly Memory[];
  /** From firmware. The merged code never reads them. */
  cmrs: readonly PageRange[];
  worlds: Readonly<Record<Policy, World>>;
  /** Event by event what each rule said; absent while exploring, where only the present counts. */
  diary?: readonly Entry[];
};

export type Entry = { request: string; memory?: string; verdicts: Readonly<Record<Policy, Verdict>> };

export type Verdict = {
  /** A word or an error number, for the table. */
  answer: string;
  /** Why, in a clause. */
  why: string;
  refused: boolean;
  rule: string;
};

export type Event =
  | { do: 'boot' }
  | { do: 'detect' }
  | { do: 'add'; memory: string }
  | { do: 'online'; memory: string }
  | { do: 'offline'; memory: string }
  | { do: 'remove'; memory: string }
  | { do: 'initialize' }
  | { do: 'run-td'; backend: Backend };

export const POLICY_NAMES: Readonly<Record<Policy, string>> = {
  'approach-1': 'approach 1',
  'approach-2': 'approach 2',
  merged: 'merged',
  mixed: 'what if: mixed',
};

export function isDriverManaged({ kind }: Memory): boolean {
  return kind === 'nvdimm' || kind === 'soft-reserved';
}

export function memoryNamed(state: State, name: string): Memory | undefined {
  return state.memories.find((memory) => memory.name === name);
}

export function placeOf(state: State, world: World, memory: Memory): Place {
  return world.places[state.memories.indexOf(memory)] ?? 'away';
}

export function moved(state: State, world: World, memory: Memory, to: Place): World {
  return {
    ...world,
    places: state.memories.map((each, index) => (each === memory ? to : (world.places[index] ?? 'away'))),
  };
}

export function memoriesIn(state: State, world: World, ...places: readonly Place[]): Memory[] {
  return state.memories.filter((memory) => places.includes(placeOf(state, world, memory)));
}

/**
 * What memblock holds: all system RAM, online or not. Neighbours of one kind are one region; what a driver added carries a flag and
 * stays apart (add_memory_resource(), MEMBLOCK_DRIVER_MANAGED).
 */
export function memblocks(state: State, world: World): PageRange[] {
  const regions: (PageRange & { driver: boolean })[] = [];
  for (const memory of memoriesIn(state, world, 'added', 'online')) {
    const driver = isDriverManaged(memory);
    const last = regions.at(-1);
    if (last !== undefined && last.end_pfn === memory.start_pfn && last.driver === driver) {
      regions[regions.length - 1] = { ...last, end_pfn: memory.end_pfn };
    } else regions.push({ start_pfn: memory.start_pfn, end_pfn: memory.end_pfn, driver });
  }
  return regions.map(({ start_pfn, end_pfn }) => ({ start_pfn, end_pfn }));
}
