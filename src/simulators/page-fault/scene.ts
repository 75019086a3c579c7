import type { NotePart, Scene, ScenePart } from '../kit/scene.ts';
import { named } from './kernel.ts';
import { decisionPath } from './scene-path.ts';
import { counterTable, entryTables, kernelTable, numberTable, pageTable } from './scene-tables.ts';
import type { State } from './state.ts';
import { endInWords, requestInWords } from './words.ts';

/** The decision path with the doors taken, the entry, the counters, and the same request in other kernels. */
export function draw(state: State): Scene {
  const parts: ScenePart[] = [
    decisionPath(state),
    ...notes(state),
    entryTables(state),
    ...(state.given.path === 'add_page' ? [pageTable(state)] : []),
    counterTable(state),
    kernelTable(state),
    numberTable(state),
  ];
  return { title: 'What becomes of one page fault', summary: summary(state), parts };
}

function summary(state: State): string {
  const request = requestInWords(state);
  if (state.action === 'not_in_this_kernel') return `${request} That kernel does not have it.`;
  if (state.ret === null) return state.mmu === null ? request : `${request} So far: ${named(state.kernel, state.mmu)}.`;
  return `${request} ${resultInWords(state)}`;
}

function resultInWords(state: State): string {
  const result = state.mmu === null ? 'The MMU code is not reached' : named(state.kernel, state.mmu);
  return state.action === null ? `${result}.` : `${result}: ${endInWords(state)}.`;
}

function notes(state: State): NotePart[] {
  const notes: NotePart[] = [];
  const info = (text: string) => notes.push({ kind: 'note', look: 'info', text });
  if (state.whatIf === 'prefault-rule') {
    info(
      'What if: SPURIOUS and WRITE_PROTECTED are success for a TD page too, as they are for a prefault. No kernel does this.',
    );
  }
  if (state.whatIf === 'write-prefault') {
    info('What if: the prefault carries a write bit. No kernel does this; a real prefault acts as a read.');
  }
  if (state.page.reported > state.page.added) {
    const { added, reported } = state.page;
    const text = `${reported} pages reported as added, ${added} added: the second content never reached the TD, and nobody was told.`;
    notes.push({ kind: 'note', look: 'error', text });
  }
  return notes;
}
