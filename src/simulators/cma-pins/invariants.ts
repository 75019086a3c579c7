import type { Invariant } from '../kit/simulator.ts';
import { freeBlocks, isLongTermPinned, pagesIn, type Side, type State } from './state.ts';

const SIDES: readonly Side[] = ['area', 'other'];

export const invariants: readonly Invariant<State>[] = [
  {
    name: 'after a successful FOLL_LONGTERM pin the page is not in CMA',
    holds: (state) => pagesIn(state.pages, 'area').every((page) => !isLongTermPinned(page)),
  },
  { name: 'blocks are conserved', holds: blocksAreConserved },
  { name: 'nobody shares a block', holds: nobodyShares },
  {
    name: 'kernel data and guest_memfd memory never lie in the area',
    holds: (state) =>
      pagesIn(state.pages, 'area').every((page) => page.kind !== 'kernel' && page.kind !== 'guest-memfd'),
  },
  { name: 'what TDX was given is one piece of the area', holds: grantIsOnePiece },
  {
    name: 'an ordinary guest without passthrough is pinned by nobody',
    holds: (state) =>
      state.passthrough ||
      state.memory === 'sev' ||
      state.pages.every((page) => page.holds.every((hold) => hold.by === 'direct I/O')),
  },
  {
    name: 'only pages that are in memory are held',
    holds: (state) => state.pages.every((page) => page.at !== undefined || page.holds.length === 0),
  },
];

function blocksAreConserved(state: State): boolean {
  return SIDES.every((side) => {
    const used = pagesIn(state.pages, side);
    const inside = used.every(
      (page) => page.at !== undefined && page.at.block >= 0 && page.at.block < state.size[side],
    );
    return inside && used.length + freeBlocks(state.size, state.pages, side).length === state.size[side];
  });
}

function nobodyShares(state: State): boolean {
  const places = state.pages.flatMap((page) => (page.at === undefined ? [] : [`${page.at.side} ${page.at.block}`]));
  return new Set(places).size === places.length;
}

function grantIsOnePiece(state: State): boolean {
  const granted = state.pages.filter((page) => page.kind === 'granted');
  if (granted.some((page) => page.at?.side !== 'area')) return false;
  const blocks = granted.map((page) => page.at?.block ?? -1).sort((a, b) => a - b);
  return blocks.every((block, index) => index === 0 || block === (blocks[index - 1] ?? -2) + 1);
}
