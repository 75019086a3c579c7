/**
 * How the kernel builds TDMRs, places their PAMTs and reports reserved areas (Linux 6.8-6.16, the same text in all of them).
 *
 * Left out: TDH.SYS.CONFIG and what the module refuses (memory outside a CMR); Dynamic PAMT; fragmentation below a page; an empty
 * memory list, of which the kernel would make one TDMR of size 0; memory that changes while this runs.
 */
import type { Step } from '../kit/simulator.ts';
import { allocatePamts, countPamts } from './allocate-pamts.ts';
import { type Draft, draftOf, stateOf } from './draft.ts';
import type { Machine } from './machine.ts';
import {
  checkLimit,
  collectMemory,
  coverMemory,
  freePamts,
  reserveHoles,
  reservePamts,
  sortAreas,
  type Told,
} from './rules.ts';
import { type Event, isNext, nextEvent, type State, startOf } from './state.ts';

/** One event. Anything but the next event of the state is refused and changes nothing: the kernel's order is fixed. */
export function step(state: State, event: Event): Step<State> {
  if (!isNext(state, event)) {
    const because = `${describe(event)} does not come next here, so nothing changes.`;
    return { state, outcome: 'refused', rule: 'out-of-order', because };
  }
  const draft = draftOf(state);
  const told = apply(draft, event);
  return { state: stateOf(draft), ...told };
}

/** All events from a state to the end. */
export function eventsFrom(state: State): Event[] {
  const draft = draftOf(state);
  const events: Event[] = [];
  for (let event = nextEvent(draft); event !== undefined; event = nextEvent(draft)) {
    events.push(event);
    apply(draft, event);
  }
  return events;
}

/** The whole run at once, in time that follows the size of the machine; the same rules as step by step. */
export function construct(machine: Machine): State {
  const draft = draftOf(startOf(machine));
  for (let event = nextEvent(draft); event !== undefined; event = nextEvent(draft)) apply(draft, event);
  return stateOf(draft);
}

function apply(draft: Draft, event: Event): Told {
  switch (event.do) {
    case 'collect':
      return collectMemory(draft, event.block);
    case 'cover':
      return coverMemory(draft, event.entry);
    case 'check-limit':
      return checkLimit(draft);
    case 'allocate':
      return allocatePamts(draft, event.tdmr);
    case 'reserve-holes':
      return reserveHoles(draft, event.tdmr);
    case 'reserve-pamts':
      return reservePamts(draft, event.tdmr);
    case 'sort':
      return sortAreas(draft, event.tdmr);
    case 'free-pamts':
      return freePamts(draft);
    case 'count-pamts':
      return countPamts(draft);
  }
}

export function describe(event: Event): string {
  switch (event.do) {
    case 'collect':
      return `collect memory block ${event.block}`;
    case 'cover':
      return `cover TDX memory ${event.entry}`;
    case 'check-limit':
      return 'count the TDMRs';
    case 'allocate':
      return `allocate the PAMTs of TDMR ${event.tdmr}`;
    case 'reserve-holes':
      return `reserve the holes of TDMR ${event.tdmr}`;
    case 'reserve-pamts':
      return `reserve PAMT memory in TDMR ${event.tdmr}`;
    case 'sort':
      return `sort the areas of TDMR ${event.tdmr}`;
    case 'free-pamts':
      return 'free all PAMTs';
    case 'count-pamts':
      return 'count what the PAMTs take';
  }
}
