import type { BodyLine } from '#reading';
import { plainLine } from '../markdown.ts';
import type { Page, Reading } from '../reading.ts';
import { pagesBetween } from '../terms/meanings.ts';

/** Who speaks in a block of quoted lines that does not say so itself. */
export interface SpeakerHint {
  /** Where the words of its first line begin, behind the quote marks: an offset of the source. */
  at: number;
  speaker: string;
  depth: number;
}

/** So many lines above a stretch are looked at for the beginning of a block. */
const LOOK_BACK = 200;

/** The blocks that begin in [start, end) of the source. One below its attribution says already who speaks. */
export function speakerHints(reading: Reading, start: number, end: number): SpeakerHint[] {
  return [...pagesBetween(reading, start, end)].flatMap((page) =>
    pageHints(page, start, end).filter(({ at }) => at >= start && at < end),
  );
}

function pageHints(page: Page, start: number, end: number): SpeakerHint[] {
  const { lines } = page.body;
  const [first, last] = [rowAt(page, start) ?? 0, rowAt(page, end) ?? lines.length - 1];
  const hints: SpeakerHint[] = [];
  let above: BodyLine | undefined;
  for (let row = Math.max(0, first - LOOK_BACK); row <= last; row++) {
    const line = lines[row];
    if (!line || line.kind === 'blank') continue;
    const begins = above === undefined || above.depth !== line.depth;
    const isSaid = above?.kind === 'attribution' && above.depth === line.depth - 1;
    above = line;
    if (!begins || isSaid || line.depth === 0 || line.kind === 'attribution') continue;
    const speaker = page.speakerAt(line.own);
    const at = page.place({ start: line.own, end: line.end }).start;
    if (speaker !== undefined) hints.push({ at, speaker: plainLine(speaker), depth: line.depth });
  }
  return hints;
}

function rowAt(page: Page, offset: number): number | undefined {
  const readable = page.message.way.toReadable(offset);
  const line = readable === undefined ? undefined : page.body.point(readable)?.line;
  return line === undefined ? undefined : line - 1;
}
