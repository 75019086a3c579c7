import type { ReadableMessage } from '#decode';
import type { Body, Complaint, Flow, Furniture, Message, Span } from '#mailast';
import { definedLabel } from './blocks/footnote.ts';
import { readFlow } from './flow.ts';
import { headerNode } from './header-node.ts';
import { MOST_LINES } from './limits.ts';
import { type LineHeads, lineHeads } from './line-heads.ts';
import { partNode } from './part-nodes.ts';
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
  const heads = lineHeads(readable.text, readable.body, readable.stripped);
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
  const header = headerNode(fields, placing);
  return [...above.map(node), ...(header ? [header] : []), ...below.map(node)];
}

function furnitureNode({ text }: ReadableMessage, { start, end }: Span, placing: Placing): Furniture {
  return { type: 'furniture', value: text.slice(start, end), position: placing.position(start, end) };
}

function bodyNode(reading: Reading): Body {
  const { readable, placing } = reading;
  const { body, parts } = readable;
  const [only] = parts;
  const children = only?.text && parts.length === 1 ? stretches(reading) : [];
  const root = children.length > 0 ? undefined : partNode(parts, placing, (text) => flowIn(reading, text));
  if (root) children.push(root);
  return { type: 'body', position: placing.position(body.start, body.end), children };
}

/** A body of one part that an archive page parted: a part for each stretch between furniture that holds more than white space. */
function stretches(reading: Reading): Body['children'] {
  const { readable, placing } = reading;
  const { body, text, aside, mediaType } = readable;
  const children: Body['children'] = [];
  let at = body.start;
  for (const span of [...aside, { start: body.end, end: body.end }]) {
    if (/\S/.test(text.slice(at, span.start))) {
      const position = placing.position(at, span.start);
      children.push({ type: 'part', mediaType, position, children: flowIn(reading, { start: at, end: span.start }) });
    }
    if (span.end > span.start) children.push(furnitureNode(readable, span, placing));
    at = span.end;
  }
  return children;
}

function flowIn({ readable, heads, placing, limit }: Reading, { start, end }: Span): Flow[] {
  if (end <= start) return [];
  const { table } = heads;
  // What stands behind furniture begins at the end of the furniture's last line; its own lines begin with the next one.
  const startLine = table.at(start);
  const first = start > readable.body.start && table.start(startLine) < start ? startLine + 1 : startLine;
  return readFlow(heads, { start: first, end: Math.min(table.at(end - 1) + 1, limit) }, placing);
}
