import type { TraceStep } from '#simulators';
import { element, icon } from './dom.ts';
import type { Place, Side, Walk } from './walk.ts';
import { say, type Words } from './words.ts';

const icons = {
  back: 'M10.5 2.5v11L3.5 8z',
  forward: 'M5.5 2.5v11l7-5.5z',
  play: 'M2.5 2.5v11l6-5.5zM8.5 2.5v11l6-5.5z',
  pause: 'M4 2.5h3v11H4zM9 2.5h3v11H9z',
  reset: 'M8 2.5a5.5 5.5 0 1 0 5.5 5.5H12a4 4 0 1 1-4-4c1 0 1.9.4 2.6 1L8.5 7H14V1.5l-2.3 2.3A5.5 5.5 0 0 0 8 2.5z',
};

/** More steps than this, and the ticks would be a grey bar: then there are none. */
const mostTicks = 120;

/** What the step line asks of the panel. Positions are a trace's: -1 is the start. */
export interface StepActions {
  seek(position: number): void;
  play(): void;
}

/** The step line: buttons, the seek bar with one tick a step, and what happened and why. */
export interface StepLine {
  readonly node: HTMLElement;
  /** A new walk. */
  load(walk: Walk): void;
  /** A position of it, and what happened there. */
  show(position: number, place: Place): void;
  playing(yes: boolean): void;
}

export function stepLine(words: Words, actions: StepActions): StepLine {
  let last = -1;
  let current = -1;
  const seek = element('input', { type: 'range', min: -1, max: -1, step: 1, value: -1, 'aria-label': words.seek });
  const ticks = element('div', { class: 'ticks', 'aria-hidden': 'true' });
  const count = element('span', { class: 'count' });
  const told = element('div', { class: 'told' });
  const buttons = {
    back: button(words.back, icons.back, () => actions.seek(current - 1)),
    forward: button(words.forward, icons.forward, () => actions.seek(current + 1)),
    play: button(words.play, icons.play, () => actions.play()),
    reset: button(words.reset, icons.reset, () => actions.seek(-1)),
  };
  seek.addEventListener('input', () => actions.seek(seek.valueAsNumber));
  const controls = element('div', { class: 'controls' }, ...Object.values(buttons));
  const bar = element('div', { class: 'bar' }, seek, ticks);
  const node = element(
    'section',
    { class: 'steps', 'aria-label': words.steps },
    element('div', { class: 'line' }, controls, bar, count),
    told,
  );
  return {
    node,
    load(walk) {
      last = walk.last;
      seek.max = String(last);
      const looks = walk.ticks.length <= mostTicks ? walk.ticks : [];
      ticks.replaceChildren(...looks.map((look) => element('span', { class: `tick ${look}` })));
    },
    show(position, { left, right, same }) {
      current = position;
      seek.value = String(position);
      const counted = say(words.stepOf, position + 1, last + 1);
      seek.setAttribute('aria-valuetext', counted);
      count.textContent = counted;
      enable(buttons.back, position > -1);
      enable(buttons.reset, position > -1);
      enable(buttons.forward, position < last);
      enable(buttons.play, position < last);
      for (const [index, tick] of [...ticks.children].entries()) tick.classList.toggle('passed', index <= position + 1);
      const ours = element('div', {}, ...tell(left, position, words));
      const sides = right ? [ours, element('div', {}, ...tell(right, position, words))] : [ours];
      told.classList.toggle('parted', !same);
      told.replaceChildren(...sides);
    },
    playing(yes) {
      const label = yes ? words.pause : words.play;
      buttons.play.replaceChildren(icon(yes ? icons.pause : icons.play));
      buttons.play.setAttribute('aria-label', label);
      buttons.play.title = label;
    },
  };
}

function button(label: string, path: string, act: () => void): HTMLElementTagNameMap['vscode-button'] {
  const made = element('vscode-button', { secondary: true, 'aria-label': label, title: label }, icon(path));
  made.addEventListener('click', act);
  return made;
}

/** A button that cannot act stays where it is in the order of focus, so that the keyboard does not fall off the end. */
function enable(made: HTMLElement, yes: boolean): void {
  made.setAttribute('aria-disabled', String(!yes));
  made.classList.toggle('idle', !yes);
}

/** What happened, why, and by which rule: the event, the sentence, the source, what the kernel would print. */
function tell({ taken, scene }: Side, position: number, words: Words): HTMLElement[] {
  if (taken === undefined) {
    const sentence = position < 0 ? `${words.start}. ${scene.summary}` : words.notItsTurn;
    return [element('p', { class: 'because' }, sentence)];
  }
  const rule = element('p', { class: 'rule' }, `${words.rule} `, element('code', {}, taken.rule));
  if (taken.source) {
    rule.append(' · ', element('code', {}, taken.source.where));
    if (taken.source.kernel) rule.append(` · ${taken.source.kernel}`);
    if (taken.source.inferred) rule.append(` · ${words.inferred}`);
  }
  const log = taken.log?.length
    ? [
        element('p', { class: 'says' }, words.kernelSays),
        element('pre', { class: 'log', tabindex: 0, 'aria-label': words.kernelSays }, taken.log.join('\n')),
      ]
    : [];
  return [
    element('p', { class: 'event' }, taken.label, ' ', outcomeMark(taken.outcome, words)),
    element('p', { class: 'because' }, taken.because),
    rule,
    ...log,
  ];
}

/** How a step ended, in a word; that it was done is the rule and goes without saying. */
export function outcomeMark(outcome: TraceStep['outcome'], words: Words): HTMLElement | '' {
  return outcome === 'done' ? '' : element('span', { class: `outcome ${outcome}` }, words[outcome]);
}
