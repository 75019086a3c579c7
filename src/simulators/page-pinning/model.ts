/**
 * One guest page under NUMA balancing, held in one of five ways: by nobody, by extra references, by a pin taken before the guest
 * runs, by a pin taken when it is touched, or in guest_memfd, where mm has no mapping of it (Linux 6.8, 6.16 and later).
 *
 * Left out: the scanner's pace and its choice of ranges, the two-stage filter of NUMA faults, page migration for other reasons
 * (compaction, CMA, hotplug), swap, several processes that map the page, nodes without free memory, and other CPUs.
 */
import type { Step } from '../kit/simulator.ts';
import { firstTouch, moveVcpu, register, release, useMemory } from './rules-hold.ts';
import { compare, isolate, retry, touch } from './rules-migrate.ts';
import { scan, zap } from './rules-scan.ts';
import type { Event, State } from './state.ts';
import { outOfOrder, type Told } from './told.ts';

const RULES: Readonly<Record<Event['do'], (state: State) => Told>> = {
  register,
  'first-touch': firstTouch,
  use: useMemory,
  'move-vcpu': moveVcpu,
  release,
  scan,
  zap,
  touch,
  isolate,
  compare,
  retry,
};

export function step(state: State, event: Event): Step<State> {
  if (state.guest.failed) return outOfOrder(state, 'The guest does not run.');
  return RULES[event.do](state);
}

const DESCRIPTIONS: Readonly<Record<Event['do'], string>> = {
  register: 'register the guest memory',
  'first-touch': 'the guest touches the page',
  use: 'the guest uses more memory',
  'move-vcpu': 'the vCPU moves',
  release: 'the holder lets go',
  scan: '1 the scanner comes by',
  zap: '2 the invalidation reaches KVM',
  touch: '3 the guest touches the page again',
  isolate: '4 mm sets about moving it',
  compare: '5 the move succeeds or is given up',
  retry: '6 back in KVM',
};

export function describe(event: Event): string {
  return DESCRIPTIONS[event.do];
}
