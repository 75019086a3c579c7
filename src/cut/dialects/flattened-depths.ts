/**
 * How deep the lines of flattened text are quoted. `> > > >` may be one line four deep, or an empty line and a line two deep each. All runs of
 * marks are read together, so that what follows has its say: the cheapest way through them is taken.
 */

/** A run of marks and the text up to the next one. */
export interface MarkedText {
  count: number;
  text: string;
  /** The reply goes on inside this text, so that the next run begins a quote anew. */
  endsQuote: boolean;
}

/** The lines that a run stands for, as depths: empty quoted lines first, the line of its text last. */
export interface RunReading {
  depths: readonly number[];
  /** Whether another reading is nearly as good. */
  inferred: boolean;
}

/** So deep mail is hardly ever quoted; a run of more marks stands for several lines, or is taken as it is. */
const DEEPEST = 20;
/** How many depths are followed up from one run to the next. */
const MOST_STATES = 8;
/** A text of this many units was probably broken by a mailer, so the next line goes on at the same depth. */
const WRAPPED = 45;
/** A reading that costs so little more is nearly as good. */
const NEARLY = 1;

/** A depth that the text of a run may have, and the cheapest way to it. */
interface State {
  depth: number;
  blanks: readonly number[];
  cost: number;
  from?: State;
}

/** How the text before a run ends. */
interface Before {
  endsQuote: boolean;
  attribution: boolean;
  wraps: boolean;
  /** Levels that attributions have opened so far. */
  opened: number;
}

/** Reads the runs; `lead` is the text before the first one. Linear in the runs. */
export function readDepths(runs: readonly MarkedText[], lead: string): RunReading[] {
  const befores = whatStandsBefore(runs, lead);
  let states: State[] = [{ depth: 0, blanks: [], cost: 0 }];
  runs.forEach((run, index) => {
    states = nextStates(states, run, befores[index] ?? START);
  });
  const way: State[] = [];
  for (let state = states[0]; state?.from; state = state.from) way.push(state);
  way.reverse();
  return way.map(({ depth, blanks }, index) => ({
    depths: [...blanks, depth],
    inferred: isInferred(way, index, runs, befores),
  }));
}

/** `... wrote:`, also as quoted-printable broke it (`wrote= :`), and `2010/12/24 Ada Example :`, whose address was eaten. */
const ATTRIBUTION = /\bwrote(?:= )? ?:$|(?:^|\s)\d{4}[/-]\d{1,2}[/-]\d{1,2} [^:]{1,80} :$/;
const LONGEST_ATTRIBUTION = 160;

const START: Before = { endsQuote: false, attribution: false, wraps: false, opened: 0 };

function whatStandsBefore(runs: readonly MarkedText[], lead: string): Before[] {
  let opened = 0;
  return runs.map((_, index) => {
    const { text, endsQuote } = runs[index - 1] ?? { text: lead, endsQuote: true };
    const attribution = ATTRIBUTION.test(text.slice(-LONGEST_ATTRIBUTION));
    if (attribution) opened++;
    return { endsQuote, attribution, wraps: text.length >= WRAPPED && !/[.?!:;]$/.test(text), opened };
  });
}

/** The cheapest way to each depth that this run may have. */
function nextStates(states: readonly State[], run: MarkedText, before: Before): State[] {
  const next: State[] = [];
  for (const depth of candidates(run.count)) {
    let best: State | undefined;
    for (const from of states) {
      const { cost, blanks } = step(from.depth, depth, run.count, before);
      if (!best || from.cost + cost < best.cost) best = { depth, blanks, cost: from.cost + cost, from };
    }
    if (best) next.push(best);
  }
  return next.sort((a, b) => a.cost - b.cost).slice(0, MOST_STATES);
}

/** Whether another depth between the same neighbours would cost hardly more. */
function isInferred(
  way: readonly State[],
  index: number,
  runs: readonly MarkedText[],
  befores: readonly Before[],
): boolean {
  const from = way[index]?.from?.depth ?? 0;
  const chosen = way[index]?.depth ?? 0;
  const next = way[index + 1];
  const count = runs[index]?.count ?? 0;
  const costOf = (depth: number): number => {
    const here = step(from, depth, count, befores[index] ?? START).cost;
    if (!next) return here;
    return here + step(depth, next.depth, runs[index + 1]?.count ?? 0, befores[index + 1] ?? START).cost;
  };
  const cost = costOf(chosen);
  return candidates(count).some((depth) => depth !== chosen && costOf(depth) < cost + NEARLY);
}

function candidates(count: number): number[] {
  const depths: number[] = [];
  for (let depth = 1; depth <= Math.min(count, DEEPEST); depth++) depths.push(depth);
  if (count > DEEPEST) depths.push(count);
  return depths;
}

/** `count` marks as empty quoted lines, each as deep as the line before or the line after, as few as may be. */
function emptyLines(count: number, before: number, after: number): readonly number[] {
  if (count === 0) return [];
  for (let lines = 1; lines <= 4; lines++) {
    for (let first = lines; first >= 0; first--) {
      if (first > 0 && before === 0) continue;
      if (first * before + (lines - first) * after !== count) continue;
      return [...new Array<number>(first).fill(before), ...new Array<number>(lines - first).fill(after)];
    }
  }
  return [count];
}

/**
 * What it costs that a line `depth` deep comes next behind one `last` deep, with empty lines for the rest of the marks. The figures are
 * weights of our own, tried on real mail whose lines are known.
 */
function step(last: number, depth: number, count: number, before: Before): { cost: number; blanks: readonly number[] } {
  const previous = before.endsQuote ? 0 : last;
  const blanks = emptyLines(count - depth, previous, depth);
  const empty = blanks.length > 0;
  const odd = blanks.length === 1 && blanks[0] !== previous && blanks[0] !== depth ? 3 : 0;
  // Where the depth changes, the empty line belongs to the shallower side.
  const deepBlank = previous > 0 && depth !== previous && blanks[0] === Math.max(previous, depth) ? 0.5 : 0;
  const extra = odd + deepBlank + Math.max(0, blanks.length - 1);
  return { cost: extra + changeCost(previous, depth, empty, before), blanks };
}

function changeCost(previous: number, depth: number, empty: boolean, before: Before): number {
  // An attribution opens one level.
  if (before.attribution) return (depth === previous + 1 ? 0 : 4) + (empty ? 0.5 : 0);
  const tooDeep = depth > Math.max(before.opened, 1) ? 2 : 0;
  if (previous === 0) return tooDeep + (empty ? 1.2 : 1);
  const broken = before.wraps && (empty || depth !== previous) ? 3 : 0;
  if (depth === previous) return broken + (empty ? 0.5 : before.wraps ? 0 : 0.3);
  const far = (Math.abs(depth - previous) - 1) / 4;
  if (depth < previous) return broken + far + (empty ? 1 : 2);
  return broken + far + tooDeep + (empty ? 2 : 2.5);
}
