import { lineTable } from '#mailast';
import type { Place } from '../plain.ts';
import type { Page, Reading } from '../reading.ts';

/** One message as a document of its own: decoded, with a short header. Each line leads back to the source. */
export interface ReadingView {
  text: string;
  title: string;
  /** Where line `line` (from 0) of the view stands in the source. */
  sourceOf(line: number): Place;
}

/** The fields a reader wants to see above a message, in this order. */
const SHORT_HEADER = ['from', 'to', 'cc', 'date', 'subject', 'message-id'];
/** The same where one message follows the other: what it answers says where it belongs. */
export const SHORTER_HEADER = ['from', 'date', 'subject', 'in-reply-to', 'message-id'];

/** The reading view of message `index`; absent when there is no such message. */
export function readingView(reading: Reading, index: number): ReadingView | undefined {
  const page = reading.page(index);
  return page && readPage(page, `Message ${index + 1}`);
}

/** The reading view of a message that is read by itself. */
export function readPage(page: Page, untitled = 'Message'): ReadingView {
  const lines = viewLines(page, SHORT_HEADER);
  return {
    text: lines.map((line) => line.text).join('\n'),
    title: page.subject ?? untitled,
    sourceOf: (line) => lines[Math.min(Math.max(line, 0), lines.length - 1)]?.place ?? page.message.span,
  };
}

export interface ViewLine {
  text: string;
  place: Place;
}

/** A message with those fields of its header that are named, in small letters. */
export function viewLines(page: Page, names: readonly string[]): ViewLine[] {
  const { message } = page;
  const header = message.tree.children.find((child) => child.type === 'header');
  const fields = (header?.children ?? [])
    .filter((field) => names.includes(field.name.toLowerCase()))
    .sort((a, b) => names.indexOf(a.name.toLowerCase()) - names.indexOf(b.name.toLowerCase()));
  const lines: ViewLine[] = fields.map((field) => ({
    text: `${field.name}: ${field.value}`,
    place: page.place({ start: field.position.start.offset, end: field.position.end.offset }),
  }));
  const { body } = message.readable;
  if (lines.length > 0) lines.push({ text: '', place: page.place({ start: body.start, end: body.start }) });
  return lines.concat(bodyLines(page));
}

/** The body without the archive page's furniture; of a message in a part the short header. */
function bodyLines(page: Page): ViewLine[] {
  const { text, readable } = page.message;
  const table = lineTable(text);
  const hidden = hiddenLines(page);
  const lines: ViewLine[] = [];
  for (let line = table.at(readable.body.start); line < table.count; line++) {
    const start = table.start(line);
    const end = table.end(line);
    if (hidden(start, end)) continue;
    lines.push({ text: text.slice(start, end), place: page.place({ start, end: Math.max(end, start) }) });
  }
  while (lines[0]?.text.trim() === '') lines.shift();
  while (lines.at(-1)?.text.trim() === '') lines.pop();
  return lines;
}

/** Tells whether a line is not shown: furniture, a field of a message in a part that readers do not ask for. Lines are asked in order. */
function hiddenLines({ message: { readable } }: Page): (start: number, end: number) => boolean {
  const fields = readable.parts.flatMap((part) => part.fields);
  const unasked = fields.filter(({ name }) => !SHORT_HEADER.includes(name.toLowerCase()));
  const spans = [...readable.furniture, ...unasked].sort((a, b) => a.start - b.start);
  let next = 0;
  return (start, end) => {
    while ((spans[next]?.end ?? Number.POSITIVE_INFINITY) < end) next++;
    const span = spans[next];
    return span !== undefined && span.start <= start && end <= span.end && span.end > start;
  };
}
