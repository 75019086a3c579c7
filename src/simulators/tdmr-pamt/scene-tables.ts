/** The TDMRs in rows, and what the picture does not say by itself. */
import type { NotePart, TablePart } from '../kit/scene.ts';
import type { Region, State } from './state.ts';
import { count, inWords } from './words.ts';

export function regionTable(state: State): TablePart {
  const max = state.machine.max_reserved_per_tdmr;
  const total = state.regions.reduce((sum, region) => sum + pamtBytes(region), 0);
  return {
    kind: 'table',
    id: 'regions',
    title: `${state.regions.length} of ${count(state.machine.max_tdmrs, 'TDMR')} used; ${total / 1024} KB of PAMTs in all${state.regions.length > MOST_ROWS ? `; ${MOST_ROWS} shown` : ''}`,
    columns: ['TDMR', 'base', 'size', 'node', 'PAMT KB', `areas of ${max}`],
    rows: shownRegions(state).map(([region, index]) => {
      const bytes = pamtBytes(region);
      const touched = ['tdmr', 'pamt', 'areas'].some((kind) => state.touched.includes(`${kind}-${index}`));
      return {
        cells: [
          String(index),
          inWords(region.base),
          inWords(region.size),
          region.node === undefined ? '' : String(region.node),
          bytes === 0 ? '' : String(bytes / 1024),
          region.progress === 'bare' ? '' : String(region.areas.length),
        ],
        ...(touched ? { mark: state.failure === undefined ? ('fresh' as const) : ('bad' as const) } : {}),
      };
    }),
  };
}

/** Rows of the table of TDMRs. */
const MOST_ROWS = 12;

/** All of them, or as many around the one that was touched, or at the end. */
function shownRegions(state: State): [Region, number][] {
  const all = state.regions.map((region, index): [Region, number] => [region, index]);
  const touched = all.findIndex(([, index]) =>
    ['tdmr', 'pamt', 'areas'].some((kind) => state.touched.includes(`${kind}-${index}`)),
  );
  const last = touched < 0 ? all.length : Math.min(all.length, touched + MOST_ROWS / 2);
  const first = Math.max(0, last - MOST_ROWS);
  return all.slice(first, first + MOST_ROWS);
}

export function notes(state: State): NotePart[] {
  const notes = state.warnings.map((text): NotePart => ({ kind: 'note', look: 'warning', text }));
  if (state.chunks === 'three') {
    const text = 'What if: each table in a chunk of its own. The kernel takes one chunk for all three.';
    notes.unshift({ kind: 'note', look: 'info', text });
  }
  const { failure } = state;
  if (failure === undefined) return notes;
  const freed = state.freedPages === 0 ? '' : ` ${count(state.freedPages, 'page')} of PAMTs were freed again.`;
  const text = `-${failure.error} at ${failure.stage}: the module is not initialized and no TD can run.${freed}`;
  return [...notes, { kind: 'note', look: 'error', text }];
}

export function pamtBytes(region: Region): number {
  return region.pamt.reduce((sum, table) => sum + table.size, 0);
}
