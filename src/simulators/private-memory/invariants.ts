import type { Invariant } from '../kit/simulator.ts';
import { factsOf, isStale, type State } from './state.ts';

export const invariants: readonly Invariant<State>[] = [
  { name: 'no page is mapped private and shared at once', holds: mappedOnce },
  { name: 'a page is mapped only as its attribute says', holds: mappedAsRecorded },
  { name: 'a mapping leads to the page that its backing holds', holds: (state) => !state.pages.some(isStale) },
  { name: 'every host page is free, or held in exactly one place', holds: pagesAreConserved },
  { name: 'a memory fault exit tells the kind of the access, and the attribute was the other', holds: exitTellsAccess },
  { name: 'a host that cannot see the kind of an access gets no memory fault exit', holds: noExitWithoutSight },
  { name: 'a pinned page stays where it is', holds: pinnedStays },
];

function mappedOnce(state: State): boolean {
  return state.pages.every(({ mapped }) => mapped.private === undefined || mapped.shared === undefined);
}

function mappedAsRecorded(state: State): boolean {
  if (!factsOf(state).privateMemory) return state.pages.every(({ mapped }) => mapped.private === undefined);
  return state.pages.every(({ mapped, attribute }) => {
    return mapped[attribute === 'private' ? 'shared' : 'private'] === undefined;
  });
}

/** Counted from the users, not from the label on the host page. */
function pagesAreConserved(state: State): boolean {
  return state.host.every(({ held }, number) => {
    const asUser = state.pages.filter((page) => page.user === number).length;
    const asFile = state.pages.filter((page) => page.file === number).length;
    const mapped = state.pages.some((page) => page.mapped.private === number || page.mapped.shared === number);
    const inUse = mapped || state.fault?.taken === number;
    if (held === 'user') return asUser === 1 && asFile === 0;
    if (held === 'file') return asUser === 0 && asFile === 1;
    return asUser + asFile === 0 && inUse === (held === 'loose');
  });
}

function exitTellsAccess({ exit, pages }: State): boolean {
  if (exit?.reason !== 'memory-fault') return true;
  const access = exit.private ? 'private' : 'shared';
  return pages[exit.page]?.meant === access && exit.attribute !== access;
}

function noExitWithoutSight(state: State): boolean {
  return state.exit?.reason !== 'memory-fault' || factsOf(state).seesKind;
}

function pinnedStays(state: State): boolean {
  return state.pages.every(({ pinned, user, mapped }) => {
    if (!pinned) return true;
    return user !== undefined && (mapped.shared === undefined || mapped.shared === user);
  });
}
