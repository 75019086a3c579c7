/** What happens in a run of given parameters: the guest starts, its vCPU moves, and after each scan it touches the page again. */
import { step } from './model.ts';
import type { Parameters } from './parameters.ts';
import { type Event, type Hold, type Kernel, NO_WORK, NODE_PAGES, type Setup, type State } from './state.ts';

export function startOf(given: Parameters): State {
  return startWith({
    kernel: kernelOf(given.kernel),
    hold: holdOf(given.hold),
    references: given.references,
    mapping: given.mapping === 'shared' ? 'shared' : 'private',
    size: given.pageSize === '2M' ? '2M' : '4K',
    scans: given.scans,
    vcpuMoves: given.vcpuMoves,
    guestGb: given.guestGb,
    touchedGb: Math.min(given.touchedGb, given.guestGb),
    memlockGb: given.memlockGb,
  });
}

/** Nothing of the guest is there yet; both nodes are empty but for other programs' pages. */
export function startWith(setup: Setup): State {
  return {
    // guest_memfd has no THP in these kernels, and how the VMM maps memory is no matter to it.
    setup: setup.hold === 'guest-memfd' ? { ...setup, size: '4K', mapping: 'private' } : setup,
    page: { there: false, node: 0, extra: 0, pinned: false, isolated: false, entry: 'none', mapped: false },
    cpu: 0,
    free: [NODE_PAGES, NODE_PAGES],
    target: false,
    next: 'free',
    snapshot: null,
    attempt: null,
    counts: NO_WORK,
    rounds: [],
    guest: { lockedGb: 0, failed: false },
  };
}

export function eventsOf(given: Parameters): Event[] {
  return runToEnd(startOf(given)).events;
}

/** The whole run; each scan takes at most six steps. */
export function runToEnd(start: State): { state: State; events: Event[] } {
  const { hold, scans, vcpuMoves } = start.setup;
  const events: Event[] = [];
  let state = start;
  const take = (what: Event['do']) => {
    if (state.guest.failed) return;
    const event: Event = { do: what };
    events.push(event);
    state = step(state, event).state;
  };
  if (hold === 'pin') take('register');
  take('first-touch');
  if (hold === 'demand-pin') take('use');
  if (vcpuMoves) take('move-vcpu');
  for (let number = 0; number < scans; number++) {
    take('scan');
    if (state.next === 'zap') take('zap');
    if (!state.page.mapped) take('touch');
    if (state.next === 'isolate') take('isolate');
    if (state.next === 'compare') take('compare');
    if (state.next === 'retry') take('retry');
  }
  return { state, events };
}

function kernelOf(value: string): Kernel {
  return value === '6.8' || value === 'later' ? value : '6.16';
}

function holdOf(value: string): Hold {
  return value === 'none' || value === 'pin' || value === 'demand-pin' || value === 'guest-memfd' ? value : 'reference';
}
