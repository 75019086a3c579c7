import type { Complaint } from '#mailast';
import { type MarkedText, readDepths } from './flattened-depths.ts';
import { markRuns } from './quote-marks.ts';

/** Mailers break lines at 72 to 80 columns; a longer "line" has swallowed the end of its quote. */
const WIDEST = 100;

/** Real mail has some hundred; behind so many runs the rest is one line. */
const MOST_RUNS = 20_000;
/** A reader is told about the first places that can be read in more than one way. */
const MOST_COMPLAINTS = 50;

/** A run of marks, the text up to the next one, and where the reply goes on inside that text. */
interface Run extends MarkedText {
  marks: readonly number[];
  tail?: number;
}

/** Where flattened text lost its line ends: at quote marks, at the end of a quote, at the signature. What is only likely is said. */
export function quoteBreaks(text: string, start: number, end: number): { breaks: number[]; complaints: Complaint[] } {
  const runs = quoteRuns(text, start, end);
  const breaks: number[] = [];
  const complaints: Complaint[] = [];
  const readings = readDepths(runs, text.slice(start, runs[0]?.marks[0] ?? end).trim());
  runs.forEach((run, index) => {
    const { depths = [run.count], inferred = false } = readings[index] ?? {};
    addBreaks(text, run, depths, start, breaks);
    if (inferred) complaints.push(depthInferred(run, depths.at(-1) ?? run.count));
    if (run.tail === undefined) return;
    breaks.push(run.tail);
    complaints.push(tailInferred(run.tail));
  });
  for (const one of signatureBreaks(text, runs.at(-1)?.marks.at(-1) ?? start, end)) breaks.push(one);
  const inOrder = [...new Set(breaks)].sort((a, b) => a - b);
  return { breaks: inOrder, complaints: complaints.slice(0, MOST_COMPLAINTS) };
}

function quoteRuns(text: string, start: number, end: number): Run[] {
  const found = markRuns(text, start, end).slice(0, MOST_RUNS);
  if (found.length < 3 && found[0]?.marks[0] !== start) return [];
  return found.map(({ marks, end: textStart }, index) => {
    const textEnd = found[index + 1]?.marks[0] ?? end;
    const own = text.slice(textStart, textEnd).trim();
    const tail = own.length > WIDEST ? quoteTail(text.slice(textStart, textStart + 80), textStart) : undefined;
    return { marks, count: marks.length, text: own, endsQuote: tail !== undefined, ...(tail ? { tail } : {}) };
  });
}

/** The unit before the first mark of each line is the space that stands for the lost line end. */
function addBreaks(text: string, run: Run, depths: readonly number[], start: number, breaks: number[]): void {
  let mark = 0;
  for (const depth of depths) {
    const at = run.marks[mark];
    if (at !== undefined && at > start && /\s/.test(text[at - 1] ?? '')) breaks.push(at - 1);
    mark += depth;
  }
}

/**
 * A quoted line far wider than any mailer writes has swallowed what came after the quote. It is cut behind the last sentence that ends
 * within the width of a line; without such a place it is left alone.
 */
function quoteTail(line: string, from: number): number | undefined {
  let tail: number | undefined;
  for (const match of line.matchAll(/[.?!:] (?=[A-Z])/g)) tail = from + match.index + 1;
  return tail;
}

function signatureBreaks(text: string, from: number, end: number): number[] {
  const at = text.lastIndexOf(' -- ', end);
  return at > from && end - at <= 200 ? [at, at + 3] : [];
}

function depthInferred(run: Run, depth: number): Complaint {
  return {
    ruleId: 'quote-depth-inferred',
    reason: `The quote marks here can be read in more than one way; depth ${depth} is the likely one.`,
    severity: 'info',
    start: run.marks[0] ?? 0,
    end: (run.marks.at(-1) ?? 0) + 1,
  };
}

function tailInferred(at: number): Complaint {
  return {
    ruleId: 'quote-end-inferred',
    reason: 'The quote ends somewhere in this line without a mark; the reply is taken to begin here.',
    severity: 'info',
    start: at,
    end: at + 1,
  };
}
