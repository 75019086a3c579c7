import type { Invariant } from '../kit/simulator.ts';
import { aboveFirstMb, isInsideOne, pagesOutside } from './ranges.ts';
import { memoriesIn, POLICIES, placeOf, type State, type World } from './state.ts';

export const invariants: readonly Invariant<State>[] = [
  {
    name: 'once the module is initialized, the page allocator holds TDX memory only, under every rule but the what-if',
    holds: (state) =>
      POLICIES.every(
        (policy) => policy === 'mixed' || state.worlds[policy].module !== 'initialized' || isPure(state, policy),
      ),
  },
  {
    name: 'what the module was initialized with lies inside CMRs',
    holds: (state) => worlds(state).every((world) => world.list.every((range) => isInsideOne(range, state.cmrs))),
  },
  {
    name: 'there is a TDX memory list exactly while the module is initialized',
    holds: (state) => worlds(state).every((world) => world.list.length > 0 === (world.module === 'initialized')),
  },
  {
    name: 'with approach 1 a TDX platform has no system RAM but that of the boot',
    holds: (state) => !state.platform || ramOf(state, 'approach-1').every((memory) => memory.kind === 'boot'),
  },
  {
    name: 'with approach 2 system RAM of a TDX platform always lies inside CMRs',
    holds: (state) =>
      !state.platform || aboveFirstMb(ramOf(state, 'approach-2')).every((range) => isInsideOne(range, state.cmrs)),
  },
  {
    name: 'only under the merged rule can adding memory make the initialization fail',
    holds: (state) => POLICIES.every((policy) => policy === 'merged' || state.worlds[policy].module !== 'error'),
  },
  {
    name: 'what a proposal has online, the merged rule has online too',
    holds: (state) =>
      state.memories.every((memory) =>
        (['approach-1', 'approach-2'] as const).every(
          (policy) =>
            placeOf(state, state.worlds[policy], memory) !== 'online' ||
            placeOf(state, state.worlds.merged, memory) === 'online',
        ),
      ),
  },
  {
    name: 'no TD gets a page that is not TDX memory, under every rule but the what-if',
    holds: (state) =>
      POLICIES.every((policy) => policy === 'mixed' || state.worlds[policy].td?.rule !== 'td-foreign-page'),
  },
];

function worlds(state: State): World[] {
  return POLICIES.map((policy) => state.worlds[policy]);
}

function ramOf(state: State, policy: State['policy']) {
  return memoriesIn(state, state.worlds[policy], 'added', 'online');
}

function isPure(state: State, policy: State['policy']): boolean {
  const world = state.worlds[policy];
  return pagesOutside(aboveFirstMb(memoriesIn(state, world, 'online')), world.list) === 0;
}
