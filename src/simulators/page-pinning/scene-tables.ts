/** The page in rows, the six steps of the scan under way, the work by scans, and the same course with every other hold. */
import type { TablePart } from '../kit/scene.ts';
import { runToEnd, startWith } from './course.ts';
import {
  type Counts,
  difference,
  type End,
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
import { entryInWords, HOLD_LABELS, KERNEL_LABELS, kindInWords, memoryInWords, tableName } from './words.ts';

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
  const last = state.rounds.at(-1);
  const stale = last?.end === 'open';
  return {
    kind: 'table',
    title: 'The page',
    columns: ['', 'now', ''],
    rows: rows.map((cells, index) => ({
      cells,
      ...(stale && changed(state, index) ? { mark: 'fresh' as const } : {}),
    })),
  };
}

/** The rows that the step just taken is about. */
function changed({ next, page }: State, row: number): boolean {
  if (row === 3) return next === 'zap' || next === 'compare' || next === 'retry';
  if (row === 4) return next === 'free' && !page.mapped;
  return row === 5 && next === 'compare';
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

const STEPS: readonly string[] = [
  'scanner looks at the page',
  'invalidation, KVM',
  'guest touches it again',
  'target, migration entry',
  'reference count, copy',
  'KVM gets a page',
];

export function stepTable(state: State): TablePart {
  const round = state.rounds.at(-1);
  const taken = round?.steps ?? [];
  return {
    kind: 'table',
    title:
      round === undefined ? 'The steps of a scan: none has come by yet' : `The steps of scan ${state.counts.scans}`,
    columns: ['no.', 'step', 'what came of it'],
    rows: STEPS.map((step, index) => {
      const words = taken[index] ?? (round === undefined || round.end === 'open' ? '' : 'not reached');
      const last = index === taken.length - 1;
      const bad = last && round?.end === 'for-nothing';
      return {
        cells: [String(index + 1), step, words],
        ...(last ? { mark: bad ? ('bad' as const) : ('fresh' as const) } : {}),
      };
    }),
  };
}

/** Rows of scans that are shown one by one; older ones are in the total. */
const SHOWN = 4;

const ENDS: Readonly<Record<End, string>> = {
  open: 'under way',
  moved: 'moved',
  local: 'local, stays',
  'for-nothing': 'for nothing',
  unmet: 'not met',
  untouched: 'no fault',
};

export function workTable(state: State): TablePart[] {
  const { rounds } = state;
  if (rounds.length === 0) return [];
  const first = Math.max(0, rounds.length - SHOWN);
  const shown = rounds.slice(first).map((round, index) => {
    const number = first + index + 1;
    const open = index === rounds.length - first - 1 && round.end === 'open';
    return {
      cells: [String(number), ...workCells(workOf(state, round)), ENDS[round.end]],
      ...(open ? { mark: 'fresh' as const } : round.end === 'for-nothing' ? { mark: 'bad' as const } : {}),
    };
  });
  const wasted = wastedWork(state);
  const all = sum(rounds.map((round) => workOf(state, round)));
  return [
    {
      kind: 'table',
      title: `Work by scans${first > 0 ? `, the last ${SHOWN} of ${rounds.length}` : ''}`,
      columns: ['scan', 'zaps', 'invalidations', 'guest faults', 'targets', 'copies', 'end'],
      rows: [
        ...shown,
        { cells: ['all', ...workCells(all), ''] },
        { cells: ['of it for nothing', ...workCells(wasted), wastedMemory(state, wasted)] },
      ],
    },
  ];
}

/** A round still open has done what the counters say now. */
function workOf(state: State, round: Round): Counts {
  return difference(round.end === 'open' ? state.counts : round.after, round.before);
}

function workCells({ zaps, invalidations, faults, targets, copies }: Counts): string[] {
  return [zaps, invalidations, faults, targets, copies].map(String);
}

function wastedMemory(state: State, { targets }: Counts): string {
  return targets === 0 ? '' : `${memoryInWords(targets, state.setup.size)} allocated`;
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
      return { cells, ...(hold === setup.hold ? { mark: 'fresh' as const } : {}) };
    }),
  };
}

export function guestTable({ setup, guest }: State): TablePart {
  const cells = [setup.guestGb, setup.touchedGb, guest.lockedGb, setup.memlockGb].map((size) => `${size} GB`);
  return {
    kind: 'table',
    title: 'The whole guest',
    columns: ['memory', 'uses', 'pinned now', 'RLIMIT_MEMLOCK'],
    rows: [{ cells, ...(guest.failed ? { mark: 'bad' as const } : {}) }],
  };
}
