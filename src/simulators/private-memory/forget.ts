/**
 * What an exploration forgets, so that states which differ only in history are one: the rows and counters are not kept at all; here
 * go the numbers by which host pages and invalidations are called, and what the guest meant where nothing hangs on it.
 */
import { factsOf, type HostPage, type Mapped, type Page, type State } from './state.ts';

export function forget(state: State): State {
  const { fault, exit, result, ...rest } = state;
  const numbers = renumbered(state);
  const to = (number: number) => numbers.indexOf(number);
  const { privateMemory, seesKind } = factsOf(state);
  const pages = state.pages.map((page, index): Page => {
    const { meant, told, user, file, mapped, ...others } = page;
    const hidden = privateMemory && !seesKind;
    const asked = exit?.reason === 'memory-fault' && exit.page === index;
    return {
      ...others,
      mapped: mappedTo(mapped, to),
      ...(meant !== undefined && (asked || hidden) ? { meant } : {}),
      ...(told !== undefined && hidden ? { told } : {}),
      ...(user === undefined ? {} : { user: to(user) }),
      ...(file === undefined ? {} : { file: to(file) }),
    };
  });
  return {
    ...rest,
    ...(exit === undefined ? {} : { exit }),
    // The other endings of a fault can be seen from the pages and the exit.
    ...(result === 'RET_PF_RETRY' ? { result } : {}),
    pages,
    host: numbers.flatMap((number): readonly HostPage[] => state.host.slice(number, number + 1)),
    // Only whether the sequence has moved since a fault began is ever asked.
    seq: fault !== undefined && fault.seq !== state.seq ? 2 : 1,
    ...(fault === undefined
      ? {}
      : { fault: { ...fault, seq: 1, ...(fault.taken === undefined ? {} : { taken: to(fault.taken) }) } }),
    touched: [],
  };
}

/** Old numbers of host pages in the order in which they are met from the first guest page on, free ones last. */
function renumbered({ pages, host, fault }: State): number[] {
  const met = pages.flatMap(({ user, file, mapped }) => [user, file, mapped.private, mapped.shared]);
  const order = new Set([...met, fault?.taken, ...host.keys()]);
  return [...order].filter((number) => number !== undefined);
}

function mappedTo(mapped: Mapped, to: (number: number) => number): Mapped {
  return {
    ...(mapped.private === undefined ? {} : { private: to(mapped.private) }),
    ...(mapped.shared === undefined ? {} : { shared: to(mapped.shared) }),
  };
}
