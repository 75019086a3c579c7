import { isParent, type LineTable, lineTable, type MailNode, type MailParent, type Source, walk } from '#mailast';
import { type Mailbox, type MessageReading, openMailbox } from '#parse';

const FLOW = [
  'quote',
  'attribution',
  'paragraph',
  'listing',
  'heading',
  'divider',
  'footnoteDefinition',
  'trailers',
  'signature',
  'diffstat',
  'diff',
];
const PHRASING = ['text', 'link', 'footnoteReference', 'messageReference', 'commitReference'];

/** What may stand in what: the tables of the tree's specification. */
const CHILDREN: Readonly<Record<string, readonly string[]>> = {
  message: ['furniture', 'header', 'body'],
  header: ['headerField'],
  body: ['part', 'furniture'],
  part: [...FLOW, 'message', 'part'],
  quote: FLOW,
  attribution: ['line'],
  paragraph: ['line'],
  listing: ['line'],
  heading: ['line'],
  footnoteDefinition: ['line'],
  signature: ['line'],
  diffstat: ['line'],
  trailers: ['trailer'],
  diff: ['diffFile'],
  diffFile: ['diffHeader', 'hunk'],
  hunk: ['hunkLine'],
  line: PHRASING,
};

const LITERALS = new Set([...PHRASING, 'furniture', 'divider', 'diffHeader', 'hunkLine']);

/** Reads a source whole and gives every message; throws an error that names the first invariant that does not hold. */
export function readChecked(source: Source): { mailbox: Mailbox; messages: MessageReading[] } {
  const mailbox = openMailbox(source);
  let end = 0;
  mailbox.spans.forEach((span, index) => {
    demand(
      end <= span.start && span.start <= span.end && span.end <= source.text.length,
      `message ${index} is misplaced`,
    );
    demand(span.start === span.end || mailbox.messageAt(span.start) === index, `message ${index} is not at its start`);
    end = span.end;
  });
  for (const { start = 0, end: to = start } of mailbox.complaints) {
    demand(0 <= start && start <= to && to <= source.text.length, 'a complaint about the source is misplaced');
  }
  const messages = mailbox.spans.map((_, index) => mailbox.message(index));
  for (const message of messages) {
    checkTree(message);
    checkWay(source, message);
  }
  return { mailbox, messages };
}

function demand(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new Error(otherwise);
}

function checkTree({ tree, text, complaints }: MessageReading): void {
  const table = lineTable(text);
  walk(tree, (node, parents) => {
    checkPlace(node, parents.at(-1), table);
    checkKind(node, parents, text);
    if (isParent(node)) checkSiblings(node);
    return undefined;
  });
  for (const { ruleId, start = 0, end = start } of complaints) {
    demand(0 <= start && start <= end && end <= text.length, `${ruleId} is outside the text`);
  }
}

function checkPlace(node: MailNode, parent: MailParent | undefined, table: LineTable): void {
  const { start, end } = node.position;
  const where = `${node.type} at ${start.offset}-${end.offset}`;
  demand(start.offset <= end.offset, `${where} ends before it begins`);
  for (const point of [start, end]) {
    const right = table.point(point.offset);
    demand(
      right.line === point.line && right.column === point.column,
      `${where}: ${point.line}:${point.column} should be ${right.line}:${right.column}`,
    );
  }
  if (!parent) return;
  const inside = parent.position.start.offset <= start.offset && end.offset <= parent.position.end.offset;
  demand(inside, `${where} is not inside its ${parent.type}`);
}

function checkSiblings(parent: MailParent): void {
  let end = parent.position.start.offset;
  for (const child of parent.children) {
    demand(end <= child.position.start.offset, `${child.type} at ${child.position.start.offset} overlaps its sibling`);
    end = child.position.end.offset;
  }
  if (parent.type !== 'line') return;
  let at = parent.position.start.offset;
  for (const child of parent.children) {
    demand(child.position.start.offset === at, `a line is not covered at ${at}`);
    at = child.position.end.offset;
  }
  demand(at === parent.position.end.offset, `a line is not covered at its end, ${at}`);
}

function checkKind(node: MailNode, parents: readonly MailParent[], text: string): void {
  const parent = parents.at(-1);
  if (parent) demand(CHILDREN[parent.type]?.includes(node.type) === true, `${node.type} stands in ${parent.type}`);
  const slice = text.slice(node.position.start.offset, node.position.end.offset);
  if (LITERALS.has(node.type) && 'value' in node) {
    demand(node.value === slice, `${node.type} says ${JSON.stringify(node.value)} for ${JSON.stringify(slice)}`);
  }
  if (node.type === 'quote') {
    const quotes = parents.filter((one) => one.type === 'quote').length;
    demand(node.depth === quotes + 1, `a quote in ${quotes} quotes says depth ${node.depth}`);
    demand(node.depth <= 64 && slice.startsWith('>'), 'a quote begins without its mark, or is too deep');
    demand(node.children.length > 0, 'a quote is empty');
  }
  for (const [key, value] of Object.entries(node)) demand(value !== undefined && value !== null, `${key} is no value`);
}

/** Every unit of the readable text leads back into the message's own stretch of the source, in order, and forth again. */
function checkWay(source: Source, { text, way, span }: MessageReading): void {
  let previous = { start: span.start, end: span.start };
  const step = Math.max(1, Math.floor(text.length / 4000));
  for (let at = 0; at < text.length; at += step) {
    const back = way.toSource(at, at + 1);
    const where = `readable ${at} (source ${back.start}-${back.end})`;
    demand(
      span.start <= back.start && back.start < back.end && back.end <= span.end,
      `${where} leads out of ${span.end}`,
    );
    demand(previous.start <= back.start && previous.end <= back.end, `${where} goes back behind ${previous.start}`);
    const forth = way.toReadable(back.start);
    demand(forth !== undefined && forth <= at, `${where} leads forth to ${forth}`);
    const again = way.toSource(forth, forth + 1);
    demand(again.start === back.start && again.end === back.end, `${where} comes back as ${again.start}-${again.end}`);
    const reach = Math.min(text.length, at + 1 + (at % 7));
    const long = way.toSource(at, reach);
    demand(long.start === back.start && long.end === way.toSource(reach - 1, reach).end, `${where} has a broken span`);
    if (back.end - back.start === 1 && forth === at) {
      const unit = source.text.charCodeAt(back.start);
      const same = text.charCodeAt(at) === unit || unit > 127 || unit === 95;
      demand(same || isEncoded(source, back.start), `${where} reads ${text[at]} for ${source.text[back.start]}`);
    }
    previous = back;
  }
  demand(way.toReadable(source.text.length) === undefined, 'the end of the source is readable');
}

/** A space stands for a lost line end in flattened mail; a base64 unit stands for a piece of a character. */
function isEncoded(source: Source, at: number): boolean {
  return /\s/.test(source.text.charAt(at));
}
