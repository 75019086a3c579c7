/** What was asked, who holds what, which positions were tried, and how likely it was. */
import type { TablePart } from '../kit/scene.ts';
import { placementsThatWork } from './chance.ts';
import type { Attempt, Entry, Holder, Side, State } from './state.ts';
import { count, listed, percent, run, share } from './words.ts';

interface Row {
  request: string;
  results: Map<string, number>;
  last: Entry;
  length: number;
}

/** Requests of one kind in a row are one line; the last line is the one that was just made. */
export function requestTable(diary: readonly Entry[], blocks: number): TablePart {
  const rows: Row[] = [];
  for (const entry of diary) {
    const row = rows.at(-1);
    if (row?.request !== entry.request) {
      rows.push({ request: entry.request, results: new Map([[entry.result, 1]]), last: entry, length: 1 });
      continue;
    }
    row.results.set(entry.result, (row.results.get(entry.result) ?? 0) + 1);
    row.last = entry;
    row.length += 1;
  }
  return {
    kind: 'table',
    title: 'Requests so far, and the used share of the area after each, in all and by the guest',
    columns: ['request', 'outcome', 'area used', 'guest'],
    rows: rows.map((row, index) => ({
      cells: [row.request, resultsInWords(row), share(row.last.used, blocks), percent(row.last.guests, blocks)],
      ...(row.last.done ? (index === rows.length - 1 ? { mark: 'fresh' as const } : {}) : { mark: 'bad' as const }),
    })),
  };
}

function resultsInWords({ results, length }: Row): string {
  if (length === 1) return [...results.keys()].join('');
  return [...results].map(([result, number]) => `${number} ${result}`).join(', ');
}

/** KVM and HugeTLB have a line of their own, which never says anything but 0. */
export function holderTable(state: State): TablePart {
  const held = (by: Holder, side?: Side) =>
    state.pages.filter(
      (page) => (side === undefined || page.at?.side === side) && page.holds.some((hold) => hold.by === by),
    ).length;
  const row = (by: Holder, how: string) => ({ cells: [by, String(held(by)), String(held(by, 'area')), how] });
  const sev = state.kernel === '6.14' ? 'without FOLL_LONGTERM: stays' : 'FOLL_LONGTERM: leaves the area first';
  return {
    kind: 'table',
    title: 'Who holds pages where they are',
    columns: ['who', 'blocks', 'in the area', 'how'],
    rows: [
      row('VFIO', 'FOLL_LONGTERM: leaves the area first'),
      ...(state.memory === 'sev' ? [row('SEV registration', sev)] : []),
      row('direct I/O', 'without FOLL_LONGTERM: stays'),
      { cells: ['KVM, ordinary guest', '0', '0', 'no pin; mmu_notifier tells it of changes'] },
      ...(state.memory === 'hugetlb' ? [{ cells: ['HugeTLB', '0', '0', 'no pin; its pages are only large'] }] : []),
    ],
  };
}

/** What happened where, when a position failed. */
export function attemptTable({ grab }: State): TablePart[] {
  if (grab?.by !== 'TDX' || !(grab.attempts ?? []).some((attempt) => attempt.stop !== undefined)) return [];
  return [
    {
      kind: 'table',
      title: `Positions tried for ${count(grab.wanted, 'block')} in one piece`,
      columns: ['position', 'moved', 'dropped', 'ended'],
      rows: (grab.attempts ?? []).map(({ start, moved, dropped, stop }) => ({
        cells: [run(start, grab.wanted), String(moved), String(dropped), endInWords(stop)],
        ...(stop === undefined ? {} : { mark: 'bad' as const }),
      })),
    },
  ];
}

function endInWords(stop: Attempt['stop']): string {
  if (stop === undefined) return 'in one piece';
  const why = stop.error === 'EBUSY' ? `held by ${listed(stop.by)}` : 'nowhere to go';
  return `-${stop.error} at block ${stop.block}: ${stop.page}, ${why}`;
}

/** Rows of the table: no block held, one, and so on to this many. */
const MOST_HELD = 4;

export function chanceTable(state: State): TablePart[] {
  const { grab } = state;
  const blocks = state.size.area;
  const inTheWay = (grab?.attempts ?? []).some((attempt) => attempt.stop?.by.includes('direct I/O'));
  if (grab?.by !== 'TDX' || !inTheWay) return [];
  const rows = Array.from({ length: Math.min(MOST_HELD, blocks) + 1 }, (_, held) => {
    const { work, all } = placementsThatWork(blocks, held, grab.wanted);
    return { cells: [String(held), `${work} of ${all}`, percent(work, all)] };
  });
  return [
    {
      kind: 'table',
      title: `If held blocks lay anywhere: would ${grab.wanted} of ${blocks} in a row be free of them? (inferred)`,
      columns: ['held', 'placements', 'share'],
      rows,
    },
  ];
}
