import type { Exploration } from '../kit/simulator.ts';
import type { Parameters } from './parameters.ts';
import { type Event, factsOf, isMapped, isMisled, type Kind, type State, startOf, viewOf } from './state.ts';
import { type Kernel, type VmType, vmTypes } from './vm-types.ts';
import { count } from './words.ts';

/** Where the host sees the kind, one page shows all of a conversion; two, with a host too small for both views of both, show the rest. */
const STARTS: readonly { vm: VmType; kernel: Kernel; pages: number; host: number }[] = [
  { vm: 'tdx', kernel: '6.16', pages: 2, host: 3 },
  { vm: 'snp', kernel: '6.16', pages: 1, host: 3 },
  { vm: 'normal', kernel: '6.16', pages: 2, host: 2 },
  { vm: 'sev', kernel: '6.16', pages: 2, host: 2 },
  { vm: 'software', kernel: '6.8', pages: 1, host: 2 },
  { vm: 'sev-upm', kernel: '6.16', pages: 1, host: 2 },
];

export const exploration: Exploration<State, Event, Parameters> = {
  bound:
    'a TDX guest of 2 pages with 1 host page to spare, SNP, software-protected and what-if guests of 1 page, normal and SEV guests of 2; ' +
    'every order of accesses and calls, of conversions page by page, of holes and discards of page 0, and of the steps of one fault and one hole',
  starts,
  choices,
  goals: {
    'mapped-private': (state) => state.pages.some((page) => page.mapped.private !== undefined),
    'mapped-shared': (state) =>
      factsOf(state).privateMemory && state.pages.some((page) => page.mapped.shared !== undefined),
    'memory-fault-exit': (state) => state.exit?.reason === 'memory-fault',
    'hypercall-exit': (state) => state.exit?.reason === 'hypercall',
    retry: (state) => state.result === 'RET_PF_RETRY',
    'costs-twice': (state) => state.pages.some((page) => page.user !== undefined && page.file !== undefined),
    'out-of-memory': (state) => state.exit?.reason === 'error' && state.exit.errno === 'ENOMEM',
    'silent-mismatch': (state) => state.pages.some((page) => isMisled(state, page)),
  },
  limit: 20_000,
};

function* starts(): Generator<{ label: string; parameters: Parameters; state: State }> {
  for (const { vm, kernel, pages, host } of STARTS) {
    const parameters: Parameters = {
      vm,
      kernel,
      pages,
      course: 'share',
      shares: 1,
      call: true,
      punch: true,
      spare: host - pages,
      backend: 'all-tdx',
      looksAgain: true,
    };
    const setup = { vm, kernel, backend: 'all-tdx', looksAgain: true } as const;
    const label = `${vmTypes[vm].name} of ${count(pages, 'page')} on ${kernel}, ${host} host pages`;
    yield { label, parameters, state: startOf(setup, pages, host, false) };
  }
}

function choices(state: State): Event[] {
  if (!state.created) return [{ do: 'create' }];
  const { privateMemory } = factsOf(state);
  if (state.setup.vm === 'sev' && !state.pages.some((page) => page.pinned)) {
    return [{ do: 'register', from: 0, count: state.pages.length }];
  }
  const events = state.pages.flatMap((_, page) => guestChoices(state, page));
  if (state.fault !== undefined) events.push({ do: state.fault.taken === undefined ? 'fault-take' : 'fault-map' });
  if (!privateMemory) return events;
  if (state.invalidating !== undefined) events.push({ do: state.invalidating.freed ? 'punch-end' : 'punch-free' });
  return [...events, ...state.pages.flatMap((_, page) => conversions(page)), ...givingBack(state)];
}

const KINDS: readonly Kind[] = ['private', 'shared'];

function guestChoices(state: State, number: number): Event[] {
  const page = state.pages[number];
  if (page === undefined) return [];
  const kinds = state.setup.vm === 'normal' ? KINDS.slice(1) : KINDS;
  const uses = kinds
    // While a fault is under way another one would need a second vCPU; without one, it is a fault of its own.
    .filter((kind) => state.fault === undefined || isMapped(state, page, viewOf(state, page, kind)))
    .map(
      (kind): Event => (state.fault === undefined ? { do: 'fault-begin', page: number, kind } : useOf(number, kind)),
    );
  if (state.setup.vm === 'normal' || state.fault !== undefined || state.invalidating !== undefined) return uses;
  return [...uses, ...kinds.map((to): Event => ({ do: 'call', from: number, count: 1, to }))];
}

function useOf(number: number, kind: Kind): Event {
  return { do: 'access', from: number, count: 1, kind };
}

function conversions(from: number): Event[] {
  return KINDS.map((to) => ({ do: 'set-attributes', from, count: 1, to }));
}

/** Of page 0 only: the other page would give the same states mirrored. */
function givingBack(state: State): Event[] {
  const events: Event[] = [];
  if (state.pages[0]?.user !== undefined) events.push({ do: 'discard', from: 0, count: 1 });
  if (state.invalidating === undefined) events.push({ do: 'punch-begin', from: 0, count: 1 });
  return events;
}
