import type { ReadableMessage } from '#decode';
import type { Body, Complaint, Furniture, Header, Message, Part, Span } from '#mailast';
import { definedLabel } from './blocks/footnote.ts';
import { readFlow } from './flow.ts';
import { MOST_LINES } from './limits.ts';
import { type LineHeads, lineHeads } from './line-heads.ts';
import { type Placing, placingOf } from './placing.ts';

export interface Parsed {
  tree: Message;
  /** Offsets in the readable text. */
  complaints: readonly Complaint[];
}

/** What is known while one message is read. */
interface Reading {
  readable: ReadableMessage;
  heads: LineHeads;
  placing: Placing;
  /** The first line that is not read any more. */
  limit: number;
}

/** Reads a readable message into its tree. Never fails. */
export function parse(readable: ReadableMessage): Parsed {
  const heads = lineHeads(readable.text, readable.body);
  const placing = placingOf(heads, definedLabels(heads, readable.body));
  const limit = Math.min(heads.table.count, heads.table.at(readable.body.start) + MOST_LINES);
  const reading: Reading = { readable, heads, placing, limit };
  const tree: Message = {
    type: 'message',
    position: placing.position(0, readable.text.length),
    children: [...aboveBody(reading), bodyNode(reading)],
  };
  return { tree, complaints: limit < heads.table.count ? [tooLong(heads.table.start(limit))] : [] };
}

function tooLong(at: number): Complaint {
  return {
    ruleId: 'message-too-long',
    reason: `This message has more than ${MOST_LINES} lines; from here on it is text without quotes, diffs and terms.`,
    severity: 'warning',
    start: at,
    end: at,
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

/** The header with the furniture above and below it. */
function aboveBody({ readable, placing }: Reading): Message['children'] {
  const { body, furniture, fields } = readable;
  const bars = furniture.filter((span) => span.start < body.start);
  const firstField = fields[0]?.start ?? body.start;
  const above = bars.filter((bar) => bar.start < firstField);
  const below = bars.filter((bar) => bar.start >= firstField);
  const node = (span: Span): Furniture => furnitureNode(readable, span, placing);
  const header = headerNode(readable, placing);
  return [...above.map(node), ...(header ? [header] : []), ...below.map(node)];
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

function furnitureNode({ text }: ReadableMessage, { start, end }: Span, placing: Placing): Furniture {
  return { type: 'furniture', value: text.slice(start, end), position: placing.position(start, end) };
}

/** The body: one part for each stretch between furniture that holds more than white space; always at least one. */
function bodyNode(reading: Reading): Body {
  const { readable, placing } = reading;
  const { body, text } = readable;
  const children: Body['children'] = [];
  let at = body.start;
  for (const span of [...readable.furniture, { start: body.end, end: body.end }]) {
    if (span.start < body.start) continue;
    if (/\S/.test(text.slice(at, span.start))) children.push(partNode(reading, { start: at, end: span.start }));
    if (span.end > span.start) children.push(furnitureNode(readable, span, placing));
    at = span.end;
  }
  if (children.length === 0) children.push(partNode(reading, { start: body.end, end: body.end }));
  return { type: 'body', position: placing.position(body.start, body.end), children };
}

function partNode({ readable, heads, placing, limit }: Reading, { start, end }: Span): Part {
  const { table } = heads;
  // A part behind furniture begins at the end of the furniture's last line; its own lines begin with the next one.
  const startLine = table.at(start);
  const first = start > readable.body.start && table.start(startLine) < start ? startLine + 1 : startLine;
  const last = Math.min(table.at(Math.max(end - 1, start)) + 1, limit);
  const children = end > start ? readFlow(heads, { start: first, end: last }, placing) : [];
  return { type: 'part', mediaType: readable.mediaType, position: placing.position(start, end), children };
}
