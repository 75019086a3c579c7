import type { Piece, Scene, ScenePart, Strip, StripPart } from '../kit/scene.ts';
import { notes } from './scene-notes.ts';
import { attemptTable, chanceTable, holderTable, requestTable } from './scene-tables.ts';
import { freeBlocks, isLongTermPinned, type Page, pageAt, pagesIn, type Side, type State } from './state.ts';
import { count, listed, run, share } from './words.ts';

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
      outline: 'movable',
      solid: 'pinned long-term, or unmovable',
      hatched: 'extra reference',
      dotted: 'HugeTLB or PAMT',
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
