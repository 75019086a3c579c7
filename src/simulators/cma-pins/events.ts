/** What happens in a run of given parameters: the cast, and the requests in their order. */
import { step } from './model.ts';
import type { Parameters } from './parameters.ts';
import type { Pinner } from './pin.ts';
import { type Event, type GuestMemory, type Page, pagesIn, type State } from './state.ts';

export function startOf(given: Parameters): State {
  const { areaBlocks, otherBlocks } = given;
  return {
    kernel: given.kernel === '6.14' ? '6.14' : '6.15',
    memory: memoryOf(given.guestMemory),
    passthrough: given.passthrough,
    size: { area: areaBlocks, other: otherBlocks },
    pages: cast(given),
    diary: [],
  };
}

export function eventsOf(given: Parameters): Event[] {
  let state = startOf(given);
  const events: Event[] = [];
  const take = (event: Event): boolean => {
    const taken = step(state, event);
    state = taken.state;
    events.push(event);
    return taken.outcome === 'done';
  };
  const touchAll = (owner: Page['owner']) => {
    for (const page of state.pages.filter((each) => each.owner === owner && each.at === undefined)) {
      take({ do: 'touch', page: page.name });
    }
  };
  const ask = () => given.wanted > 0 && take({ do: 'grab', by: 'TDX', blocks: given.wanted });

  touchAll('kernel');
  if (given.when === 'boot') ask();
  touchAll('program');
  if (state.memory === 'hugetlb') fillPool(given, take);
  const pinners = pinnersOf(state);
  if (given.touchFirst || pinners.length === 0 || state.memory === 'hugetlb') touchAll('guest');
  for (const page of heldPages(state, given.extraReferences)) take({ do: 'hold', page });
  for (const by of pinners) pinAll(by, () => state, take);
  const got = given.when === 'boot' || ask();
  if (given.when === 'again' && !got) {
    for (const page of state.pages.filter((each) => each.holds.some((hold) => hold.by === 'direct I/O'))) {
      take({ do: 'release', page: page.name });
    }
    ask();
  }
  return events;
}

function fillPool(given: Parameters, take: (event: Event) => boolean): void {
  for (let page = 0; page < given.guestBlocks; page++) {
    if (!take({ do: 'grab', by: 'HugeTLB', blocks: 1 })) return;
  }
}

/** Block by block. When one cannot be pinned, the rest is not asked for and what was pinned is let go: the device is not attached. */
function pinAll(by: Pinner, state: () => State, take: (event: Event) => boolean): void {
  for (const page of state().pages.filter((each) => each.owner === 'guest')) {
    if (take({ do: 'pin', page: page.name, by })) continue;
    if (state().pages.some((each) => each.holds.some((hold) => hold.by === by))) take({ do: 'unpin', by });
    return;
  }
}

/** Who will pin the guest: nobody, unless it has a device or is an SEV guest. guest_memfd is mapped by no program. */
function pinnersOf(state: State): Pinner[] {
  if (state.memory === 'guest-memfd') return [];
  return [
    ...(state.memory === 'sev' ? (['SEV registration'] as const) : []),
    ...(state.passthrough ? (['VFIO'] as const) : []),
  ];
}

/** Nearest to the middle of the area first; chosen so that a few of them block long runs. */
function heldPages(state: State, number: number): string[] {
  const middle = (state.size.area - 1) / 2;
  const distance = (page: Page) => Math.abs((page.at?.block ?? 0) - middle);
  return pagesIn(state.pages, 'area')
    .filter((page) => page.kind === 'anonymous' || page.kind === 'file')
    .sort((a, b) => distance(a) - distance(b) || (a.at?.block ?? 0) - (b.at?.block ?? 0))
    .slice(0, number)
    .map((page) => page.name);
}

function cast(given: Parameters): Page[] {
  const memory = memoryOf(given.guestMemory);
  const guestKind = memory === 'hugetlb' ? 'gigantic' : memory === 'guest-memfd' ? 'guest-memfd' : 'anonymous';
  const spare = memory === 'hugetlb' ? Math.min(given.spareGigantic, given.otherBlocks) : 0;
  return [
    ...many(given.kernelBlocks, (number) => ({
      name: `kernel data ${number}`,
      owner: 'kernel',
      kind: 'kernel',
      holds: [],
    })),
    ...many(given.programBlocks, (number) =>
      number % 4 < 2
        ? { name: `program ${number}`, owner: 'program', kind: 'anonymous', holds: [] }
        : { name: `file cache ${number}`, owner: 'program', kind: 'file', holds: [] },
    ),
    ...many(given.guestBlocks, (number) => ({ name: `guest ${number}`, owner: 'guest', kind: guestKind, holds: [] })),
    ...many(spare, (number) => ({
      name: `spare ${number}`,
      owner: 'pool',
      kind: 'gigantic',
      at: { side: 'other', block: given.otherBlocks - spare + number },
      holds: [],
    })),
  ];
}

function many(number: number, make: (number: number) => Page): Page[] {
  return Array.from({ length: number }, (_, index) => make(index));
}

function memoryOf(value: string): GuestMemory {
  return value === 'hugetlb' || value === 'sev' || value === 'guest-memfd' ? value : 'anonymous';
}
