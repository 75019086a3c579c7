import type { ReadableMessage } from '#decode';
import type { Body, Furniture, Header, Message, Part, Span } from '#mailast';
import { definedLabel } from './blocks/footnote.ts';
import { readFlow } from './flow.ts';
import { type LineHeads, lineHeads } from './line-heads.ts';
import { type Placing, placingOf } from './placing.ts';

/** Reads a readable message into its tree. Never fails. */
export function parse(readable: ReadableMessage): Message {
  const heads = lineHeads(readable.text, readable.body);
  const labels = definedLabels(heads, readable.body);
  const placing = placingOf(heads, labels);
  const { body, furniture, fields } = readable;
  const bars = furniture
    .filter((span) => span.start < body.start)
    .map((span) => furnitureNode(readable, span, placing));
  const firstField = fields[0]?.start ?? body.start;
  const above = bars.filter((bar) => bar.position.start.offset < firstField);
  const below = bars.filter((bar) => bar.position.start.offset >= firstField);
  const header = headerNode(readable, placing);
  return {
    type: 'message',
    position: placing.position(0, readable.text.length),
    children: [...above, ...(header ? [header] : []), ...below, bodyNode(readable, heads, placing, labels)],
  };
}

/** Which footnotes the message defines, so that `[1]` glued to a word can be told from an array index. */
function definedLabels(heads: LineHeads, body: Span): Set<string> {
  const labels = new Set<string>();
  for (let line = heads.table.at(body.start); line < heads.table.count; line++) {
    if (heads.text.charCodeAt(heads.start(line)) !== 91) continue;
    const label = definedLabel(heads.text.slice(heads.start(line), Math.min(heads.end(line), heads.start(line) + 40)));
    if (label !== undefined) labels.add(label);
  }
  return labels;
}

function headerNode({ fields }: ReadableMessage, placing: Placing): Header | undefined {
  const first = fields[0];
  const last = fields.at(-1);
  if (!first || !last) return undefined;
  return {
    type: 'header',
    position: placing.position(first.start, last.end),
    children: fields.map(({ name, value, start, end }) => ({
      type: 'headerField',
      name,
      value,
      position: placing.position(start, end),
    })),
  };
}

function furnitureNode({ text }: ReadableMessage, span: Span, placing: Placing): Furniture {
  return {
    type: 'furniture',
    value: text.slice(span.start, span.end),
    position: placing.position(span.start, span.end),
  };
}

/** The body: one part for each stretch between furniture that holds more than white space; always at least one. */
function bodyNode(readable: ReadableMessage, heads: LineHeads, placing: Placing, labels: ReadonlySet<string>): Body {
  const { body, text } = readable;
  const inside = readable.furniture.filter((span) => span.start >= body.start);
  const children: Body['children'] = [];
  let at = body.start;
  for (const span of [...inside, { start: body.end, end: body.end }]) {
    if (text.slice(at, span.start).trim() !== '')
      children.push(partNode(readable, { start: at, end: span.start }, heads, placing, labels));
    if (span.end > span.start) children.push(furnitureNode(readable, span, placing));
    at = span.end;
  }
  if (children.length === 0)
    children.push(partNode(readable, { start: body.end, end: body.end }, heads, placing, labels));
  return { type: 'body', position: placing.position(body.start, body.end), children };
}

function partNode(
  readable: ReadableMessage,
  span: Span,
  heads: LineHeads,
  placing: Placing,
  labels: ReadonlySet<string>,
): Part {
  const { table } = heads;
  const first =
    table.start(table.at(span.start)) < span.start && span.start > readable.body.start
      ? table.at(span.start) + 1
      : table.at(span.start);
  const last = table.at(Math.max(span.end - 1, span.start));
  const children = span.end > span.start ? readFlow(heads, { start: first, end: last + 1 }, placing, labels) : [];
  const position = placing.position(span.start, span.end);
  return { type: 'part', mediaType: readable.mediaType, position, children };
}
