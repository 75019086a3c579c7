/** The page in rows, the work of the scans, and the same course with every other hold. */
import type { TablePart } from '../kit/scene.ts';
import { runToEnd, startWith } from './course.ts';
import {
  type Counts,
  difference,
  type Hold,
  looksPinned,
  PIN_BIAS,
  type Round,
  referenceCount,
  referencesOf,
  type State,
  sum,
  wastedWork,
} from './state.ts';
import { count, entryInWords, HOLD_LABELS, KERNEL_LABELS, kindInWords, memoryInWords, tableName } from './words.ts';

export function pageTable(state: State): TablePart {
  const { page, setup, counts, snapshot } = state;
  const inTable = setup.hold !== 'guest-memfd';
  const owner = inTable ? 'the VMM' : 'a guest_memfd file';
  const rows: [string, string, string][] = [
    ['owner', owner, kindInWords(setup)],
    ['references', page.there ? String(referenceCount(state)) : '', partsInWords(state)],
    [
      'looks pinned',
      page.there && inTable ? yes(looksPinned(state)) : '',
      inTable ? testInWords(state) : 'nobody asks',
    ],
    [`VMM's ${tableName(setup.size)}`, entryInWords(state), ''],
    [
      "KVM's SPTE",
      page.mapped ? 'present' : 'none',
      page.mapped ? 'the guest reaches the page' : 'the guest would fault',
    ],
    ['sequence', String(counts.invalidations), snapshot === null ? '' : `${snapshot} when the fault began`],
  ];
  return {
    kind: 'table',
    id: 'page',
    title: 'The page',
    columns: ['', 'now', ''],
    rows: rows.map((cells) => ({ cells })),
  };
}

function yes(is: boolean): string {
  return is ? 'yes' : 'no';
}

function partsInWords(state: State): string {
  const { mapping, cache, extra, pins, isolation } = referencesOf(state);
  const parts: [number, string][] = [
    [mapping, 'mapping'],
    [cache, 'of the file'],
    [extra, 'extra'],
    [pins, 'for the pin'],
    [isolation, 'isolation'],
  ];
  return parts.flatMap(([number, what]) => (number === 0 ? [] : [`${number} ${what}`])).join(' + ');
}

function testInWords({ page, setup }: State): string {
  if (!page.there) return '';
  if (setup.size === '2M') return page.pinned ? '512 pins counted apart' : 'no pin counted';
  return `test of a small page: ${PIN_BIAS} references or more`;
}

/** The work of all scans, and how much of it was for nothing. */
export function workTable(state: State): TablePart[] {
  const { rounds } = state;
  if (rounds.length === 0) return [];
  const wasted = wastedWork(state);
  const all = sum(rounds.map((round) => workOf(state, round)));
  return [
    {
      kind: 'table',
      id: 'work',
      title: `Work of ${count(rounds.length, 'scan')}`,
      columns: ['', 'zaps', 'invalidations', 'guest faults', 'targets', 'copies', 'memory'],
      rows: [
        { cells: ['all', ...workCells(all), ''] },
        {
          cells: ['for nothing', ...workCells(wasted), wastedMemory(state, wasted)],
          ...(wasted.targets > 0 ? { mark: 'bad' as const } : {}),
        },
      ],
    },
  ];
}

/** A round still open has done what the counters say now. */
export function workOf(state: State, round: Round): Counts {
  return difference(round.end === 'open' ? state.counts : round.after, round.before);
}

function workCells({ zaps, invalidations, faults, targets, copies }: Counts): string[] {
  return [zaps, invalidations, faults, targets, copies].map(String);
}

function wastedMemory(state: State, { targets }: Counts): string {
  return targets === 0 ? '' : memoryInWords(targets, state.setup.size);
}

const HOLDS: readonly Hold[] = ['none', 'reference', 'pin', 'demand-pin', 'guest-memfd'];

/** Policies side by side on the same course, in the same kernel. */
export function holdTable(state: State): TablePart {
  const { setup } = state;
  return {
    kind: 'table',
    title: `The whole run with each hold (${KERNEL_LABELS[setup.kernel]}, scans: ${setup.scans})`,
    columns: ['hold', 'pinned', 'PROT_NONE', 'zaps', 'faults', 'unused targets', 'moved'],
    rows: HOLDS.map((hold) => {
      const end = runToEnd(startWith({ ...setup, hold })).state;
      const all = sum(end.rounds.map(({ after, before }) => difference(after, before)));
      const protectedScans = end.rounds.filter((round) => round.protected).length;
      const cells = end.guest.failed
        ? [HOLD_LABELS[hold], 'refused: -ENOMEM', '', '', '', '', '']
        : [
            HOLD_LABELS[hold],
            `${end.guest.lockedGb} GB`,
            ...[protectedScans, all.zaps, all.faults, all.targets - all.moves].map(String),
            yes(all.moves > 0),
          ];
      return { cells, ...(hold === setup.hold ? { mark: 'here' as const } : {}) };
    }),
  };
}

export function guestTable({ setup, guest }: State): TablePart {
  const cells = [setup.guestGb, setup.touchedGb, guest.lockedGb, setup.memlockGb].map((size) => `${size} GB`);
  return {
    kind: 'table',
    id: 'guest',
    title: 'The whole guest',
    columns: ['memory', 'uses', 'pinned now', 'RLIMIT_MEMLOCK'],
    rows: [{ cells, ...(guest.failed ? { mark: 'bad' as const } : {}) }],
  };
}
