import type { Exploration } from '../kit/simulator.ts';
import type { Parameters } from './parameters.ts';
import { machineOf } from './preset.ts';
import { type Event, nextEvent, type State, startOf } from './state.ts';

const PLAIN: Parameters = {
  nodes: 1,
  gbPerNode: 1,
  lowHole: true,
  borderMb: 0,
  islands: 0,
  holes: 0,
  maxTdmrs: 64,
  maxReserved: 16,
  entryBytes: 16,
  allocator: 'first-fit',
  freeMemory: 'plenty',
  longestRunMb: 10,
  chunks: 'one',
};

/** What is varied: every combination of one choice from each row is a start. */
const VARIED: readonly (readonly Partial<Parameters>[])[] = [
  // The border of one node alone is nowhere.
  [{}, { nodes: 2 }, { nodes: 2, borderMb: 1020 }],
  [{}, { gbPerNode: 4 }],
  [{}, { holes: 2 }],
  [{}, { maxTdmrs: 1 }, { maxTdmrs: 2 }],
  [{}, { maxReserved: 1 }, { maxReserved: 3 }],
  [{}, { freeMemory: 'node-0-full' }, { freeMemory: 'fragmented' }],
  [{}, { allocator: 'contig-scan' }],
];

export const exploration: Exploration<State, Event, Parameters> = {
  bound:
    'machines of 1 or 2 nodes with 1 or 4 GB each, the hole below 4 GB where there is memory for it, node borders on the GB line or 4 MB before the next, ' +
    '0 or 2 firmware holes; 1, 2 or 64 TDMRs; 1, 3 or 16 reserved areas; free memory plenty, none on node 0, or in runs of 10 MB; both searches',
  starts,
  choices(state) {
    const next = nextEvent(state);
    return next === undefined ? [] : [next];
  },
  goals: {
    initialized: (state) => state.failure === undefined && nextEvent(state) === undefined,
    'reserved-exhausted': (state) => state.failure?.stage === 'populate_rsvd_areas',
    'tdmrs-exhausted': (state) => state.failure?.stage === 'fill_out_tdmrs',
    'no-memory': (state) => state.failure?.stage === 'set_up_pamt',
    'foreign-node': (state) =>
      state.allocations.some((allocation) => allocation.pfn >= 0 && allocation.nid !== allocation.requested_nid),
    'pamt-across-border': (state) =>
      state.regions.some((region) =>
        region.areas.some((area) => area.of !== undefined && isPart(state, area.of, area.size)),
      ),
  },
  limit: 50_000,
};

/** Smaller than the chunk it belongs to. */
function isPart(state: State, tdmr: number, size: number): boolean {
  const chunk = state.regions[tdmr]?.chunks[0];
  return chunk !== undefined && size < chunk.size;
}

function* starts(): Generator<{ label: string; parameters: Parameters; state: State }> {
  let combinations: { changed: Partial<Parameters>; parameters: Parameters }[] = [{ changed: {}, parameters: PLAIN }];
  for (const row of VARIED) {
    combinations = combinations.flatMap(({ changed, parameters }) =>
      row.map((choice) => ({ changed: { ...changed, ...choice }, parameters: { ...parameters, ...choice } })),
    );
  }
  for (const { changed, parameters } of combinations) {
    const label = Object.entries(changed)
      .map(([name, value]) => `${name}=${value}`)
      .join(' ');
    yield { label: label === '' ? 'one node of 1 GB' : label, parameters, state: startOf(machineOf(parameters)) };
  }
}
