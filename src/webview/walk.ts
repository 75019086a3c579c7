import { type Comparison, compare, type Scene, type Trace, type TraceStep } from '#simulators';

/** One side at a position: the step that led there, when it is this side's turn, and the picture. */
export interface Side {
  taken?: TraceStep;
  scene: Scene;
}

export interface Place {
  left: Side;
  /** Of the run beside it, when there is one. */
  right?: Side;
  /** Whether both sides did the same, for the same reason. */
  same: boolean;
}

/** What a reader walks along: the steps of one run, or the rows of two. Positions count from -1, the start. */
export interface Walk {
  readonly last: number;
  /** A tick for each position from the start on. */
  readonly ticks: readonly string[];
  readonly comparison?: Comparison;
  at(position: number): Place;
  /** The position in the left run's own steps. */
  leftStep(position: number): number;
}

export function walkOf(left: Trace, right: Trace | undefined): Walk {
  return right === undefined ? alone(left) : beside(left, right);
}

function alone(run: Trace): Walk {
  return {
    last: run.last,
    ticks: ['done', ...run.steps.map(({ outcome }) => outcome)],
    at: (position) => ({ left: sideAt(run, position, position), same: true }),
    leftStep: (position) => position,
  };
}

function beside(left: Trace, right: Trace): Walk {
  const comparison = compare(left, right);
  const { rows } = comparison;
  // Where each side stands after so many rows.
  const lefts = stands(rows.map((row) => row.left?.index));
  const rights = stands(rows.map((row) => row.right?.index));
  return {
    last: rows.length - 1,
    ticks: ['done', ...rows.map(({ left: one, same }) => (same ? (one?.outcome ?? 'done') : 'parted'))],
    comparison,
    at(position) {
      const row = rows[position];
      return {
        left: sideAt(left, lefts[position] ?? -1, row?.left?.index),
        right: sideAt(right, rights[position] ?? -1, row?.right?.index),
        same: row?.same ?? true,
      };
    },
    leftStep: (position) => lefts[position] ?? -1,
  };
}

function stands(indexes: readonly (number | undefined)[]): number[] {
  let at = -1;
  return indexes.map((index) => {
    at = index ?? at;
    return at;
  });
}

/** The side stands at `step`; it was its turn when `turn` says so. */
function sideAt(run: Trace, step: number, turn: number | undefined): Side {
  const { taken } = run.at(step);
  return { ...(taken && turn === step ? { taken } : {}), scene: run.sceneAt(step) };
}
