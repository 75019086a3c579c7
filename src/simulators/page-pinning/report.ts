import type { Json } from '../kit/simulator.ts';
import { difference, type Round, referenceCount, type State, smallPages, wastedWork } from './state.ts';

/** What a run came to: the work by counters, what of it was for nothing, each scan by its steps, and where the page lies. */
export function report(state: State): Json {
  const { counts, page, setup, guest, attempt } = state;
  const wasted = wastedWork(state);
  return {
    kernel: setup.kernel,
    hold: setup.hold,
    mapping: setup.hold === 'guest-memfd' ? null : setup.mapping,
    pageKb: 4 * smallPages(setup.size),
    started: !guest.failed,
    pinnedGb: guest.lockedGb,
    scans: counts.scans,
    zaps: counts.zaps,
    invalidations: counts.invalidations,
    guestFaults: counts.faults,
    hintingFaults: counts.hints,
    targetPages: counts.targets,
    copies: counts.copies,
    migrated: counts.moves,
    forNothing: {
      scans: wasted.scans,
      zaps: wasted.zaps,
      invalidations: wasted.invalidations,
      guestFaults: wasted.faults,
      targetPages: wasted.targets,
    },
    count: attempt === null ? null : { ...attempt },
    page: { node: page.there ? page.node : null, references: referenceCount(state), pinned: page.pinned },
    rounds: state.rounds.map(roundOf),
  };
}

function roundOf({ protected: madeProtNone, before, after, end, steps }: Round, index: number): Json {
  const work = difference(after, before);
  return {
    scan: index + 1,
    madeProtNone,
    zaps: work.zaps,
    invalidations: work.invalidations,
    guestFaults: work.faults,
    targetPages: work.targets,
    copies: work.copies,
    end,
    steps: steps.map((words, step) => `${step + 1} ${words}`),
  };
}
