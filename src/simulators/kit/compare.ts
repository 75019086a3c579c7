import { canonical } from './json.ts';
import type { Json, ParameterValue } from './simulator.ts';
import type { Trace, TraceStep } from './trace.ts';

/** Two runs of one simulator side by side: what is asked of both, and where they part. */
export interface Comparison {
  /** The parameters that differ, in the order of the specifications. */
  parameters: readonly { name: string; left: ParameterValue; right: ParameterValue }[];
  /** The same events stand in one row; an event that only one run has stands alone. */
  rows: readonly ComparedRow[];
  /** The first row that differs; absent when the runs are alike. */
  parts?: number;
  /** What the results differ in. */
  results: readonly { path: string; left?: Json; right?: Json }[];
}

export interface ComparedRow {
  left?: TraceStep;
  right?: TraceStep;
  /** `same`: same outcome by the same rule for the same reason. */
  same: boolean;
}

/** So many cells at most are weighed when the events are aligned; longer runs are aligned by their index. */
const MOST_CELLS = 1_000_000;
/** So many differences of a result are told. */
const MOST_DIFFERENCES = 50;

/** Sets two runs side by side. Cost: the product of their lengths, up to a bound. */
export function compare(left: Trace, right: Trace): Comparison {
  const rows = align(left.steps, right.steps).map(([one, other]) => row(one, other));
  const parts = rows.findIndex(({ same }) => !same);
  return {
    parameters: Object.entries(left.parameters).flatMap(([name, value]) => {
      const other = right.parameters[name];
      return other === undefined || other === value ? [] : [{ name, left: value, right: other }];
    }),
    rows,
    ...(parts === -1 ? {} : { parts }),
    results: differences(left.result, right.result),
  };
}

function row(left: TraceStep | undefined, right: TraceStep | undefined): ComparedRow {
  const same =
    left !== undefined &&
    right !== undefined &&
    left.outcome === right.outcome &&
    left.rule === right.rule &&
    left.because === right.because;
  return { ...(left && { left }), ...(right && { right }), same };
}

type Pair = [TraceStep | undefined, TraceStep | undefined];

/** The longest common run of equal events, in order; what is between stands on its own side. */
function align(left: readonly TraceStep[], right: readonly TraceStep[]): Pair[] {
  const one = left.map(({ event }) => canonical(event));
  const other = right.map(({ event }) => canonical(event));
  if (one.length * other.length > MOST_CELLS) return byIndex(left, right);
  const lengths = commonLengths(one, other);
  const pairs: Pair[] = [];
  let [at, by] = [0, 0];
  while (at < one.length && by < other.length) {
    if (one[at] === other[by]) pairs.push([left[at++], right[by++]]);
    else if (lengths(at + 1, by) >= lengths(at, by + 1)) pairs.push([left[at++], undefined]);
    else pairs.push([undefined, right[by++]]);
  }
  for (; at < one.length; at++) pairs.push([left[at], undefined]);
  for (; by < other.length; by++) pairs.push([undefined, right[by]]);
  return pairs;
}

function byIndex(left: readonly TraceStep[], right: readonly TraceStep[]): Pair[] {
  const longer = Math.max(left.length, right.length);
  return Array.from({ length: longer }, (_, index): Pair => [left[index], right[index]]);
}

/** How many events the rests of two runs have in common, by where the rests begin. */
function commonLengths(one: readonly string[], other: readonly string[]): (at: number, by: number) => number {
  const width = other.length + 1;
  const table = new Uint32Array((one.length + 1) * width);
  const cell = (at: number, by: number): number => table[at * width + by] ?? 0;
  for (let at = one.length - 1; at >= 0; at--) {
    for (let by = other.length - 1; by >= 0; by--) {
      const common = one[at] === other[by] ? cell(at + 1, by + 1) + 1 : Math.max(cell(at + 1, by), cell(at, by + 1));
      table[at * width + by] = common;
    }
  }
  return cell;
}

/** Where two values differ, as JSON pointers; lists of different lengths and values of different kinds differ as a whole. */
function differences(left: Json, right: Json): Comparison['results'] {
  const found: { path: string; left?: Json; right?: Json }[] = [];
  const waiting: { path: string; left: Json | undefined; right: Json | undefined }[] = [{ path: '', left, right }];
  for (let next = waiting.shift(); next && found.length < MOST_DIFFERENCES; next = waiting.shift()) {
    const { path, left: one, right: other } = next;
    if (one !== undefined && other !== undefined && canonical(one) === canonical(other)) continue;
    const names = membersOfBoth(one, other);
    if (names) {
      waiting.push(
        ...names.map((name) => ({ path: `${path}/${name}`, left: member(one, name), right: member(other, name) })),
      );
    } else if (one !== undefined || other !== undefined) {
      found.push({
        path,
        ...(one === undefined ? {} : { left: one }),
        ...(other === undefined ? {} : { right: other }),
      });
    }
  }
  return found;
}

function membersOfBoth(one: Json | undefined, other: Json | undefined): string[] | undefined {
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return undefined;
  if (Array.isArray(one) !== Array.isArray(other)) return undefined;
  if (Array.isArray(one) && Array.isArray(other) && one.length !== other.length) return undefined;
  return [...new Set([...Object.keys(one), ...Object.keys(other)])];
}

function member(value: Json | undefined, name: string): Json | undefined {
  // Only called with objects and lists; both are read by name.
  return Object.entries(value ?? {}).find(([key]) => key === name)?.[1];
}
