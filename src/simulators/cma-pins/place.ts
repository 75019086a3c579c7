/** Where a page goes when it is first touched. */
import { kernel, nothingToDo, type Ruled } from './rule.ts';
import { changed, freeBlocks, isFreePoolPage, movedTo, type Page, type Place, pageNamed, type State } from './state.ts';
import { capital, inWords } from './words.ts';

/** A place for a movable page, and the reason in a clause; none when nothing is free. */
export interface Found {
  place: Place;
  why: string;
  rule: string;
}

/**
 * Movable pages go to the area first while more than half of what is free lies there, and to it again when nothing else is
 * free. `closed` blocks of the area are being cleared and count as taken.
 */
export function placeForMovable(
  size: State['size'],
  pages: readonly Page[],
  closed?: ReadonlySet<number>,
): Found | undefined {
  const area = freeBlocks(size, pages, 'area').filter((block) => closed?.has(block) !== true);
  const other = freeBlocks(size, pages, 'other');
  const free = area.length + other.length;
  const inArea = area[0];
  const outside = other[0];
  const sum = `${area.length} of ${free} free blocks ${area.length === 1 ? 'lies' : 'lie'} in the area`;
  if (inArea !== undefined && area.length > free / 2) {
    return { place: { side: 'area', block: inArea }, why: `${sum}, more than half`, rule: 'movable-to-area' };
  }
  if (outside !== undefined) {
    return { place: { side: 'other', block: outside }, why: `${sum}, not more than half`, rule: 'movable-elsewhere' };
  }
  if (inArea === undefined) return undefined;
  return { place: { side: 'area', block: inArea }, why: 'nothing else is free', rule: 'movable-to-area' };
}

/** The lowest free block outside the area. */
export function placeOutside(size: State['size'], pages: readonly Page[]): Place | undefined {
  const block = freeBlocks(size, pages, 'other')[0];
  return block === undefined ? undefined : { side: 'other', block };
}

export function touch(state: State, name: string): Ruled {
  const page = pageNamed(state.pages, name);
  if (page === undefined) return nothingToDo(state.pages, 'no-such-page', `There is no ${name} in this state.`);
  if (page.at !== undefined) {
    return nothingToDo(state.pages, 'already-there', `${capital(name)} is already in ${inWords(page.at)}.`);
  }
  switch (page.kind) {
    case 'anonymous':
    case 'file':
      return touchMovable(state, page);
    case 'kernel':
    case 'guest-memfd':
      return touchUnmovable(state, page);
    case 'gigantic':
      return touchGigantic(state, page);
    case 'granted':
      return nothingToDo(state.pages, 'no-such-page', `${capital(name)} was given back.`);
  }
}

function touchMovable(state: State, page: Page): Ruled {
  const found = placeForMovable(state.size, state.pages);
  const source = kernel('mm/page_alloc.c __rmqueue()');
  if (found === undefined) return noMemory(state, page, 'No block is free anywhere', source);
  const because = `${capital(page.name)} goes to ${inWords(found.place)}: ${found.why}.`;
  return { ...placed(state, page, found.place, because, found.rule), source };
}

function touchUnmovable(state: State, page: Page): Ruled {
  const place = placeOutside(state.size, state.pages);
  const source = kernel('mm/page_alloc.c gfp_to_alloc_flags_cma()');
  const what = page.kind === 'kernel' ? 'kernel data' : 'guest_memfd memory';
  if (place === undefined) {
    const free = freeBlocks(state.size, state.pages, 'area').length;
    return noMemory(state, page, `Nothing outside the area is free, and ${what} may not use its ${free}`, source);
  }
  const because = `${capital(page.name)} goes to ${inWords(place)}: ${what} is not requested as movable, so the area is never asked.`;
  return { ...placed(state, page, place, because, 'unmovable-elsewhere'), source };
}

/** Pool pages of the area are handed out first; the kernel's own order is left out. */
function touchGigantic(state: State, page: Page): Ruled {
  const pool = state.pages.filter(isFreePoolPage);
  const taken = pool.find((free) => free.at?.side === 'area') ?? pool[0];
  const source = kernel('mm/hugetlb.c dequeue_hugetlb_folio_node_exact()');
  if (taken?.at === undefined) return noMemory(state, page, 'The pool has no free gigantic page', source);
  const without = { ...state, pages: state.pages.filter((each) => each !== taken) };
  const because = `${capital(page.name)} takes a gigantic page of the pool, ${inWords(taken.at)}. Nothing is pinned.`;
  return { ...placed(without, page, taken.at, because, 'gigantic-from-pool'), source };
}

function placed(state: State, page: Page, at: Place, because: string, rule: string): Ruled {
  return {
    outcome: 'done',
    rule,
    because,
    pages: changed(state.pages, page.name, (each) => movedTo(each, at)),
    request: requestOf(page),
    result: at.side === 'area' ? 'in the area' : 'elsewhere',
    touched: [page.name],
  };
}

function noMemory(state: State, page: Page, why: string, source: Ruled['source']): Ruled {
  return {
    outcome: 'refused',
    rule: 'no-memory',
    because: `${why}: ${page.name} gets -ENOMEM (reclaim is left out).`,
    ...(source === undefined ? {} : { source }),
    pages: state.pages,
    request: requestOf(page),
    result: '-ENOMEM',
    touched: [page.name],
  };
}

function requestOf(page: Page): string {
  switch (page.owner) {
    case 'guest':
      return 'guest touches its memory';
    case 'kernel':
      return 'kernel data is allocated';
    default:
      return 'programs and file cache';
  }
}
