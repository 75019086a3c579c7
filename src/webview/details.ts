import type { Citation, TraceStep } from '#simulators';
import { element } from './dom.ts';
import { outcomeMark } from './steps.ts';
import type { Words } from './words.ts';

/** A folded part at the foot of the panel. */
export function folded(title: string, ...children: readonly (Node | string)[]): HTMLDetailsElement {
  return element('details', {}, element('summary', {}, title), ...children);
}

export function plainList(sentences: readonly string[]): HTMLElement {
  return element('ul', {}, ...sentences.map((sentence) => element('li', {}, sentence)));
}

export function sourceList(sources: readonly Citation[], words: Words): HTMLElement {
  return plainList(
    sources.map((source) =>
      [source.where, source.kernel, source.inferred ? words.inferred : undefined].filter(Boolean).join(' · '),
    ),
  );
}

/** More lines than this are not listed; the seek bar still reaches every step. */
const mostLines = 500;

/** The list of all steps; a line goes to its step. */
export function traceList(steps: readonly TraceStep[], words: Words, seek: (position: number) => void): HTMLElement {
  const rows = steps.slice(0, mostLines).map((step) => {
    const go = element('button', { type: 'button', class: 'link' }, step.label);
    go.addEventListener('click', () => seek(step.index));
    const because = element('span', { class: 'quiet' }, step.because);
    return element('li', { 'data-position': step.index }, go, ' ', outcomeMark(step.outcome, words), because);
  });
  return element('ol', { class: 'trace' }, ...rows);
}

/** Marks the line of the position that is shown. */
export function markTrace(list: HTMLElement, position: number): void {
  for (const row of list.querySelectorAll('li')) {
    if (row.dataset.position === String(position)) row.setAttribute('aria-current', 'step');
    else row.removeAttribute('aria-current');
  }
}
