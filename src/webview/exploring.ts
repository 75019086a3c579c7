import { type AnySimulator, type Backwards, type Explored, showValue } from '#simulators';
import { element } from './dom.ts';
import { say, type Words } from './words.ts';

/** Every state within the bound: what always holds, the shortest way to each named state, and which situations lead there. */
export function exploring(
  simulator: AnySimulator,
  words: Words,
  showWay: (goal: string) => void,
): HTMLElement | undefined {
  const { exploration } = simulator;
  if (!exploration) return undefined;
  const found = element('div', { role: 'status', 'aria-live': 'polite' });
  /** A moment for the page to say so: a walk takes up to a second or two. */
  const walk = (answer: () => HTMLElement[]): void => {
    found.replaceChildren(element('p', {}, words.exploring));
    setTimeout(() => found.replaceChildren(...answer()), 30);
  };
  const all = element('vscode-button', { secondary: true }, words.exploreRun);
  all.addEventListener('click', () => walk(() => allTold(simulator.explore(), words)));
  const ways = exploration.goals.map((goal) =>
    element(
      'li',
      {},
      linkButton(goal, () => showWay(goal)),
      ' \u00b7 ',
      linkButton(words.situations, () => walk(() => situationsTold(simulator.backwards(goal), simulator, words)), goal),
    ),
  );
  return element(
    'div',
    { class: 'exploring' },
    element('p', { class: 'quiet' }, say(words.exploreHelp, exploration.bound)),
    ...(ways.length === 0
      ? []
      : [element('p', { class: 'label' }, words.wayTo), element('ul', { class: 'goals' }, ...ways)]),
    all,
    found,
  );
}

function linkButton(label: string, act: () => void, of?: string): HTMLElement {
  const made = element('button', { type: 'button', class: 'link', 'aria-label': of && `${label} ${of}` }, label);
  made.addEventListener('click', act);
  return made;
}

function allTold({ states, complete, invariants }: Explored, words: Words): HTMLElement[] {
  const rows = invariants.map(({ name, holds }) => {
    const mark = element('span', { class: `outcome ${holds ? 'done' : 'stuck'}` }, holds ? words.holds : words.broken);
    return element('li', {}, mark, ` ${name}`);
  });
  return [element('p', {}, say(complete ? words.explored : words.exploredPart, states)), element('ul', {}, ...rows)];
}

function situationsTold(
  { goal, leading, situations, needs }: Backwards,
  { parameters }: AnySimulator,
  words: Words,
): HTMLElement[] {
  const rows = needs.map(({ parameter, values }) => {
    const spec = parameters.find(({ name }) => name === parameter);
    const choices = spec?.kind === 'choice' ? spec.choices : [];
    const named = values.map((value) => choices.find((one) => one.value === value)?.label ?? showValue(value));
    return element(
      'li',
      {},
      element('span', { class: 'label' }, spec?.label ?? parameter),
      `: ${named.join(' \u00b7 ')}`,
    );
  });
  return [
    element('p', {}, say(words.situationsLead, leading, situations, goal)),
    ...(rows.length === 0 ? [] : [element('p', {}, words.situationsNeed), element('ul', {}, ...rows)]),
  ];
}
