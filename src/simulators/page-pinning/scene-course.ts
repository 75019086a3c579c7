/** The six steps of the scan under way, and the run so far: what each scan did and cost. */
import type { PathPart, PathStep, TimelinePart, TimelineRow, TimelineSpan } from '../kit/scene.ts';
import type { Course } from '../kit/simulator.ts';
import { workOf } from './scene-tables.ts';
import type { End, Event, Round, State } from './state.ts';
import { count } from './words.ts';

const STEPS: readonly string[] = [
  'scanner looks at the page',
  'invalidation, KVM',
  'guest touches it again',
  'target, migration entry',
  'reference count, copy',
  'KVM gets a page',
];

const RESULTS: Readonly<Record<End, string>> = {
  open: 'under way',
  moved: 'the page has moved to where it is used',
  local: 'the page is where it is used, and stays',
  'for-nothing': 'all of it for nothing',
  unmet: 'the scanner changed nothing',
  untouched: 'no fault came',
};

/** Where a scan leads, step by step; a scan that ends early leaves the rest unasked. */
export function stepPath(state: State): PathPart {
  const round = state.rounds.at(-1);
  const taken = round?.steps ?? [];
  const over = round !== undefined && round.end !== 'open';
  const failed = round?.end === 'for-nothing';
  const end = over
    ? {
        label: RESULTS[round.end],
        detail: costInWords(state, round),
        look: failed ? ('bad' as const) : ('good' as const),
      }
    : undefined;
  return {
    kind: 'path',
    title:
      round === undefined ? 'The steps of a scan: none has come by yet' : `The steps of scan ${state.counts.scans}`,
    steps: STEPS.map((step, index): PathStep => {
      const words = taken[index];
      const last = index === taken.length - 1;
      const question = `${index + 1} ${step}`;
      if (words === undefined) {
        const look = over ? 'skipped' : 'open';
        const answer = over ? { answer: 'not reached' } : {};
        const detail = `${question}: ${over ? 'not reached' : 'still to come'}`;
        return { id: `step-${index}`, question, look, ...answer, detail };
      }
      return {
        id: `step-${index}`,
        question,
        answer: words,
        look: last && failed ? 'failed' : 'taken',
        detail: `${question}: ${words}`,
        ...(last ? { fresh: true } : {}),
      };
    }),
    ...(end === undefined ? {} : { end }),
  };
}

function costInWords(state: State, round: Round): string {
  const { zaps, invalidations, faults, targets, copies } = workOf(state, round);
  const parts: [number, string][] = [
    [zaps, 'zap'],
    [invalidations, 'invalidation'],
    [faults, 'guest fault'],
    [targets, 'target page'],
  ];
  const cost = parts.filter(([number]) => number > 0).map(([number, thing]) => count(number, thing));
  const moved = copies > 0 ? 'copied once' : 'nothing copied';
  return `it cost ${cost.length === 0 ? 'nothing' : cost.join(', ')}; ${moved}`;
}

const ENDS: Readonly<Record<End, string>> = {
  open: 'under way',
  moved: 'moved',
  local: 'local, stays',
  'for-nothing': 'for nothing',
  unmet: 'not met',
  untouched: 'no fault',
};

const OF_A_SCAN: readonly Event['do'][] = ['scan', 'zap', 'touch', 'isolate', 'compare', 'retry'];

const LANES = ['scanner', 'KVM', 'guest', 'move', 'end'] as const;

/** What is no scan, and the lane it stands in. */
const DEEDS: Readonly<Partial<Record<Event['do'], [lane: number, words: string]>>> = {
  register: [1, 'all memory is pinned'],
  'first-touch': [2, 'touches the page'],
  use: [2, 'uses more memory'],
  'move-vcpu': [2, 'its vCPU moves'],
  release: [1, 'the holder lets go'],
};

interface Entry {
  label: string;
  does: Event['do'];
  /** Which scan this is, from 0; absent for what is no scan. */
  scan?: number;
  from: number;
}

/** Rows of the past that are shown; older ones are counted. */
const SHOWN = 8;

/** What the guest and the scans did, a row each. */
export function scanTimeline(state: State, course: Course<State, Event>): TimelinePart[] {
  const entries = entriesOf(course);
  const past = entries.filter(({ from }) => from <= course.at);
  if (past.length === 0) return [];
  const first = Math.max(0, past.length - SHOWN);
  const coming = entries.slice(past.length, past.length + 2);
  const rows = [...past.slice(first), ...coming].map((entry) => rowOf(entry, state, course.at, entry === past.at(-1)));
  return [
    {
      kind: 'timeline',
      title: `The run, and what each scan cost${first === 0 ? '' : `; ${count(first, 'earlier row')} not shown`}`,
      unit: '',
      lanes: LANES.map((label) => ({ label })),
      rows,
      now: past.length - first,
      spans: heldSpan(state, past.slice(first), course),
      legend: { solid: 'pinned', hatched: 'extra references' },
    },
  ];
}

function entriesOf({ steps }: Course<State, Event>): Entry[] {
  const entries: Entry[] = [];
  let scans = 0;
  for (const [from, { event, label }] of steps.entries()) {
    const does = event.do;
    if (does === 'scan') entries.push({ label: `scan ${scans + 1}`, does, scan: scans++, from });
    else if (!OF_A_SCAN.includes(does)) entries.push({ label, does, from });
  }
  return entries;
}

function rowOf({ label, does, scan, from }: Entry, state: State, at: number, last: boolean): TimelineRow {
  const id = `row-${from}`;
  const fresh = last ? { fresh: true } : {};
  const name = scan === undefined ? '' : label;
  if (from > at) return { id, label: name, cells: [], detail: `${label}: still to come` };
  const round = scan === undefined ? undefined : state.rounds[scan];
  if (round === undefined) {
    const [lane, words] = DEEDS[does] ?? [2, label];
    return { id, label: name, cells: LANES.map((_, index) => (index === lane ? words : '')), detail: label, ...fresh };
  }
  const { zaps, invalidations, faults, targets, copies } = workOf(state, round);
  const told: [number, string][] = [
    [zaps, 'zap'],
    [invalidations, 'invalidation'],
  ];
  const kvm = told.filter(([number]) => number > 0).map(([number, thing]) => count(number, thing));
  const cells = [
    round.protected ? 'PROT_NONE' : 'no change',
    kvm.join(', '),
    faults === 0 ? '' : count(faults, 'fault'),
    targets === 0
      ? ''
      : `${count(targets, 'target')}, ${copies === 0 ? 'no copy' : count(copies, 'copy').replace('copys', 'copies')}`,
    ENDS[round.end],
  ];
  const detail = `${label}: ${cells.filter((cell) => cell !== '').join(', ')}`;
  return { id, label: name, cells, detail, ...fresh, ...(round.end === 'for-nothing' ? { bad: true } : {}) };
}

/** For how long somebody holds the page. */
function heldSpan(state: State, entries: readonly Entry[], { steps, at }: Course<State, Event>): TimelineSpan[] {
  const held = entries.map(({ from }, row) => {
    const until = (entries[row + 1]?.from ?? at + 1) - 1;
    const { page } = steps[Math.min(until, at)]?.state ?? state;
    return { pinned: page.pinned, extra: page.extra, row, from };
  });
  const spans: TimelineSpan[] = [];
  for (const { pinned, extra, row } of held) {
    if (!pinned && extra === 0) continue;
    const look = pinned ? ('solid' as const) : ('hatched' as const);
    const last = spans.at(-1);
    if (last?.to === row && last.look === look) spans[spans.length - 1] = { ...last, to: row + 1 };
    else {
      const detail = pinned ? 'the page is pinned' : 'the page has extra references';
      spans.push({ id: `held-${row}`, lane: 0, from: row, to: row + 1, label: detail, detail, look });
    }
  }
  return spans;
}
