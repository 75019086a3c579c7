/** What the picture and the tables do not say by themselves. */
import type { NotePart } from '../kit/scene.ts';
import { freeBlocks, type Holder, isLongTermPinned, type State } from './state.ts';
import { count } from './words.ts';

export function notes(state: State): NotePart[] {
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
