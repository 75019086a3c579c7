/** A run of quote marks in a text without line ends: ` > > >`. */
export interface MarkRun {
  /** Offset of each mark. */
  marks: number[];
  /** Offset behind the last mark; a space or the end stands there. */
  end: number;
}

const MARK = 62;
const SPACE = 32;

/**
 * The runs of marks in [from, to): each begins behind white space, its marks are at most one space apart, and a space follows it. A mark glued to
 * a word (`->x`, `>x`) is none. Linear: no unit is looked at more than twice.
 */
export function markRuns(text: string, from: number, to: number): MarkRun[] {
  const runs: MarkRun[] = [];
  for (let at = nextMark(text, from, to); at < to; at = nextMark(text, at, to)) {
    const run = runAt(text, at, to);
    if (run) runs.push(run);
    at = run ? run.end : at + 1;
  }
  return runs;
}

/** The next mark behind white space or at the very start. */
function nextMark(text: string, from: number, to: number): number {
  for (let at = text.indexOf('>', from); at !== -1 && at < to; at = text.indexOf('>', at + 1)) {
    if (at === 0 || /\s/.test(text.charAt(at - 1))) return at;
  }
  return to;
}

function runAt(text: string, start: number, to: number): MarkRun | undefined {
  const marks = [start];
  let at = start + 1;
  while (at < to) {
    const next = text.charCodeAt(at) === SPACE ? at + 1 : at;
    if (next >= to || text.charCodeAt(next) !== MARK) break;
    marks.push(next);
    at = next + 1;
  }
  if (at < to && text.charCodeAt(at) !== SPACE) {
    // The last marks are glued to a word; the run ends before the first of them.
    while (marks.length > 0 && text.charCodeAt((marks.at(-1) ?? 0) + 1) !== SPACE) marks.pop();
  }
  const last = marks.at(-1);
  return last === undefined ? undefined : { marks, end: last + 1 };
}
