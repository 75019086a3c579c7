/** What `JSON.parse` can give. Annotations are kept in this form, so that a member nobody here knows is never lost. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

export interface JsonObject {
  readonly [member: string]: Json;
}

/** Levels that are written one a line; what lies deeper is written compactly, or indentation would grow with the square. */
const INDENTED_LEVELS = 32;

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isArray(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** An own member; never one of the prototype. */
export function member(object: JsonObject, name: string): Json | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

/** An own member that is a string and not empty. */
export function stringMember(object: JsonObject, name: string): string | undefined {
  const value = member(object, name);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** An own member that is an integer from 0. */
export function countMember(object: JsonObject, name: string): number | undefined {
  const value = member(object, name);
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

/** JSON-LD lets one value stand for a list of one. */
export function asList(value: Json | undefined): readonly Json[] {
  if (value === undefined || value === null) return [];
  return isArray(value) ? value : [value];
}

/** The object without some members. `Object.fromEntries` defines members, so `__proto__` stays an ordinary name. */
export function without(object: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));
}

/** The object with some members set; a member given as `undefined` is removed. */
export function withMembers(object: JsonObject, changes: Readonly<Record<string, Json | undefined>>): JsonObject {
  const entries = new Map<string, Json>(Object.entries(object));
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined) entries.delete(name);
    else entries.set(name, value);
  }
  return Object.fromEntries(entries);
}

/** Whether a value is nested deeper than `levels`; stops as soon as it knows. */
export function isDeeperThan(value: Json, levels: number): boolean {
  const waiting: { value: Json; level: number }[] = [{ value, level: 0 }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (typeof next.value !== 'object' || next.value === null) continue;
    if (next.level >= levels) return true;
    for (const child of Object.values(next.value)) waiting.push({ value: child, level: next.level + 1 });
  }
  return false;
}

export interface FormatOptions {
  /** Sorts the members of an object; without it they stay as they are. */
  compareNames?: (a: string, b: string) => number;
  /** Values whose members are never sorted. */
  verbatim?: ReadonlySet<Json>;
}

type Step = string | { value: Json; level: number; sorted: boolean };

/**
 * JSON text with an indentation of two spaces, without a line end at its end. Unlike `JSON.stringify` it does not recurse,
 * so a hostile depth cannot overflow the stack, and a number too large for a double stays a number.
 */
export function formatJson(value: Json, options: FormatOptions = {}): string {
  const out: string[] = [];
  const steps: Step[] = [{ value, level: 0, sorted: options.compareNames !== undefined }];
  for (let step = steps.pop(); step !== undefined; step = steps.pop()) {
    if (typeof step === 'string') out.push(step);
    else if (typeof step.value !== 'object' || step.value === null) out.push(formatScalar(step.value));
    else pushContainer(steps, step.value, step.level, step.sorted && !options.verbatim?.has(step.value), options);
  }
  return out.join('');
}

function pushContainer(
  steps: Step[],
  value: readonly Json[] | JsonObject,
  level: number,
  sorted: boolean,
  options: FormatOptions,
): void {
  const list = isArray(value);
  const [open, close] = list ? ['[', ']'] : ['{', '}'];
  const entries = Object.entries(value);
  if (entries.length === 0) {
    steps.push(open + close);
    return;
  }
  const { compareNames } = options;
  if (!list && sorted && compareNames !== undefined) entries.sort(([a], [b]) => compareNames(a, b));
  steps.push(lineBreak(level) + close);
  for (let index = entries.length - 1; index >= 0; index--) {
    const entry = entries[index];
    if (entry === undefined) continue;
    const [name, child] = entry;
    const label = list ? '' : `${JSON.stringify(name)}: `;
    steps.push({ value: child, level: level + 1, sorted }, (index === 0 ? open : ',') + lineBreak(level + 1) + label);
  }
}

function lineBreak(level: number): string {
  return level > INDENTED_LEVELS ? '' : `\n${'  '.repeat(level)}`;
}

function formatScalar(value: null | boolean | number | string): string {
  if (typeof value !== 'number') return JSON.stringify(value);
  if (Number.isFinite(value)) return Object.is(value, -0) ? '-0' : String(value);
  return value > 0 ? '1e999' : '-1e999';
}

/** Whether two values are equal, whatever the order of their members. */
export function isSame(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined) return false;
  return canonical(a) === canonical(b);
}

/** The same text for equal values, whatever the order of their members. */
export function canonical(value: Json): string {
  return formatJson(value, { compareNames: compareText });
}

/** Order by UTF-16 units: the same on every machine, unlike a locale's. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
