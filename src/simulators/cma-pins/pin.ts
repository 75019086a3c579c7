/** Holding pages, for long or for short, and letting go of them. */
import type { Citation } from '../kit/simulator.ts';
import { placeForMovable, placeOutside } from './place.ts';
import { kernel, nothingToDo, type Ruled } from './rule.ts';
import { changed, type Hold, isFreePoolPage, movedTo, type Page, type Place, pageNamed, type State } from './state.ts';
import { capital, count, inWords, listed } from './words.ts';

export type Pinner = 'VFIO' | 'SEV registration';

/** VFIO and iommufd always pass FOLL_LONGTERM; the registration of SEV memory does since 6.15. */
export function isLongTerm(state: State, by: Pinner): boolean {
  return by === 'VFIO' || state.kernel === '6.15';
}

export function pin(state: State, name: string, by: Pinner): Ruled {
  const page = pageNamed(state.pages, name);
  if (page === undefined || !canBePinned(page)) {
    return nothingToDo(state.pages, 'not-pinnable', `No program maps ${name}, so ${by} has no page of it to pin.`);
  }
  if (page.holds.some((hold) => hold.by === by)) {
    return nothingToDo(state.pages, 'pinned-already', `${by} holds ${name} already.`);
  }
  const longTerm = isLongTerm(state, by);
  if (page.at === undefined) return faultInAndPin(state, page, by, longTerm);
  if (!longTerm) return pinWhereItIs(state, page, page.at, by);
  if (page.at.side === 'other') {
    const because = `${by} pins ${name} with FOLL_LONGTERM: ${inWords(page.at)} need not stay clearable, so it stays there.`;
    return pinned(state, page, page.at, { by, longTerm }, because, 'long-term-pin-outside', 'outside');
  }
  return moveOutAndPin(state, page, page.at, by);
}

function canBePinned(page: Page): boolean {
  return page.owner === 'guest' && page.kind !== 'guest-memfd';
}

/** A page that is not there yet is faulted in by the pin itself. */
function faultInAndPin(state: State, page: Page, by: Pinner, longTerm: boolean): Ruled {
  if (page.kind === 'gigantic') {
    return nothingToDo(state.pages, 'not-touched', `${capital(page.name)} must be touched before it is pinned here.`);
  }
  const place = longTerm ? placeOutside(state.size, state.pages) : placeForMovable(state.size, state.pages)?.place;
  const source = kernel(longTerm ? 'mm/gup.c __gup_longterm_locked()' : 'mm/gup.c faultin_page()');
  if (place === undefined) {
    const because = `${by} wants ${page.name}, which is not there yet, and ${longTerm ? 'nothing outside the area' : 'no block'} is free: -ENOMEM.`;
    return refused(state, page, by, because, 'no-room-for-new-page', source);
  }
  const why = longTerm
    ? 'on the way to a long-term pin new pages never come from the area'
    : 'it is an ordinary movable page';
  const because = `${by} pins ${page.name}, which is not there yet. It is faulted in at ${inWords(place)}: ${why}.`;
  const result = longTerm ? 'faulted in outside' : place.side === 'area' ? 'in the area' : 'outside';
  return { ...pinned(state, page, place, { by, longTerm }, because, 'fault-in-for-pin', result), source };
}

/** Without FOLL_LONGTERM nobody looks where the page is. */
function pinWhereItIs(state: State, page: Page, at: Place, by: Pinner): Ruled {
  const inArea = at.side === 'area';
  const because = inArea
    ? `${by} pins ${page.name} without FOLL_LONGTERM: it stays in ${inWords(at)} and cannot move while the pin lasts.`
    : `${by} pins ${page.name} without FOLL_LONGTERM; it lies in ${inWords(at)}, where it is in nobody's way.`;
  const rule = inArea ? 'short-pin-stays' : 'short-pin-outside';
  const result = inArea ? 'in the area' : 'outside';
  const ruled = pinned(state, page, at, { by, longTerm: false }, because, rule, result);
  return { ...ruled, source: kernel('arch/x86/kvm/svm/sev.c sev_pin_memory()', '6.8-6.14') };
}

/** The area must stay clearable: a page in it is migrated first, or the pin fails. */
function moveOutAndPin(state: State, page: Page, from: Place, by: Pinner): Ruled {
  const source = kernel('mm/gup.c migrate_longterm_unpinnable_folios()');
  const where = `${page.name} lies in ${inWords(from)}`;
  if (page.holds.length > 0) {
    const holders = listed(page.holds.map((hold) => hold.by));
    const because = `${by} wants a long-term pin; ${where} and must leave it, but ${holders} holds it too, so it cannot move: -ENOMEM.`;
    return refused(state, page, by, because, 'held-page-cannot-leave', source);
  }
  if (page.kind === 'gigantic') return swapOutAndPin(state, page, from, by);
  const place = placeOutside(state.size, state.pages);
  if (place === undefined) {
    const because = `${by} wants a long-term pin; ${where} and must leave it, and no block outside is free: -ENOMEM.`;
    return refused(state, page, by, because, 'no-room-outside', source);
  }
  const because = `${by} pins ${page.name} with FOLL_LONGTERM. It lay in ${inWords(from)}, is migrated to ${inWords(place)}, and is pinned there.`;
  return {
    ...pinned(state, page, place, { by, longTerm: true }, because, 'long-term-pin-moves-out', 'moved out'),
    source,
  };
}

/** A gigantic page moves only into a free one of the pool, which takes its place. */
function swapOutAndPin(state: State, page: Page, from: Place, by: Pinner): Ruled {
  const source = kernel('mm/hugetlb.c alloc_hugetlb_folio_nodemask()');
  const spare = state.pages.find((each) => isFreePoolPage(each) && each.at?.side === 'other');
  if (spare?.at === undefined) {
    const because = `${by} wants a long-term pin; ${page.name} is a gigantic page in ${inWords(from)}. The pool has none free outside, and none is allocated for the move: -ENOMEM.`;
    return refused(state, page, by, because, 'no-gigantic-page-outside', source);
  }
  const to = spare.at;
  const pages = changed(state.pages, spare.name, (each) => movedTo(each, from));
  const because = `${by} pins ${page.name} with FOLL_LONGTERM. It moves into the free gigantic page at ${inWords(to)}; its old one goes back to the pool.`;
  const ruled = pinned(
    { ...state, pages },
    page,
    to,
    { by, longTerm: true },
    because,
    'gigantic-page-moves-out',
    'moved out',
  );
  return { ...ruled, source };
}

function pinned(state: State, page: Page, at: Place, hold: Hold, because: string, rule: string, result: string): Ruled {
  return {
    outcome: 'done',
    rule,
    because,
    source: kernel('mm/gup.c __gup_longterm_locked()'),
    pages: changed(state.pages, page.name, (each) => ({ ...movedTo(each, at), holds: [...each.holds, hold] })),
    request: pinnedBy(hold.by),
    result,
    touched: [page.name],
  };
}

function refused(state: State, page: Page, by: Pinner, because: string, rule: string, source: Citation): Ruled {
  const request = pinnedBy(by);
  return {
    outcome: 'refused',
    rule,
    because,
    source,
    pages: state.pages,
    request,
    result: '-ENOMEM',
    touched: [page.name],
  };
}

export function unpin(state: State, by: Pinner): Ruled {
  const held = state.pages.filter((page) => page.holds.some((hold) => hold.by === by));
  const source =
    by === 'VFIO'
      ? kernel('drivers/vfio/vfio_iommu_type1.c vfio_unpin_pages_remote()')
      : kernel('arch/x86/kvm/svm/sev.c sev_unpin_memory()');
  const because = `${by} lets go of ${count(held.length, 'block')}. They stay where they are and can move again.`;
  return {
    outcome: 'done',
    rule: 'unpin',
    because,
    source,
    pages: state.pages.map((page) => ({ ...page, holds: page.holds.filter((hold) => hold.by !== by) })),
    request: `let go by ${by}`,
    result: count(held.length, 'block'),
    touched: held.map((page) => page.name),
  };
}

/** Any plain reference or pin without FOLL_LONGTERM; direct I/O in flight is the everyday one. */
export function hold(state: State, name: string): Ruled {
  const page = pageNamed(state.pages, name);
  if (page?.at === undefined || page.holds.some((each) => each.by === 'direct I/O')) {
    return nothingToDo(state.pages, 'not-there', `There is no ${name} in memory to hold.`);
  }
  const blocks = page.at.side === 'area' ? 'and blocks that part of the area' : "outside the area, in nobody's way";
  return {
    outcome: 'done',
    rule: 'extra-reference-stays',
    because: `Direct I/O holds ${name} without FOLL_LONGTERM: it stays in ${inWords(page.at)} ${blocks} until the I/O is done.`,
    source: kernel('lib/iov_iter.c iov_iter_extract_user_pages()'),
    pages: changed(state.pages, name, (each) => ({
      ...each,
      holds: [...each.holds, { by: 'direct I/O', longTerm: false }],
    })),
    request: 'held by direct I/O',
    result: page.at.side === 'area' ? 'in the area' : 'outside',
    touched: [name],
  };
}

export function release(state: State, name: string): Ruled {
  const page = pageNamed(state.pages, name);
  if (page?.holds.some((each) => each.by === 'direct I/O') !== true) {
    return nothingToDo(state.pages, 'not-held', `No direct I/O holds ${name}.`);
  }
  return {
    outcome: 'done',
    rule: 'reference-dropped',
    because: `The direct I/O on ${name} is done; nothing keeps it in its place any more.`,
    source: kernel('mm/gup.c unpin_user_page()'),
    pages: changed(state.pages, name, (each) => ({
      ...each,
      holds: each.holds.filter((one) => one.by !== 'direct I/O'),
    })),
    request: 'direct I/O is done',
    result: 'free to move',
    touched: [name],
  };
}

function pinnedBy(by: string): string {
  return `pinned by ${by}`;
}
