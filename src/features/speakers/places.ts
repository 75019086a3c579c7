import { nodesAt, type Span, walk } from '#mailast';
import { displayName } from '#reading';
import { plainLine } from '../markdown.ts';
import type { Place } from '../plain.ts';
import type { Page, Reading } from '../reading.ts';

/**
 * Where the same person speaks in a message as at a quote mark, an attribution or the sender's own name: the marks of the quotes, the attributions, the
 * name of the sender. Empty elsewhere: words have meanings of their own.
 */
export function speakerPlaces(reading: Reading, offset: number): Place[] {
  const index = reading.mailbox.messageAt(offset);
  const page = index === undefined ? undefined : reading.page(index);
  const readable = page?.message.way.toReadable(offset);
  if (!page || readable === undefined) return [];
  const speaker = speakerPointedAt(page, readable);
  return speaker === undefined ? [] : spansOf(page, speaker).map((span) => page.place(span));
}

function speakerPointedAt(page: Page, readable: number): string | undefined {
  const node = nodesAt(page.message.tree, readable).find(
    ({ type }) => type === 'attribution' || type === 'headerField',
  );
  if (node?.type === 'attribution') return node.author === 'I' ? page.voices.author : node.author;
  if (node?.type === 'headerField') return node.name.toLowerCase() === 'from' ? displayName(node.value) : undefined;
  const row = page.body.point(readable)?.line;
  const line = row === undefined ? undefined : page.body.lines[row - 1];
  return line && line.depth > 0 && readable < line.own ? page.speakerAt(line.own) : undefined;
}

function spansOf(page: Page, speaker: string): Span[] {
  const found: Span[] = [];
  walk(page.message.tree, (node) => {
    const { start, end } = node.position;
    const isName =
      node.type === 'headerField' && node.name.toLowerCase() === 'from' && displayName(node.value) === speaker;
    const isAttribution = node.type === 'attribution' && node.author === speaker;
    if (isName || isAttribution) found.push({ start: start.offset, end: end.offset });
    return ['paragraph', 'diff', 'listing', 'headerField'].includes(node.type) ? 'skip' : undefined;
  });
  for (const line of page.body.lines) {
    if (line.depth > 0 && line.own > line.start && page.speakerAt(Math.min(line.own, line.end - 1)) === speaker)
      found.push({ start: line.start, end: line.own });
  }
  return found;
}

/** Who is quoted on the line of an offset of the source; absent for lines that quote nobody, or nobody who is named. */
export function speakerOfQuote(reading: Reading, offset: number): string | undefined {
  const index = reading.mailbox.messageAt(offset);
  const page = index === undefined ? undefined : reading.page(index);
  const readable = page?.message.way.toReadable(offset);
  const row = readable === undefined ? undefined : page?.body.point(readable)?.line;
  const line = row === undefined ? undefined : page?.body.lines[row - 1];
  const speaker = line && line.depth > 0 ? page?.speakerAt(Math.min(line.own, line.end - 1)) : undefined;
  return speaker === undefined ? undefined : plainLine(speaker);
}
