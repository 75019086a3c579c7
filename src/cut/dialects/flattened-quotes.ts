import type { Complaint } from '#mailast';
import { markRuns } from './quote-marks.ts';

/** A run of quote marks in flattened text: ` > > >`. Offsets of its marks, and the text up to the next run. */
interface Run {
  marks: number[];
  textEnd: number;
  text: string;
}

interface Reading {
  /** How many lines the run stands for, as depths: empty quoted lines first, the line of the text last. */
  depths: number[];
  inferred: boolean;
}

/** A text of this many units was probably broken by a mailer, so the next line goes on at the same depth. */
const WRAPPED = 45;
/** Mailers break lines at 72 to 80 columns; a longer "line" has swallowed the end of its quote. */
const WIDEST = 100;

/**
 * Where flattened text lost its line ends. `> > > >` may be one line four deep or an empty line and a line two deep each: what stands around
 * it decides (attributions open one level, a wrapped line goes on at its depth), and what is only likely is said.
 */
export function quoteBreaks(text: string, start: number, end: number): { breaks: number[]; complaints: Complaint[] } {
  const runs = quoteRuns(text, start, end);
  const breaks: number[] = [];
  const complaints: Complaint[] = [];
  let previousDepth = 0;
  let deepest = 1;
  let previousText = text.slice(start, runs[0]?.marks[0] ?? end).trim();
  runs.forEach((run, index) => {
    const afterAttribution = /\bwrote:$/.test(previousText.slice(-8));
    if (afterAttribution) deepest = Math.max(deepest, previousDepth + 1);
    const place = { previousDepth, previousText, afterAttribution, deepest, nextMarks: runs[index + 1]?.marks.length };
    const { depths, inferred } = readRun(run, place);
    addBreaks(text, run, depths, start, breaks);
    previousDepth = depths.at(-1) ?? run.marks.length;
    previousText = run.text;
    if (inferred) complaints.push(depthInferred(run, previousDepth));
    const tail = quoteTail(run, text);
    if (tail !== undefined) {
      breaks.push(tail);
      previousDepth = 0;
      complaints.push(tailInferred(tail));
    }
  });
  breaks.push(...signatureBreaks(text, runs.at(-1)?.marks.at(-1) ?? start, end));
  return { breaks: [...new Set(breaks)].sort((a, b) => a - b), complaints };
}

function quoteRuns(text: string, start: number, end: number): Run[] {
  const found = markRuns(text, start, end);
  if (found.length < 3 && found[0]?.marks[0] !== start) return [];
  return found.map(({ marks, end: textStart }, index) => {
    const textEnd = found[index + 1]?.marks[0] ?? end;
    return { marks, textEnd, text: text.slice(textStart, textEnd).trim() };
  });
}

interface Place {
  previousDepth: number;
  previousText: string;
  afterAttribution: boolean;
  deepest: number;
  nextMarks: number | undefined;
}

function readRun(run: Run, place: Place): Reading {
  const count = run.marks.length;
  const { previousDepth, deepest, nextMarks } = place;
  const certain = (...depths: number[]): Reading => ({ depths, inferred: false });
  const likely = (...depths: number[]): Reading => ({ depths, inferred: true });
  const endsSentence = /[.?!:;)]$/.test(run.text);
  const wraps = run.text.length >= WRAPPED && !endsSentence;
  if (place.afterAttribution && count === previousDepth + 1) return certain(count);
  if (count === previousDepth && place.previousText.length >= WRAPPED && !/[.?!:;]$/.test(place.previousText)) {
    return certain(count);
  }
  if (wraps && nextMarks !== undefined && nextMarks < count && nextMarks <= deepest) {
    return certain(...empties(count - nextMarks, previousDepth, nextMarks), nextMarks);
  }
  if (count <= deepest && wraps && nextMarks === count) return certain(count);
  if (count === previousDepth) return certain(count);
  if (count === 2 && previousDepth === 1) return deepest >= 2 ? likely(1, 1) : certain(1, 1);
  if (count % 2 === 0 && count / 2 <= deepest) {
    const half = count / 2;
    return count > deepest && half === previousDepth ? certain(half, half) : likely(half, half);
  }
  if (count <= deepest) return count === 1 ? certain(1) : likely(count);
  const depth = count > previousDepth && previousDepth > 0 ? previousDepth : Math.min(count, deepest);
  return likely(...empties(count - depth, previousDepth, depth), depth);
}

/** Splits `count` marks into empty quoted lines, each as deep as the line before or the line after where that fits. */
function empties(count: number, before: number, after: number): number[] {
  if (count <= 0) return [];
  if (count === before || count === after) return [count];
  for (const first of [before, after]) {
    if (first > 0 && first < count && (count - first === before || count - first === after))
      return [first, count - first];
  }
  return [count];
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
function quoteTail(run: Run, text: string): number | undefined {
  if (run.text.length <= WIDEST || run.textEnd - (run.marks[0] ?? 0) <= WIDEST) return undefined;
  const from = (run.marks.at(-1) ?? 0) + 1;
  const line = text.slice(from, from + 80);
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
