import type { Invariant } from '../kit/simulator.ts';
import { NODE_PAGES, referenceCount, type State } from './state.ts';

export const invariants: readonly Invariant<State>[] = [
  {
    name: 'nothing is copied when migration fails on the count',
    holds: ({ counts, attempt }) =>
      counts.copies === counts.moves && (attempt === null || attempt.moved === (attempt.found === attempt.expected)),
  },
  {
    name: 'a FOLL_PIN page in a private 4 KB mapping is never made PROT_NONE',
    holds: ({ setup, rounds }) =>
      setup.size !== '4K' || setup.mapping !== 'private' || rounds.every((round) => !(round.protected && round.pinned)),
  },
  {
    name: 'later kernels never make a pinned page PROT_NONE',
    holds: ({ setup, rounds }) =>
      setup.kernel !== 'later' || rounds.every((round) => !(round.protected && round.pinned)),
  },
  { name: 'pages are conserved, node by node', holds: pagesAreConserved },
  {
    name: 'guest_memfd pages are never scanned, zapped or moved',
    holds: ({ setup, counts }) =>
      setup.hold !== 'guest-memfd' ||
      (counts.zaps === 0 && counts.invalidations === 0 && counts.targets === 0 && counts.moves === 0),
  },
  {
    name: 'the guest has no way past an inaccessible entry once the invalidation is over',
    holds: ({ page, next }) =>
      next === 'zap' || !page.mapped || (page.entry !== 'prot-none' && page.entry !== 'migration'),
  },
  {
    name: 'a page in use has a reference',
    holds: (state) => !state.page.there || referenceCount(state) > 0,
  },
];

function pagesAreConserved(state: State): boolean {
  return ([0, 1] as const).every((node) => {
    const page = state.page.there && state.page.node === node ? 1 : 0;
    const target = state.target && state.cpu === node ? 1 : 0;
    return state.free[node] + page + target === NODE_PAGES;
  });
}
