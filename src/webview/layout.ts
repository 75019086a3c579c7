import type { AnySimulator } from '#simulators';
import { folded, plainList, sourceList } from './details.ts';
import { element } from './dom.ts';
import { exploring } from './exploring.ts';
import { type Picture, picture } from './picture.ts';
import type { Zoom } from './protocol.ts';
import type { StepLine } from './steps.ts';
import type { Words } from './words.ts';

/** The moving parts of a panel, filled anew with each run and each position. */
export interface Parts {
  heading: HTMLElement;
  pictures: HTMLElement;
  left: Picture;
  right: Picture;
  /** The right one stands in the page only beside another run. */
  sides: { left: HTMLElement; right: HTMLElement };
  captions: { left: HTMLElement; right: HTMLElement };
  steps: StepLine;
  notice: HTMLElement;
  live: HTMLElement;
  parameters: HTMLElement;
  beside: HTMLElement;
  results: HTMLElement;
  trace: HTMLElement;
  saving: HTMLElement;
}

export function partsOf(steps: StepLine, words: Words, zoomed: (zoom: Zoom) => void): Parts {
  const [left, right] = [picture(words, zoomed), picture(words, zoomed)];
  const captions = {
    left: element('p', { class: 'side-name' }),
    right: element('p', { class: 'side-name' }),
  };
  return {
    heading: element('header'),
    pictures: element('div', { class: 'pictures' }),
    sides: {
      left: element('div', { class: 'side' }, captions.left, left.node),
      right: element('div', { class: 'side right' }, captions.right, right.node),
    },
    left,
    right,
    captions,
    steps,
    notice: element('div', { class: 'notice', role: 'alert', hidden: true }),
    live: element('div', { class: 'unseen', role: 'status', 'aria-live': 'polite' }),
    parameters: element('form', { class: 'parameters', 'aria-label': words.parameters }),
    beside: element('div', { class: 'beside' }),
    results: element('div'),
    trace: element('div'),
    saving: element('div'),
  };
}

/** The page from top to bottom. */
export function layout(
  parts: Parts,
  simulator: AnySimulator,
  words: Words,
  showWay: (goal: string) => void,
): HTMLElement[] {
  const walks = exploring(simulator, words, showWay);
  return [
    parts.heading,
    parts.notice,
    element('div', { class: 'stage' }, parts.pictures, parts.steps.node, parts.results),
    element('aside', { 'aria-label': words.parameters }, parts.parameters, parts.beside),
    element(
      'footer',
      {},
      parts.left.asText,
      folded(words.trace, parts.trace),
      ...(walks ? [folded(words.explore, walks)] : []),
      folded(words.leavesOut, plainList(simulator.leavesOut)),
      folded(words.sources, sourceList(simulator.sources, words)),
      folded(words.share, parts.saving),
      element('p', { class: 'keys' }, `${words.keys} ${words.pictureKeys}`),
    ),
    parts.live,
  ];
}
