import type { AnySimulator, Explored } from '#simulators';
import { element } from './dom.ts';
import { say, type Words } from './words.ts';

/** Every state within the bound: what always holds, and the shortest way to each named state. */
export function exploring(
  simulator: AnySimulator,
  words: Words,
  showWay: (goal: string) => void,
): HTMLElement | undefined {
  const { exploration } = simulator;
  if (!exploration) return undefined;
  const found = element('div', { role: 'status', 'aria-live': 'polite' });
  const run = element('vscode-button', { secondary: true }, words.exploreRun);
  run.addEventListener('click', () => {
    found.replaceChildren(element('p', {}, words.exploring));
    // A moment for the page to say so: the walk takes up to a second or two.
    setTimeout(() => found.replaceChildren(...told(simulator.explore(), words)), 30);
  });
  const ways = exploration.goals.map((goal) => {
    const go = element('button', { type: 'button', class: 'link' }, goal);
    go.addEventListener('click', () => showWay(goal));
    return element('li', {}, go);
  });
  return element(
    'div',
    { class: 'exploring' },
    element('p', { class: 'quiet' }, say(words.exploreHelp, exploration.bound)),
    ...(ways.length === 0
      ? []
      : [element('p', { class: 'label' }, words.wayTo), element('ul', { class: 'goals' }, ...ways)]),
    run,
    found,
  );
}

function told({ states, complete, invariants }: Explored, words: Words): HTMLElement[] {
  const rows = invariants.map(({ name, holds }) =>
    element(
      'li',
      {},
      element('span', { class: `outcome ${holds ? 'done' : 'stuck'}` }, holds ? words.holds : words.broken),
      ` ${name}`,
    ),
  );
  return [element('p', {}, say(complete ? words.explored : words.exploredPart, states)), element('ul', {}, ...rows)];
}
