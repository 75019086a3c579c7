import type { NotePart, Piece, Scene, ScenePart, Strip, StripPart, TablePart } from '../kit/scene.ts';
import { placementsThatWork } from './chance.ts';
import {
  type Entry,
  freeBlocks,
  type Holder,
  isLongTermPinned,
  type Page,
  pageAt,
  pagesIn,
  type Side,
  type State,
} from './state.ts';
import { count, listed, percent, run, share } from './words.ts';

/** The two stretches of memory, who holds what, the requests so far, and what the last one for one piece came to. */
export function draw(state: State): Scene {
  const diary = state.diary ?? [];
  const parts: ScenePart[] = [
    memoryPart(state, diary.at(-1)?.pages ?? []),
    ...(diary.length === 0 ? [] : [requestTable(diary, state.size.area)]),
    holderTable(state),
    ...attemptTable(state),
    ...chanceTable(state),
    ...notes(state),
  ];
  return { title: 'A CMA area and other memory', summary: summary(state), parts };
}

function summary(state: State): string {
  const used = pagesIn(state.pages, 'area').length;
  const area = `${share(used, state.size.area)} blocks of the area are used${usersInWords(state)}`;
  const other = `${share(pagesIn(state.pages, 'other').length, state.size.other)} of other memory`;
  if (state.diary?.length === 0) return `${firstWords(state)} Now ${area}, and ${other}.`;
  return `${area}, and ${other}.${grabInWords(state)}`;
}

const USERS: Readonly<Record<Page['owner'], string>> = {
  guest: 'the guest',
  program: 'programs and file cache',
  kernel: 'the kernel',
  tdx: 'TDX',
  pool: 'the HugeTLB pool',
};

/** Whom the used blocks of the area serve. */
function usersInWords(state: State): string {
  const inArea = pagesIn(state.pages, 'area');
  const owners = [...new Set(inArea.map((page) => page.owner))];
  const words = owners.map((owner) => `${inArea.filter((page) => page.owner === owner).length} by ${USERS[owner]}`);
  return words.length === 0 ? '' : `, ${listed(words)}`;
}

/** What is about to happen, for the first frame. */
function firstWords(state: State): string {
  const guests = state.pages.filter((page) => page.owner === 'guest').length;
  const memory = {
    anonymous: 'ordinary memory',
    hugetlb: 'HugeTLB pages from the area',
    sev: 'ordinary memory registered for SEV',
    'guest-memfd': 'guest_memfd',
  }[state.memory];
  const device = state.passthrough ? 'with a passed-through device' : 'without passthrough';
  return `A guest of ${count(guests, 'block')} of ${memory} will run, ${device}.`;
}

function grabInWords({ grab }: State): string {
  if (grab?.by !== 'TDX') return '';
  if (grab.ok) return ` TDX got its ${count(grab.wanted, 'block')} in one piece.`;
  const error = grab.error === 'no-run' ? 'no such run is left' : `-${grab.error}`;
  return ` TDX did not get ${count(grab.wanted, 'block')} in one piece: ${error}.`;
}

function memoryPart(state: State, fresh: readonly string[]): StripPart {
  const { area, other } = state.size;
  return {
    kind: 'strips',
    title: 'Memory, block by block',
    unit: 'block',
    strips: [
      strip(state, 'area', 'CMA area', fresh),
      ...(other === 0 ? [] : [strip(state, 'other', 'other memory', fresh)]),
    ],
    marks: [0, area, other].map((at) => ({ at, label: String(at) })).sort((a, b) => a.at - b.at),
    legend: {
      outline: 'can move',
      solid: 'cannot move: long-term pin, kernel data, guest_memfd',
      hatched: 'held where it is by a pin without FOLL_LONGTERM',
      dotted: 'handed out in one piece: HugeTLB, PAMT',
      empty: 'free',
    },
  };
}

function strip(state: State, side: Side, label: string, fresh: readonly string[]): Strip {
  const free = new Set(freeBlocks(state.size, state.pages, side));
  const end = state.size[side];
  const pieces: Piece[] = [];
  for (let block = 0; block < end; block++) {
    const page = pageAt(state.pages, side, block);
    const last = pieces.at(-1);
    const joined = last?.end === block && sameRun(state, side, block) ? last : undefined;
    if (joined !== undefined) pieces[pieces.length - 1] = longer(joined, block + 1, page);
    else pieces.push(pieceOf(side, block, free.has(block) ? undefined : page, fresh));
  }
  const detail = `${share(end - free.size, end)} blocks used`;
  // Under all others: memory that is free is still memory, not a gap of the axis.
  const ground: Piece = { id: side, start: 0, end, label: '', detail, look: 'outline' };
  return { label, start: 0, end, pieces: [ground, ...pieces] };
}

/** Free blocks in a row are one piece, and so is what TDX was given. */
function sameRun(state: State, side: Side, block: number): boolean {
  const here = pageAt(state.pages, side, block);
  const before = pageAt(state.pages, side, block - 1);
  return here === undefined ? before === undefined : here.kind === 'granted' && before?.kind === 'granted';
}

function longer(piece: Piece, end: number, page: Page | undefined): Piece {
  return { ...piece, end, detail: runDetail(piece.start, end - piece.start, page) };
}

function pieceOf(side: Side, block: number, page: Page | undefined, fresh: readonly string[]): Piece {
  const place = { start: block, end: block + 1 };
  if (page === undefined) {
    return { id: `${side}-free-${block}`, ...place, label: '', detail: runDetail(block, 1, page), look: 'empty' };
  }
  const single = page.kind !== 'granted';
  return {
    id: single ? page.name : 'pamt',
    ...place,
    label: labelOf(page),
    detail: single ? `block ${block}: ${page.name}, ${stateInWords(page)}` : runDetail(block, 1, page),
    look: lookOf(page),
    hue: HUES[page.owner],
    ...(fresh.includes(page.name) ? { fresh: true } : {}),
  };
}

function runDetail(start: number, length: number, page: Page | undefined): string {
  const what = page === undefined ? 'free' : 'the PAMT, in one piece';
  return `${run(start, length)}: ${what}`;
}

const HUES: Readonly<Record<Page['owner'], number>> = { guest: 0, program: 1, kernel: 2, tdx: 3, pool: 4 };

function labelOf(page: Page): string {
  if (page.kind === 'granted') return 'PAMT';
  const number = page.name.slice(page.name.lastIndexOf(' ') + 1);
  return `${page.name.charAt(0).toUpperCase()}${number}`;
}

function lookOf(page: Page): Piece['look'] {
  if (isLongTermPinned(page)) return 'solid';
  if (page.holds.length > 0) return 'hatched';
  if (page.kind === 'gigantic' || page.kind === 'granted') return 'dotted';
  return page.kind === 'kernel' || page.kind === 'guest-memfd' ? 'solid' : 'outline';
}

function stateInWords(page: Page): string {
  if (page.holds.length > 0) {
    return listed(page.holds.map((hold) => (hold.longTerm ? `pinned long-term by ${hold.by}` : `held by ${hold.by}`)));
  }
  switch (page.kind) {
    case 'anonymous':
      return 'movable';
    case 'file':
      return 'clean, can be dropped';
    case 'kernel':
      return 'cannot move';
    case 'guest-memfd':
      return 'guest_memfd, cannot move';
    case 'gigantic':
      return page.owner === 'pool' ? 'gigantic page, free in the pool' : 'gigantic page, pinned by nobody';
    case 'granted':
      return 'handed out';
  }
}

interface Row {
  request: string;
  results: Map<string, number>;
  last: Entry;
  length: number;
}

/** Requests of one kind in a row are one line; the last line is the one that was just made. */
function requestTable(diary: readonly Entry[], blocks: number): TablePart {
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
function holderTable(state: State): TablePart {
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
function attemptTable({ grab }: State): TablePart[] {
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

function endInWords(stop: NonNullable<NonNullable<State['grab']>['attempts']>[number]['stop']): string {
  if (stop === undefined) return 'in one piece';
  const why = stop.error === 'EBUSY' ? `held by ${listed(stop.by)}` : 'nowhere to go';
  return `-${stop.error} at block ${stop.block}: ${stop.page}, ${why}`;
}

/** Rows of the table: no block held, one, and so on to this many. */
const MOST_HELD = 4;

function chanceTable(state: State): TablePart[] {
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

function notes(state: State): NotePart[] {
  return [...wasted(state), ...whatIf(state), ...refusedPins(state), ...failure(state)];
}

function wasted(state: State): NotePart[] {
  const guest = state.pages.filter((page) => page.owner === 'guest');
  const free = freeBlocks(state.size, state.pages, 'area').length;
  const outside = guest.length > 0 && guest.every((page) => isLongTermPinned(page) && page.at?.side === 'other');
  if (!outside || free === 0) return [];
  const left = freeBlocks(state.size, state.pages, 'other').length;
  const text = `${count(free, 'block')} of the area ${free === 1 ? 'is' : 'are'} free and no long-term pin may use ${free === 1 ? 'it' : 'them'}; other memory has ${left} left.`;
  return [{ kind: 'note', look: 'warning', text }];
}

function whatIf({ grab }: State): NotePart[] {
  if (grab?.by !== 'TDX') return [];
  const text =
    'What if: TDX takes its PAMT from the area with cma_alloc(), as Peter Zijlstra asked. The merged code calls alloc_contig_pages(), which cannot take CMA memory.';
  return [{ kind: 'note', look: 'info', text }];
}

function refusedPins(state: State): NotePart[] {
  const last = state.diary?.findLast((entry) => entry.request.startsWith('pinned by'));
  if (last === undefined || last.done) return [];
  const text = `${last.request.endsWith('VFIO') ? 'The device is not attached' : 'The SEV guest does not start'}: the memory of the guest cannot be pinned (${last.result}).`;
  return [{ kind: 'note', look: 'error', text }];
}

function failure({ grab }: State): NotePart[] {
  if (grab?.by !== 'TDX' || grab.ok) return [];
  const text =
    grab.error === 'EBUSY'
      ? `cma_alloc() gives NULL after the last position: no PAMT, no TD. ${whenGone(grab.attempts?.at(-1)?.stop?.by ?? [])}`
      : grab.error === 'ENOMEM'
        ? 'cma_alloc() gives NULL at the first error other than -EBUSY: no PAMT, no TD.'
        : 'cma_alloc() gives NULL: no PAMT, no TD.';
  return [{ kind: 'note', look: 'error', text }];
}

function whenGone(by: readonly Holder[]): string {
  return by.includes('SEV registration')
    ? 'These pins last as long as the guest.'
    : 'The same request may work a moment later, when the reference is gone.';
}
