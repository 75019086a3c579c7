import type { Json } from '../kit/simulator.ts';
import { PAGE_BYTES } from './machine.ts';
import { construct } from './model.ts';
import { readMachine } from './read-machine.ts';
import { nextEvent, type State } from './state.ts';

/** Raw input to result. Throws `InputError` on input that is not of the form. */
export function answer(input: unknown): Json {
  return report(construct(readMachine(input)));
}

/**
 * What a run came to: TDMRs with tables and areas, or the error with its stage and nothing else kept. Sizes, bases and offsets in
 * bytes. Of a run that is not at its end, what there is so far.
 */
export function report(state: State): Json {
  const { failure, memory, regions, allocations, freedPages, warnings } = state;
  const pages = failure === undefined ? allocations.reduce((sum, allocation) => sum + allocation.nr_pages, 0) : 0;
  const built = failure === undefined ? regions : [];
  return {
    ok: failure === undefined && nextEvent(state) === undefined,
    ...failure,
    tdx_memlist: memory,
    nr_consumed_tdmrs: failure?.stage === 'fill_out_tdmrs' ? 0 : regions.length,
    tdmrs: built.map(({ base, size, pamt, areas }) => ({
      base,
      size,
      pamt,
      reserved: areas.map((area) => ({ offset: area.offset, size: area.size })),
    })),
    allocations,
    pamt_pages: pages,
    pamt_kb: (pages * PAGE_BYTES) / 1024,
    freed_pages: freedPages,
    warnings,
  };
}
