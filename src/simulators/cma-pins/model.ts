/**
 * A CMA area beside other memory: who may live in it, who must leave it, and whether it can be had in one piece (Linux 6.14-6.16).
 *
 * Left out: reclaim, swap, compaction and the OOM killer; zones and NUMA nodes, of which there is one; per-CPU lists and the buddy
 * allocator's choice of a block (here the lowest); dirty file pages, whose writeback only delays a migration; transparent huge pages.
 */
import type { Step } from '../kit/simulator.ts';
import { grab } from './grab.ts';
import { hold, pin, release, unpin } from './pin.ts';
import { touch } from './place.ts';
import type { Ruled } from './rule.ts';
import { type Entry, type Event, pagesIn, type State } from './state.ts';

export function step(state: State, event: Event): Step<State> {
  const { pages, grab: grabbed, request, result, touched, ...told } = apply(state, event);
  const next: State = {
    ...state,
    pages,
    ...(grabbed === undefined ? {} : { grab: grabbed }),
    ...(state.diary === undefined
      ? {}
      : { diary: [...state.diary, entry(pages, request, result, told.outcome === 'done', touched)] }),
  };
  return { state: next, ...told };
}

function apply(state: State, event: Event): Ruled {
  switch (event.do) {
    case 'touch':
      return touch(state, event.page);
    case 'pin':
      return pin(state, event.page, event.by);
    case 'unpin':
      return unpin(state, event.by);
    case 'hold':
      return hold(state, event.page);
    case 'release':
      return release(state, event.page);
    case 'grab':
      return grab(state, event.by, event.blocks);
  }
}

function entry(
  pages: State['pages'],
  request: string,
  result: string,
  done: boolean,
  touched: readonly string[],
): Entry {
  const inArea = pagesIn(pages, 'area');
  const guests = inArea.filter((page) => page.owner === 'guest').length;
  return { request, result, done, used: inArea.length, guests, pages: touched };
}

export function describe(event: Event): string {
  switch (event.do) {
    case 'touch':
      return `${event.page} is touched`;
    case 'pin':
      return `${event.by} pins ${event.page}`;
    case 'unpin':
      return `${event.by} lets go`;
    case 'hold':
      return `direct I/O holds ${event.page}`;
    case 'release':
      return `direct I/O on ${event.page} is done`;
    case 'grab':
      return `${event.by} wants ${event.blocks} in one piece`;
  }
}
