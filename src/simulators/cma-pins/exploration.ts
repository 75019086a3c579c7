import type { Exploration } from '../kit/simulator.ts';
import { startOf } from './events.ts';
import type { Parameters } from './parameters.ts';
import { type Event, isLongTermPinned, pagesIn, type State } from './state.ts';

const SMALL: Parameters = {
  areaBlocks: 3,
  otherBlocks: 3,
  kernelBlocks: 0,
  programBlocks: 1,
  guestBlocks: 2,
  guestMemory: 'anonymous',
  passthrough: true,
  touchFirst: true,
  spareGigantic: 0,
  extraReferences: 1,
  wanted: 2,
  when: 'late',
  kernel: '6.15',
};

/** Machines small enough to walk every order of requests. */
const STARTS: readonly { label: string; change: Partial<Parameters> }[] = [
  { label: 'an ordinary guest with passthrough', change: {} },
  { label: 'the same with 2 blocks of other memory', change: { otherBlocks: 2 } },
  { label: 'the same with kernel data', change: { kernelBlocks: 1 } },
  { label: 'an ordinary guest without passthrough', change: { passthrough: false } },
  { label: 'an SEV guest on 6.14', change: { guestMemory: 'sev', passthrough: false, kernel: '6.14' } },
  { label: 'an SEV guest on 6.15', change: { guestMemory: 'sev', passthrough: false } },
  { label: 'a HugeTLB guest with passthrough', change: { guestMemory: 'hugetlb' } },
  { label: 'the same with a gigantic page to spare', change: { guestMemory: 'hugetlb', spareGigantic: 1 } },
  { label: 'a guest on guest_memfd', change: { guestMemory: 'guest-memfd' } },
];

export const exploration: Exploration<State, Event, Parameters> = {
  bound:
    'an area of 3 blocks beside 2 or 3 others; a guest of 2 blocks (ordinary with and without passthrough, SEV on 6.14 and on 6.15, HugeTLB with and without ' +
    'a spare page, guest_memfd), 1 program that direct I/O may hold, 0 or 1 block of kernel data; every order of touching, pinning, letting go, holding ' +
    'and asking for 2 blocks in one piece, until TDX has got them',
  *starts() {
    for (const { label, change } of STARTS) {
      const parameters = { ...SMALL, ...change };
      const { diary, ...state } = startOf(parameters);
      yield { label, parameters, state };
    }
  },
  choices,
  goals: {
    // Not for want of blocks that were not handed out yet: something is in the way.
    'grab-fails': (state) =>
      state.grab?.by === 'TDX' && (state.grab.error === 'EBUSY' || state.grab.error === 'ENOMEM'),
    'grab-works': (state) => state.grab?.by === 'TDX' && state.grab.ok,
    'area-wasted': isWasted,
  },
  limit: 100_000,
};

/** The whole guest is pinned, none of it lies in the area, and the area would have room for a part of it. */
function isWasted(state: State): boolean {
  const guest = state.pages.filter((page) => page.owner === 'guest');
  const outside = guest.length > 0 && guest.every((page) => isLongTermPinned(page) && page.at?.side === 'other');
  return outside && pagesIn(state.pages, 'area').length < state.size.area;
}

function choices(state: State): Event[] {
  const events: Event[] = [];
  const pinner = state.memory === 'sev' ? 'SEV registration' : state.passthrough ? 'VFIO' : undefined;
  for (const page of state.pages) {
    if (page.owner === 'pool' || page.owner === 'tdx') continue;
    if (page.at === undefined) events.push({ do: 'touch', page: page.name });
    const pinned = page.holds.some((hold) => hold.by === pinner);
    const canBePinned = page.owner === 'guest' && page.kind !== 'guest-memfd';
    if (pinner !== undefined && canBePinned && !pinned) events.push({ do: 'pin', page: page.name, by: pinner });
    if (page.owner !== 'program' || page.at === undefined) continue;
    events.push({ do: page.holds.length === 0 ? 'hold' : 'release', page: page.name });
  }
  const anyPinned = state.pages.some((page) => page.holds.some((hold) => hold.by === pinner));
  if (pinner !== undefined && anyPinned) events.push({ do: 'unpin', by: pinner });
  if (state.pages.every((page) => page.kind !== 'granted')) events.push({ do: 'grab', by: 'TDX', blocks: 2 });
  if (state.memory === 'hugetlb') events.push({ do: 'grab', by: 'HugeTLB', blocks: 1 });
  return events;
}
