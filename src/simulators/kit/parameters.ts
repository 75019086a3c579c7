import type { ParameterSpec, ParameterValue, ParameterValues } from './simulator.ts';

/** Every parameter with a value that its specification allows, or what is wrong with the given ones. */
export type CheckedParameters =
  | { ok: true; values: ParameterValues }
  | { ok: false; problems: readonly ParameterProblem[] };

export interface ParameterProblem {
  name: string;
  message: string;
}

export function defaultValues(specs: readonly ParameterSpec[]): ParameterValues {
  return Object.fromEntries(specs.map((spec) => [spec.name, spec.default]));
}

/** Checks given values, which may come from anywhere, and fills in the defaults of the others. */
export function checkParameters(
  specs: readonly ParameterSpec[],
  given: Readonly<Record<string, unknown>>,
): CheckedParameters {
  const problems: ParameterProblem[] = [];
  const values: [string, ParameterValue][] = [];
  for (const spec of specs) {
    const value = Object.hasOwn(given, spec.name) ? given[spec.name] : undefined;
    if (value === undefined) {
      values.push([spec.name, spec.default]);
      continue;
    }
    const message = refusal(spec, value);
    if (message === undefined && isValue(value)) values.push([spec.name, value]);
    else problems.push({ name: spec.name, message: `${spec.name} ${message}` });
  }
  const known = new Set(specs.map((spec) => spec.name));
  for (const name of Object.keys(given)) {
    if (!known.has(name)) problems.push({ name, message: unknownName(specs, name) });
  }
  return problems.length === 0 ? { ok: true, values: Object.fromEntries(values) } : { ok: false, problems };
}

/** Reads `name=value` texts: whole numbers, `on` or `off` for a switch, the value of a choice. */
export function parseParameters(specs: readonly ParameterSpec[], texts: readonly string[]): CheckedParameters {
  const problems: ParameterProblem[] = [];
  const given = new Map<string, unknown>();
  for (const text of texts) {
    const equals = text.indexOf('=');
    const name = equals < 0 ? text : text.slice(0, equals);
    const spec = specs.find((candidate) => candidate.name === name);
    if (spec === undefined) problems.push({ name, message: unknownName(specs, name) });
    else if (equals < 0)
      problems.push({ name, message: `${name} has no value; write ${name}=${showValue(spec.default)}` });
    else if (given.has(name)) problems.push({ name, message: `${name} is given twice` });
    else given.set(name, readValue(spec, text.slice(equals + 1)));
  }
  const checked = checkParameters(specs, Object.fromEntries(given));
  if (problems.length === 0) return checked;
  return { ok: false, problems: checked.ok ? problems : [...problems, ...checked.problems] };
}

/** A value as `parseParameters` reads it. */
export function showValue(value: ParameterValue): string {
  return typeof value === 'boolean' ? (value ? 'on' : 'off') : String(value);
}

/** Text that is not of the kind stays text, which the check then refuses by name. */
function readValue(spec: ParameterSpec, text: string): unknown {
  if (spec.kind === 'integer') return /^[+-]?[0-9]{1,16}$/.test(text) ? Number(text) : text;
  if (spec.kind === 'switch')
    return text === 'on' || text === 'true' ? true : text === 'off' || text === 'false' ? false : text;
  return text;
}

function refusal(spec: ParameterSpec, value: unknown): string | undefined {
  switch (spec.kind) {
    case 'integer': {
      const unit = spec.unit === undefined ? '' : ` ${spec.unit}`;
      const allowed = typeof value === 'number' && Number.isInteger(value) && value >= spec.min && value <= spec.max;
      return allowed ? undefined : `must be a whole number from ${spec.min} to ${spec.max}${unit}, not ${quote(value)}`;
    }
    case 'choice': {
      const allowed = spec.choices.some((choice) => choice.value === value);
      const list = spec.choices.map((choice) => choice.value).join(', ');
      return allowed ? undefined : `must be one of ${list}, not ${quote(value)}`;
    }
    case 'switch':
      return typeof value === 'boolean' ? undefined : `must be on or off, not ${quote(value)}`;
  }
}

function isValue(value: unknown): value is ParameterValue {
  return typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean';
}

function unknownName(specs: readonly ParameterSpec[], name: string): string {
  return `there is no parameter ${quote(name)}; there are: ${specs.map((spec) => spec.name).join(', ')}`;
}

/** What was given, short enough for a message. */
function quote(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}...` : value);
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return String(value);
  return Array.isArray(value) ? 'a list' : `a value of type ${typeof value}`;
}
