import type { Json } from '../kit/simulator.ts';
import { isLongTermPinned, pagesIn, type State } from './state.ts';

/** What a run came to: who lies where, what the last request for one piece gave and why, and the used share of the area step by step. */
export function report(state: State): Json {
  const inArea = pagesIn(state.pages, 'area');
  const guests = inArea.filter((page) => page.owner === 'guest');
  return {
    kernel: state.kernel,
    area: {
      blocks: state.size.area,
      used: inArea.length,
      guests: guests.length,
      handedOut: inArea.filter((page) => page.kind === 'granted' || page.kind === 'gigantic').length,
    },
    other: { blocks: state.size.other, used: pagesIn(state.pages, 'other').length },
    longTermPinned: state.pages.filter(isLongTermPinned).length,
    longTermPinnedInArea: inArea.filter(isLongTermPinned).length,
    heldInArea: inArea.filter((page) => page.holds.length > 0).length,
    grab: state.grab === undefined ? null : grabOf(state.grab),
    refused: (state.diary ?? [])
      .filter((entry) => !entry.done)
      .map(({ request, result, pages }) => ({ request, result, pages })),
    usedOverTime: (state.diary ?? []).map((entry) => entry.used / state.size.area),
    guestsOverTime: (state.diary ?? []).map((entry) => entry.guests / state.size.area),
    placement: state.pages.map(({ name, kind, at, holds }) => ({ name, kind, at: at ?? null, holds })),
  };
}

function grabOf({ by, wanted, ok, error, attempts = [] }: NonNullable<State['grab']>): Json {
  const last = attempts.at(-1);
  return {
    by,
    wanted,
    ok,
    ...(error === undefined ? {} : { error }),
    ...(ok && last !== undefined ? { start: last.start } : {}),
    ...(ok || last?.stop === undefined ? {} : { block: last.stop.block, page: last.stop.page, heldBy: last.stop.by }),
    attempts,
  };
}
