/** Somebody wants blocks of the area in one piece: what cma_alloc() does about it. */
import type { Citation } from '../kit/simulator.ts';
import { placeForMovable } from './place.ts';
import { kernel, nothingToDo, type Ruled } from './rule.ts';
import {
  type Attempt,
  changed,
  dropped,
  type Grab,
  movedTo,
  type Page,
  pageAt,
  type State,
  type Taker,
} from './state.ts';
import { capital, count, listed, run } from './words.ts';

interface Tried {
  attempt: Attempt;
  pages: readonly Page[];
}

/** Position by position: -EBUSY goes on to the next one, any other error ends the search. */
export function grab(state: State, by: Taker, blocks: number): Ruled {
  if (blocks < 1) return nothingToDo(state.pages, 'nothing-wanted', 'A request for no block at all is no request.');
  let pages = state.pages;
  const attempts: Attempt[] = [];
  for (
    let start = nextRun(state, pages, 0, blocks);
    start !== undefined;
    start = nextRun(state, pages, start + 1, blocks)
  ) {
    const tried = clear(state, pages, start, blocks);
    pages = tried.pages;
    attempts.push(tried.attempt);
    if (tried.attempt.stop === undefined) return granted(state, pages, by, blocks, attempts);
    if (tried.attempt.stop.error !== 'EBUSY') break;
  }
  return failed(state, pages, by, blocks, attempts);
}

/** The first stretch, from `from` on, of which nothing was handed out yet: a run of zeros in the bitmap. */
function nextRun(state: State, pages: readonly Page[], from: number, length: number): number | undefined {
  const set = new Set(
    pages
      .filter((page) => page.at?.side === 'area' && (page.kind === 'granted' || page.kind === 'gigantic'))
      .map((page) => page.at?.block),
  );
  for (let start = from; start + length <= state.size.area; start++) {
    const block = Array.from({ length }, (_, index) => start + index).findLast((each) => set.has(each));
    if (block === undefined) return start;
    start = block;
  }
  return undefined;
}

/** One position, lowest block first. Pages that were moved before it failed stay moved. */
function clear(state: State, before: readonly Page[], start: number, length: number): Tried {
  const closed = new Set(Array.from({ length }, (_, index) => start + index));
  let pages = before;
  let moved = 0;
  let gone = 0;
  for (const block of closed) {
    const page = pageAt(pages, 'area', block);
    if (page === undefined) continue;
    const stopped = (error: 'EBUSY' | 'ENOMEM'): Tried => {
      const stop = { block, page: page.name, error, by: page.holds.map((hold) => hold.by) };
      return { attempt: { start, moved, dropped: gone, stop }, pages };
    };
    if (page.holds.length > 0) return stopped('EBUSY');
    if (page.kind === 'file') {
      pages = changed(pages, page.name, dropped);
      gone += 1;
      continue;
    }
    const found = placeForMovable(state.size, pages, closed);
    if (found === undefined) return stopped('ENOMEM');
    pages = changed(pages, page.name, (each) => movedTo(each, found.place));
    moved += 1;
  }
  return { attempt: { start, moved, dropped: gone }, pages };
}

const source: Citation = kernel('mm/cma.c cma_alloc()');

function granted(
  state: State,
  cleared: readonly Page[],
  by: Taker,
  blocks: number,
  attempts: readonly Attempt[],
): Ruled {
  const start = attempts.at(-1)?.start ?? 0;
  const pages = [...cleared, ...newPages(cleared, by, start, blocks)];
  const moved = sum(attempts, 'moved');
  const gone = sum(attempts, 'dropped');
  const effort = moved + gone === 0 ? 'nothing had to move' : listed(effortWords(moved, gone));
  const earlier = attempts.length === 1 ? '' : ` after ${count(attempts.length - 1, 'position')} failed`;
  const because = `${by} gets ${run(start, blocks)} of the area${earlier}: ${effort}.`;
  return {
    outcome: 'done',
    rule: 'grab-works',
    because,
    source,
    pages,
    grab: { ...outcome(state, by, blocks, attempts), ok: true },
    request: requestOf(by, blocks),
    result:
      by === 'HugeTLB'
        ? 'taken'
        : moved + gone === 0
          ? 'works, nothing moved'
          : `works, ${listed(resultWords(moved, gone))}`,
    touched: pages.filter((page) => !state.pages.includes(page)).map((page) => page.name),
  };
}

function failed(state: State, pages: readonly Page[], by: Taker, blocks: number, attempts: readonly Attempt[]): Ruled {
  const last = attempts.at(-1)?.stop;
  const error = last?.error ?? 'no-run';
  const moved = sum(attempts, 'moved') + sum(attempts, 'dropped');
  const wasted =
    moved === 0 ? '' : ` ${capital(count(moved, 'block'))} ${moved === 1 ? 'was' : 'were'} cleared for nothing.`;
  return {
    outcome: 'refused',
    rule: error === 'EBUSY' ? 'grab-busy' : error === 'ENOMEM' ? 'grab-no-room' : 'grab-no-run',
    because: `${whyFailed(state, by, blocks, attempts)}${wasted}`,
    source,
    pages,
    grab: { ...outcome(state, by, blocks, attempts), ok: false, error },
    request: requestOf(by, blocks),
    result: error === 'no-run' ? 'fails: no such run' : `fails: -${error}`,
    touched: [...new Set(attempts.flatMap((attempt) => attempt.stop?.page ?? []))],
  };
}

function whyFailed(state: State, by: Taker, blocks: number, attempts: readonly Attempt[]): string {
  const last = attempts.at(-1)?.stop;
  if (last === undefined)
    return `${by} wants ${count(blocks, 'block')} in a row, and the area of ${state.size.area} has no such run left.`;
  if (last.error === 'ENOMEM') {
    return `${by} wants ${count(blocks, 'block')} in a row. ${capital(last.page)} in block ${last.block} could move but finds no free block: -ENOMEM, and no other position is tried.`;
  }
  const stops = attempts.flatMap((attempt) => attempt.stop ?? []);
  const culprits = [...new Map(stops.map((stop) => [stop.block, stop])).values()];
  const who = listed(culprits.map((stop) => `block ${stop.block} (${stop.page}, held by ${listed(stop.by)})`));
  const tries = attempts.length === 1 ? 'The only position' : `Each of the ${attempts.length} positions`;
  return `${by} wants ${count(blocks, 'block')} in a row. ${tries} ends with -EBUSY at ${who}.`;
}

function outcome(state: State, by: Taker, wanted: number, attempts: readonly Attempt[]): Omit<Grab, 'ok'> {
  return { by, wanted, ...(state.diary === undefined ? {} : { attempts }) };
}

/** What was handed out. Pool pages wait for a program; PAMT memory is in use at once. */
function newPages(pages: readonly Page[], by: Taker, start: number, blocks: number): Page[] {
  const [prefix, owner, kind] =
    by === 'TDX' ? (['PAMT', 'tdx', 'granted'] as const) : (['pool', 'pool', 'gigantic'] as const);
  const names = new Set(pages.map((page) => page.name));
  const fresh: Page[] = [];
  for (let number = 0; fresh.length < blocks; number++) {
    const name = `${prefix} ${number}`;
    if (names.has(name)) continue;
    fresh.push({ name, owner, kind, at: { side: 'area', block: start + fresh.length }, holds: [] });
  }
  return fresh;
}

function requestOf(by: Taker, blocks: number): string {
  return by === 'TDX' ? `TDX wants ${blocks} in one piece` : 'HugeTLB fills its pool';
}

function resultWords(moved: number, gone: number): string[] {
  return [...(moved === 0 ? [] : [`${moved} moved`]), ...(gone === 0 ? [] : [`${gone} dropped`])];
}

function effortWords(moved: number, gone: number): string[] {
  return [
    ...(moved === 0 ? [] : [`${count(moved, 'block')} moved away`]),
    ...(gone === 0 ? [] : [`${count(gone, 'block')} of clean file cache dropped`]),
  ];
}

function sum(attempts: readonly Attempt[], key: 'moved' | 'dropped'): number {
  return attempts.reduce((total, attempt) => total + attempt[key], 0);
}
