/** Host pages: who takes them, who gives them back. */
import type { Draft } from './draft.ts';
import type { Kind, Page } from './state.ts';

/**
 * The host page behind one view of a guest page, taken if it is not there yet: always the lowest free one. A backend that picks
 * looks for TDX memory, and only for private pages. `undefined`: there is none.
 */
export function backingFor(draft: Draft, page: Page, view: Kind): number | undefined {
  const member = view === 'private' ? 'file' : 'user';
  const known = page[member];
  if (known !== undefined) return known;
  const picks = view === 'private' && draft.setup.backend === 'mixed-picks';
  const taken = draft.host.findIndex((host) => host.held === 'free' && (!picks || host.tdx));
  const host = draft.host[taken];
  if (host === undefined) return undefined;
  host.held = member;
  page[member] = taken;
  return taken;
}

/** Takes the host page out of its backing. True when it is free again: a fault or a mapping that has it keeps it from that. */
export function dropBacking(draft: Draft, page: Page, view: Kind): boolean {
  const member = view === 'private' ? 'file' : 'user';
  const number = page[member];
  const host = number === undefined ? undefined : draft.host[number];
  if (host === undefined) return false;
  delete page[member];
  const inUse = draft.fault?.taken === number || page.mapped.private === number || page.mapped.shared === number;
  host.held = inUse ? 'loose' : 'free';
  return !inUse;
}

/** The fault lets go of its page; one that is in no backing any more is then free. */
export function letGo(draft: Draft, number: number | undefined): void {
  const host = number === undefined ? undefined : draft.host[number];
  if (host?.held === 'loose') host.held = 'free';
}

/** Removes mappings of one kind, or of any kind where one table serves both. Says how many there were. */
export function zap(draft: Draft, pages: readonly number[], view: Kind, twoTables: boolean): number {
  let zapped = 0;
  for (const number of pages) {
    const mapped = draft.pages[number]?.mapped;
    if (mapped === undefined) continue;
    for (const kind of twoTables ? [view] : (['private', 'shared'] as const)) {
      if (mapped[kind] === undefined) continue;
      letGo(draft, mapped[kind]);
      delete mapped[kind];
      zapped++;
    }
  }
  return zapped;
}
