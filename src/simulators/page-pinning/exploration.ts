import type { Exploration } from '../kit/simulator.ts';
import { startOf } from './course.ts';
import type { Parameters } from './parameters.ts';
import { type Event, type State, wastedWork } from './state.ts';
import { HOLD_LABELS } from './words.ts';

const SCANS = 2;

const SMALL: Parameters = {
  hold: 'none',
  references: 1,
  mapping: 'private',
  pageSize: '4K',
  scans: SCANS,
  vcpuMoves: true,
  kernel: '6.16',
  guestGb: 16,
  touchedGb: 4,
  memlockGb: 64,
};

const HOLDS = ['none', 'reference', 'pin', 'demand-pin', 'guest-memfd'] as const;

export const exploration: Exploration<State, Event, Parameters> = {
  bound:
    'one page in each of the 5 holds, private and shared, 4 KB and 2 MB, on 6.8, 6.16 and later; 2 scans; the guest touches the page, the vCPU ' +
    'changes nodes and the scanner comes by in every order, and the holder may let go at any moment, also in the middle of a move',
  *starts() {
    for (const hold of HOLDS) {
      for (const kernel of ['6.8', '6.16', 'later']) {
        for (const mapping of ['private', 'shared']) {
          for (const pageSize of ['4K', '2M']) {
            const parameters = { ...SMALL, hold, kernel, mapping, pageSize };
            const label = `${HOLD_LABELS[hold]}, ${mapping}, ${pageSize}, ${kernel}`;
            yield { label, parameters, state: startOf(parameters) };
          }
        }
      }
    }
  },
  choices,
  goals: {
    migrated: (state) => state.counts.moves > 0,
    // Not only the zap, which every scan costs: a page was allocated and freed for it.
    'wasted-work': (state) => wastedWork(state).targets > 0,
    'zapped-although-skipped': (state) =>
      state.rounds.some(
        (round) => round.end === 'for-nothing' && !round.protected && round.after.zaps > round.before.zaps,
      ),
  },
  limit: 100_000,
};

function choices(state: State): Event[] {
  const { page, next, guest, counts, setup } = state;
  if (guest.failed) return [];
  const events: Event[] = page.extra > 0 || page.pinned ? [{ do: 'release' }] : [];
  if (next !== 'free') return [{ do: next }, ...events];
  const started = page.there || setup.hold !== 'pin';
  if (!started) return [{ do: 'register' }];
  events.push(counts.faults === 0 ? { do: 'first-touch' } : { do: 'touch' });
  if (setup.hold === 'demand-pin' && page.there && guest.lockedGb === 0) events.push({ do: 'use' });
  if (counts.scans < SCANS) events.push({ do: 'scan' });
  events.push({ do: 'move-vcpu' });
  return events;
}
