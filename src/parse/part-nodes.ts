import type { ReadablePart } from '#decode';
import type { Body, Flow, Message, Part, Span } from '#mailast';
import { headerNode } from './header-node.ts';
import type { Placing } from './placing.ts';

/**
 * The parts of a message as nodes, nested: a part that holds parts has them as children; one that holds a message has a message of its own,
 * with its header and body. `flow` reads the text of a part.
 */
export function partNode(
  parts: readonly ReadablePart[],
  placing: Placing,
  flow: (text: Span) => Flow[],
): Part | undefined {
  const open: Open[] = [];
  let root: Part | undefined;
  for (const part of parts) {
    while ((open.at(-1)?.depth ?? -1) >= part.depth) open.pop();
    const node = nodeOf(part, placing, flow);
    const holder = open.at(-1);
    if (!holder) root ??= node;
    else if (holder.holds === 'message') holder.node.children.push(messageNode(part, node, placing));
    else holder.node.children.push(node);
    if (part.holds !== 'content') open.push({ depth: part.depth, holds: part.holds, node });
  }
  return root;
}

interface Open {
  depth: number;
  holds: ReadablePart['holds'];
  node: Part;
}

function nodeOf(part: ReadablePart, placing: Placing, flow: (text: Span) => Flow[]): Part {
  return {
    type: 'part',
    mediaType: part.mediaType,
    ...(part.filename === undefined ? {} : { filename: part.filename }),
    ...(part.omitted === undefined ? {} : { omitted: part.omitted }),
    // The header of a message in a part stands in its message, above its body.
    position: placing.position(bodyStart(part), part.end),
    children: part.text ? flow(part.text) : [],
  };
}

function bodyStart(part: ReadablePart): number {
  return part.bodyStart ?? part.start;
}

function messageNode(part: ReadablePart, node: Part, placing: Placing): Message {
  const header = headerNode(part.fields, placing);
  const body: Body = { type: 'body', position: node.position, children: [node] };
  return {
    type: 'message',
    position: placing.position(part.start, part.end),
    children: header ? [header, body] : [body],
  };
}
