/** The machine that the parameters describe, and what happens to it. */
import type { Parameters } from './parameters.ts';
import { FIRST_TDX_PFN, GB_PAGES, type PageRange } from './ranges.ts';
import { type Event, type Kernel, type Kind, type Memory, POLICIES, type State, type World } from './state.ts';

/** Below 4 GB there is a hole for devices, as on every x86 machine. */
const LOW_END = 3 * GB_PAGES;
const HIGH_START = 4 * GB_PAGES;
/** Boot memory that always stays: what lies below the hole, and 1 GB above it. */
const STAYS_GB = 4;

export function startOf(given: Parameters): State {
  const memories = [...bootMemory(given), ...newMemory(given)];
  return startWith(memories, cmrsOf(given, memories), {
    policy: POLICIES.find((policy) => policy === given.policy) ?? 'merged',
    kernel: kernelOf(given),
    platform: given.platform,
  });
}

export function startWith(
  memories: readonly Memory[],
  cmrs: readonly PageRange[],
  setup: Pick<State, 'policy' | 'kernel' | 'platform'>,
): State {
  const world: World = { places: memories.map(() => 'away'), module: 'uninitialized', list: [] };
  const worlds = { 'approach-1': world, 'approach-2': world, merged: world, mixed: world };
  return { ...setup, stage: 'off', memories, cmrs, worlds, diary: [] };
}

export function eventsOf(given: Parameters): Event[] {
  const memory = nameOf(given);
  const isBoot = given.memory === 'boot';
  const isDevice = given.memory === 'nvdimm' || given.memory === 'soft-reserved';
  const atBoot = kernelOf(given) === '7.1';
  const initialize = (when: string): Event[] =>
    (atBoot ? 'first' : given.initialize) === when ? [{ do: 'initialize' }] : [];
  const stays = given.moves === 'stay';
  const goOnline: Event[] = stays || given.moves === 'add' ? [] : [{ do: 'online', memory }];
  const again: Event[] = [
    { do: 'offline', memory },
    ...(isDevice ? [{ do: 'remove', memory } as const, { do: 'add', memory } as const] : []),
    { do: 'online', memory },
  ];
  return [
    { do: 'boot' },
    { do: 'detect' },
    ...initialize('first'),
    ...(stays ? [] : [isBoot ? { do: 'offline' as const, memory } : { do: 'add' as const, memory }]),
    ...initialize('between'),
    ...goOnline,
    ...initialize('last'),
    ...(given.moves === 'again' ? again : []),
    ...tdsOf(given),
  ];
}

function tdsOf({ td }: Parameters): Event[] {
  switch (td) {
    case 'any-page':
    case 'picks':
    case 'device-dax':
      return [{ do: 'run-td', backend: td }];
    case 'any-then-picks':
      return [
        { do: 'run-td', backend: 'any-page' },
        { do: 'run-td', backend: 'picks' },
      ];
    default:
      return [];
  }
}

function kernelOf({ kernel }: Parameters): Kernel {
  return kernel === '6.8' || kernel === '7.1' ? kernel : '6.16';
}

const NAMES: Readonly<Record<Kind, string>> = {
  boot: 'boot part',
  dimm: 'DIMM',
  nvdimm: 'NVDIMM',
  'soft-reserved': 'soft-reserved range',
};

function kindOf({ memory }: Parameters): Kind {
  return memory === 'nvdimm' || memory === 'soft-reserved' || memory === 'boot' ? memory : 'dimm';
}

function nameOf(given: Parameters): string {
  return NAMES[kindOf(given)];
}

function bootMemory(given: Parameters): Memory[] {
  const end = endOfBoot(given);
  const part = given.memory === 'boot' ? Math.min(given.newGb, given.bootGb - STAYS_GB) * GB_PAGES : 0;
  return [
    { name: 'low boot memory', kind: 'boot', start_pfn: 0, end_pfn: LOW_END },
    { name: 'boot memory', kind: 'boot', start_pfn: HIGH_START, end_pfn: end - part },
    ...(part === 0 ? [] : [{ name: NAMES.boot, kind: 'boot' as const, start_pfn: end - part, end_pfn: end }]),
  ];
}

function newMemory(given: Parameters): Memory[] {
  const kind = kindOf(given);
  if (kind === 'boot') return [];
  const start_pfn = endOfBoot(given);
  return [{ name: NAMES[kind], kind, start_pfn, end_pfn: start_pfn + given.newGb * GB_PAGES }];
}

function endOfBoot({ bootGb }: Parameters): number {
  return HIGH_START + bootGb * GB_PAGES - LOW_END;
}

/** One below the hole, one above it that ends where the new memory is not convertible any more. */
function cmrsOf(given: Parameters, memories: readonly Memory[]): PageRange[] {
  const boot = endOfBoot(given);
  const end = memories.at(-1)?.end_pfn ?? boot;
  const shares: Readonly<Record<string, number>> = { none: 0, part: 0.5 };
  return [
    { start_pfn: FIRST_TDX_PFN, end_pfn: LOW_END },
    { start_pfn: HIGH_START, end_pfn: boot + (end - boot) * (shares[given.convertible] ?? 1) },
  ];
}
