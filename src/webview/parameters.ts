import '@vscode-elements/elements/dist/vscode-button/index.js';
import '@vscode-elements/elements/dist/vscode-checkbox/index.js';
import '@vscode-elements/elements/dist/vscode-option/index.js';
import '@vscode-elements/elements/dist/vscode-single-select/index.js';
import '@vscode-elements/elements/dist/vscode-textfield/index.js';
import type { ParameterSpec } from '#simulators';
import { element } from './dom.ts';
import type { Values } from './protocol.ts';
import { say, type Words } from './words.ts';

/** What the controls show and tell. */
export interface ParameterForm {
  specs: readonly ParameterSpec[];
  /** The value each control starts with. */
  values: Values;
  /** Names of values that were read in the mail. */
  fromText: ReadonlySet<string>;
  words: Words;
  onChange(name: string, value: number | string | boolean): void;
}

/** One row a parameter: label, its mark, control, help, and what is wrong with the value. */
export function parameterRows(form: ParameterForm): HTMLElement[] {
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
    control(spec, form, error),
    element('p', { class: 'help' }, spec.help),
    error,
  );
}

function control(spec: ParameterSpec, form: ParameterForm, error: HTMLElement): HTMLElement {
  const value = form.values[spec.name] ?? spec.default;
  switch (spec.kind) {
    case 'integer':
      return integerField(spec, Number(value), form, error);
    case 'choice':
      return choiceOf(spec.label, spec.choices, String(value), (chosen) => form.onChange(spec.name, chosen));
    case 'switch': {
      const box = element('vscode-checkbox', { label: spec.label, checked: value === true });
      box.addEventListener('change', () => form.onChange(spec.name, box.checked));
      return box;
    }
  }
}

type IntegerSpec = Extract<ParameterSpec, { kind: 'integer' }>;

function integerField(spec: IntegerSpec, value: number, form: ParameterForm, error: HTMLElement): HTMLElement {
  const field = element('vscode-textfield', {
    type: 'number',
    min: spec.min,
    max: spec.max,
    step: 1,
    value: String(value),
  });
  field.label = spec.label;
  field.addEventListener('change', () => {
    const given = field.value.trim();
    const number = Number(given);
    const good = given !== '' && Number.isSafeInteger(number) && number >= spec.min && number <= spec.max;
    error.hidden = good;
    field.invalid = !good;
    error.textContent = good ? '' : say(form.words.wholeNumber, spec.min, spec.max);
    if (good) form.onChange(spec.name, number);
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
