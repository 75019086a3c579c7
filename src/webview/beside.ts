import type { Json, ParameterSpec } from '#simulators';
import { element } from './dom.ts';
import { choiceOf, control } from './parameters.ts';
import type { Values } from './protocol.ts';
import type { Run } from './run.ts';
import { say, type Words } from './words.ts';

/** The controls of the run beside: which parameter it differs in, and its value there. */
export function besideForm(run: Run, words: Words, onChange: (against: Values) => void): HTMLElement {
  const { simulator } = run;
  const [name = ''] = Object.keys(run.beside?.values ?? {});
  const spec = simulator.parameters.find((one) => one.name === name);
  const choices = [
    { value: '', label: words.compareNothing },
    ...simulator.parameters.map((one) => ({ value: one.name, label: one.label })),
  ];
  const pick = (chosen: string): void => {
    const other = simulator.parameters.find((one) => one.name === chosen);
    onChange(other ? { [chosen]: anotherValue(other, run.values[chosen]) } : {});
  };
  const problem = element('p', { class: 'problem', role: 'alert', hidden: true });
  const value = spec
    ? [
        element('span', { class: 'label' }, words.beside),
        control(spec, run.beside?.values[name] ?? spec.default, words, problem, (given) => onChange({ [name]: given })),
        problem,
      ]
    : [];
  return element(
    'fieldset',
    { class: 'beside-form' },
    element('legend', {}, words.compare),
    element('span', { class: 'label' }, words.compareWith),
    choiceOf(words.compareWith, choices, name, pick),
    ...value,
  );
}

/** A value to begin with that is not the one of the left run. */
function anotherValue(spec: ParameterSpec, own: Values[string] | undefined): Values[string] {
  switch (spec.kind) {
    case 'switch':
      return own !== true;
    case 'choice':
      return spec.choices.find(({ value }) => value !== own)?.value ?? spec.default;
    case 'integer': {
      const value = typeof own === 'number' ? own : spec.default;
      return value < spec.max ? Math.min(spec.max, Math.max(value + 1, value * 2)) : spec.min;
    }
  }
}

/** How many steps differ, and the way to the next of them. */
export function besideSummary({ walk }: Run, words: Words, next: () => void): HTMLElement[] {
  const { comparison } = walk;
  if (!comparison) return [];
  const differing = comparison.rows.filter(({ same }) => !same).length;
  if (differing === 0) return [element('p', {}, say(words.runsAlike, comparison.rows.length))];
  const go = element('vscode-button', { secondary: true }, words.nextDifference);
  go.addEventListener('click', next);
  return [element('p', {}, say(words.runsPart, differing, comparison.rows.length)), go];
}

/** The next position at which the two runs differ; from the last one on to the first. */
export function nextDifference({ walk }: Run, position: number): number | undefined {
  const differing = (walk.comparison?.rows ?? []).flatMap(({ same }, index) => (same ? [] : [index]));
  return differing.find((index) => index > position) ?? differing[0];
}

/** What the results of the two runs differ in. */
export function resultTable(run: Run, left: string, right: string, words: Words): HTMLElement | undefined {
  const results = run.walk.comparison?.results ?? [];
  if (results.length === 0) return undefined;
  const rows = results.map(({ path, left: one, right: other }) =>
    element(
      'tr',
      {},
      element('th', { scope: 'row' }, path.slice(1).replaceAll('/', ' · ') || words.resultsDiffer),
      element('td', {}, shown(one)),
      element('td', {}, shown(other)),
    ),
  );
  const head = element(
    'tr',
    {},
    element('td', {}),
    ...[left, right].map((name) => element('th', { scope: 'col' }, name)),
  );
  const table = element('table', {}, element('thead', {}, head), element('tbody', {}, ...rows));
  return element(
    'div',
    { class: 'table results', tabindex: 0, role: 'group', 'aria-label': words.resultsDiffer },
    table,
  );
}

const longest = 300;

function shown(value: Json | undefined): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '\u2013');
  return text.length > longest ? `${text.slice(0, longest)} \u2026` : text;
}
