import { type HeaderField, nodesAt, type Span, walk } from '#mailast';
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
  if (node?.type === 'headerField') return isName(node, readable) ? displayName(node.value) : undefined;
  const row = page.body.point(readable)?.line;
  const line = row === undefined ? undefined : page.body.lines[row - 1];
  return line && line.depth > 0 && readable < line.own ? page.speakerAt(line.own) : undefined;
}

function isFrom({ name }: HeaderField): boolean {
  return name.toLowerCase() === 'from';
}

/** Whether an offset is in the value of the field that says whose a mail is. */
function isName(field: HeaderField, readable: number): boolean {
  return isFrom(field) && readable > field.position.start.offset + field.name.length;
}

function spansOf(page: Page, speaker: string): Span[] {
  const found: Span[] = [];
  walk(page.message.tree, (node) => {
    const { start, end } = node.position;
    if (node.type === 'headerField' && isFrom(node) && displayName(node.value) === speaker)
      found.push({ start: start.offset + node.name.length + 1, end: end.offset });
    if (node.type === 'attribution' && node.author === speaker) found.push({ start: start.offset, end: end.offset });
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
