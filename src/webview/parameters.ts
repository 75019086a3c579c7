import '@vscode-elements/elements/dist/vscode-button/index.js';
import '@vscode-elements/elements/dist/vscode-checkbox/index.js';
import '@vscode-elements/elements/dist/vscode-option/index.js';
import '@vscode-elements/elements/dist/vscode-single-select/index.js';
import '@vscode-elements/elements/dist/vscode-textfield/index.js';
import type { ParameterSpec } from '#simulators';
import { element } from './dom.ts';
import type { Values } from './protocol.ts';
import type { Run } from './run.ts';
import { say, type Words } from './words.ts';

/** What the controls show and tell. */
interface ParameterForm {
  specs: readonly ParameterSpec[];
  /** The value each control starts with. */
  values: Values;
  /** Names of values that were read in the mail. */
  fromText: ReadonlySet<string>;
  words: Words;
  onChange(name: string, value: number | string | boolean): void;
}

interface ParameterActions {
  changeValue(name: string, value: number | string | boolean): void;
  changeScenario(scenario: string): void;
  restore(): void;
}

/** The scenario, every parameter of the run, and the way back to the scenario's own values. */
export function parameterPart(
  { simulator, scenario, values }: Run,
  fromText: ReadonlySet<string>,
  words: Words,
  actions: ParameterActions,
): HTMLElement[] {
  const choices = [
    { value: '', label: words.noScenario },
    ...simulator.scenarios.map((one) => ({ value: one.id, label: one.title })),
  ];
  const restore = element('vscode-button', { secondary: true }, words.restore);
  restore.addEventListener('click', () => actions.restore());
  return [
    element(
      'div',
      { class: 'parameter scenario' },
      element('div', { class: 'nameplate' }, element('span', { class: 'label' }, words.scenario)),
      choiceOf(words.scenario, choices, scenario?.id ?? '', actions.changeScenario),
    ),
    ...parameterRows({ specs: simulator.parameters, values, fromText, words, onChange: actions.changeValue }),
    restore,
  ];
}

/** One row a parameter: label, its mark, control, help, and what is wrong with the value. */
function parameterRows(form: ParameterForm): HTMLElement[] {
  return form.specs.map((spec) => row(spec, form));
}

function row(spec: ParameterSpec, form: ParameterForm): HTMLElement {
  const error = element('p', { class: 'problem', role: 'alert', hidden: true });
  const unit = spec.kind === 'integer' && spec.unit ? ` (${spec.unit})` : '';
  const label = element('span', { class: 'label' }, spec.kind === 'switch' ? '' : `${spec.label}${unit}`);
  const marks = form.fromText.has(spec.name) ? [element('span', { class: 'mark' }, form.words.fromText)] : [];
  return element(
    'div',
    { class: 'parameter', 'data-parameter': spec.name },
    element('div', { class: 'nameplate' }, label, ...marks),
    control(spec, form.values[spec.name] ?? spec.default, form.words, error, (value) =>
      form.onChange(spec.name, value),
    ),
    element('p', { class: 'help' }, spec.help),
    error,
  );
}

/** The control of one parameter; what is wrong with a value that is typed is said in `problem`. */
export function control(
  spec: ParameterSpec,
  value: number | string | boolean,
  words: Words,
  problem: HTMLElement,
  onChange: (value: number | string | boolean) => void,
): HTMLElement {
  switch (spec.kind) {
    case 'integer':
      return integerField(spec, Number(value), words, problem, onChange);
    case 'choice':
      return choiceOf(spec.label, spec.choices, String(value), onChange);
    case 'switch': {
      const box = element('vscode-checkbox', { label: spec.label, checked: value === true });
      box.addEventListener('change', () => onChange(box.checked));
      return box;
    }
  }
}

type IntegerSpec = Extract<ParameterSpec, { kind: 'integer' }>;

function integerField(
  spec: IntegerSpec,
  value: number,
  words: Words,
  problem: HTMLElement,
  onChange: (value: number) => void,
): HTMLElement {
  const { min, max } = spec;
  const field = element('vscode-textfield', { type: 'number', min, max, step: 1, value: String(value) });
  field.label = spec.label;
  field.addEventListener('change', () => {
    const given = field.value.trim();
    const number = Number(given);
    const good = given !== '' && Number.isSafeInteger(number) && number >= min && number <= max;
    problem.hidden = good;
    field.invalid = !good;
    problem.textContent = good ? '' : say(words.wholeNumber, min, max);
    if (good) onChange(number);
  });
  return field;
}

/** A select box; also the list of scenarios. */
export function choiceOf(
  label: string,
  choices: readonly { value: string; label: string }[],
  value: string,
  onChange: (value: string) => void,
): HTMLElement {
  const options = choices.map((choice) =>
    element('vscode-option', { value: choice.value, selected: choice.value === value }, choice.label),
  );
  const select = element('vscode-single-select', { label }, ...options);
  select.addEventListener('change', () => onChange(select.value));
  return select;
}
