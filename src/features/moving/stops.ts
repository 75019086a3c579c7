import type { BodyLine } from '#reading';
import type { Review } from '../argument/index.ts';
import type { Place } from '../plain.ts';
import type { Page, Reading } from '../reading.ts';
import type { Progress } from '../terms/index.ts';
import { OthersWords } from './others-words.ts';

/** What a reader goes to: the beginning of a message, of one that is a patch, or of words that are not quoted. */
export type StopKind = 'message' | 'patch' | 'newText';

/** Forward or back. */
type Step = 1 | -1;

/**
 * The first place of a kind that begins behind an offset of the source, or with -1 the last one that begins before it. Absent when there is none. Pauses
 * after each message that it looks at.
 */
export function* nextStop(
  reading: Reading,
  offset: number,
  kind: StopKind,
  step: Step,
): Generator<Progress, Place | undefined> {
  const { spans } = reading.mailbox;
  const here = messageBefore(reading, offset);
  for (let index = Math.max(here, 0), done = 0; index >= 0 && index < spans.length; index += step) {
    const found = nearest(stopsOf(reading, index, kind), offset, step);
    if (found) return found;
    yield { done: ++done, total: spans.length };
  }
  return undefined;
}

/** The message that holds an offset, or else the last one above it; -1 above all of them. */
function messageBefore({ mailbox }: Reading, offset: number): number {
  return mailbox.messageAt(offset) ?? mailbox.spans.findLastIndex(({ start }) => start <= offset);
}

/** The remark of a review that is next; approval is no remark to look at. */
export function nextRemark({ patches }: Review, offset: number, step: Step): Place | undefined {
  const places = patches.flatMap(({ remarks }) =>
    remarks.flatMap(({ status, place }) => (status === 'approves' || isElsewhere(place) ? [] : [place])),
  );
  places.sort((one, other) => one.start - other.start);
  return nearest(places, offset, step);
}

/** A place of another file that holds the thread, too. */
function isElsewhere(place: Place): boolean {
  return 'source' in place && place.source !== undefined;
}

function nearest(places: readonly Place[], offset: number, step: Step): Place | undefined {
  return step === 1 ? places.find(({ start }) => start > offset) : places.findLast(({ start }) => start < offset);
}

function stopsOf(reading: Reading, index: number, kind: StopKind): Place[] {
  const start = reading.mailbox.spans[index]?.start ?? 0;
  const message = { start, end: start };
  if (kind === 'message') return [message];
  const page = reading.page(index);
  if (kind === 'patch') return page?.kind === 'patch' ? [message] : [];
  return page ? newWords(page) : [];
}

const WORDS: ReadonlySet<BodyLine['kind']> = new Set(['text', 'listing', 'heading', 'footnote']);

/** The first line of each run of lines in the sender's own words. What parts two runs are lines of others, diffs and trailers; empty lines do not. */
function newWords(page: Page): Place[] {
  const others = new OthersWords(page);
  const found: Place[] = [];
  let inside = false;
  for (const line of page.body.lines) {
    if (line.kind === 'blank') continue;
    const isOwn = line.depth === 0 && WORDS.has(line.kind) && !others.holds(line.start);
    if (isOwn && !inside) found.push(page.place({ start: line.start, end: line.end }));
    inside = isOwn;
  }
  return found;
}
