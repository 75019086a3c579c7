import type { Diff, DiffFile, Flow, HeaderField, MailNode, Message, Part, Quote, Span } from '#mailast';
import { attachmentsOf } from './attachments.ts';
import { changesOf } from './changes.ts';
import { plainLine } from './markdown.ts';
import type { Attachment, OutlineItem } from './plain.ts';
import type { Page, Reading } from './reading.ts';

/** Thread > message > quotes, headings, files and hunks: what a reader jumps to. */
export function outline(reading: Reading): OutlineItem[] {
  const items: OutlineItem[] = [];
  for (let index = 0; index < reading.messages; index++) {
    const page = reading.page(index);
    if (page) items.push(messageItem(page));
  }
  return items;
}

function messageItem(page: Page): OutlineItem {
  const { tree, span } = page.message;
  const place = { start: span.start, end: span.end };
  const subject = subjectOf(tree);
  return {
    name: named(page.subject ?? '', '(no subject)'),
    detail: plainLine(page.voices.author ?? ''),
    kind: 'message',
    place,
    nameplate: subject ? page.place(spanOf(subject)) : { start: place.start, end: place.start },
    children: messageChildren(page, tree),
  };
}

function messageChildren(page: Page, tree: Message): OutlineItem[] {
  const attached = new Map(attachmentsOf(page).map((one) => [page.message.readable.parts[one.part]?.start ?? -1, one]));
  return bodyItems(page, tree, attached);
}

/** Attachments by where their parts begin in the readable text: a part that has a line begins with it. */
type Attached = ReadonlyMap<number, Attachment>;

function bodyItems(page: Page, message: Message, attached: Attached): OutlineItem[] {
  const body = message.children.find((child) => child.type === 'body');
  return (body?.children ?? []).flatMap((part) => (part.type === 'part' ? partItems(page, part, attached) : []));
}

/** What a part holds, under its name when it has one. Calls itself as deep as parts nest: at most 20 levels. */
function partItems(page: Page, part: Part, attached: Attached): OutlineItem[] {
  const children = part.children.flatMap((child) => {
    if (child.type === 'part') return partItems(page, child, attached);
    return child.type === 'message' ? bodyItems(page, child, attached) : flowItems(page, child, 1);
  });
  const attachment = attached.get(part.position.start.offset);
  return attachment ? [{ ...attachmentItem(page, part, attachment), children }] : children;
}

function attachmentItem(page: Page, part: Part, { name, type, size, omitted, place }: Attachment): OutlineItem {
  const message = part.children.find((child) => child.type === 'message');
  const subject = message && subjectOf(message)?.value;
  const whole = page.place(spanOf(part));
  return {
    name: named(subject ?? name, 'Attachment'),
    detail: [type, size, ...(omitted === undefined ? [] : ['not shown'])].join(', '),
    kind: 'part',
    place: { start: Math.min(whole.start, place.start), end: Math.max(whole.end, place.end) },
    nameplate: { start: place.start, end: place.start },
    children: [],
  };
}

function subjectOf(message: Message): HeaderField | undefined {
  const header = message.children.find((child) => child.type === 'header');
  return header?.children.find((field) => field.name.toLowerCase() === 'subject');
}

/** Quotes nest to 64 levels; an outline deeper than so many is of no use. */
const DEEPEST = 12;

function flowItems(page: Page, node: Flow, level: number): OutlineItem[] {
  switch (node.type) {
    case 'quote':
      return level > DEEPEST ? [] : [quoteItem(page, node, level)];
    case 'heading':
      return [item(page, node, 'heading', named(sliceOf(page, node).split('\n')[0] ?? '', 'Heading'), '')];
    case 'trailers':
      return [item(page, node, 'trailers', 'Trailers', node.children.map((trailer) => trailer.token).join(', '))];
    case 'diff':
      return diffItems(page, node);
    default:
      return [];
  }
}

function quoteItem(page: Page, quote: Quote, level: number): OutlineItem {
  const speaker = page.voices.quotes.get(quote);
  const lines = quote.position.end.line - quote.position.start.line + 1;
  const children = quote.children.flatMap((child) => flowItems(page, child, level + 1));
  const name = speaker === undefined ? 'Quote' : plainLine(speaker);
  return { ...item(page, quote, 'quote', name, lines === 1 ? '1 line' : `${lines} lines`), children };
}

function diffItems(page: Page, diff: Diff): OutlineItem[] {
  return diff.children.map((file) => ({
    ...item(page, file, 'file', fileName(file), fileDetail(file)),
    children: hunkItems(page, file),
  }));
}

function fileName(file: DiffFile): string {
  return named(file.after ?? file.before ?? '', '(unnamed file)');
}

/** `renamed from cold.c, +1 -1`, `new, +3`, `binary`: what happens to a file, in a few words. */
function fileDetail(file: DiffFile): string {
  const { added, removed } = changesOf(file);
  const details: string[] = [];
  if (file.continues) details.push('continued');
  if (file.moved !== undefined && file.before !== undefined) details.push(`${file.moved} from ${file.before}`);
  if (file.before === undefined && file.after !== undefined && isEmpty(file, 'before')) details.push('new');
  if (file.after === undefined && file.before !== undefined && isEmpty(file, 'after')) details.push('deleted');
  if (file.beforeMode !== undefined && file.afterMode !== undefined) {
    details.push(`mode ${file.beforeMode} to ${file.afterMode}`);
  }
  if (file.binary) details.push('binary');
  const isTold = details.length > 0 && !file.continues;
  if (added > 0 || removed > 0 || !isTold) details.push(`+${added} \u2212${removed}`);
  return details.join(', ');
}

/** Whether no hunk has lines on a side: where one has, only the name of that side is missing in a quote. */
function isEmpty(file: DiffFile, side: 'before' | 'after'): boolean {
  const lines = side === 'before' ? 'beforeLines' : 'afterLines';
  return file.children.every((child) => child.type !== 'hunk' || (child[lines] ?? 0) === 0);
}

function hunkItems(page: Page, file: DiffFile): OutlineItem[] {
  return file.children.flatMap((hunk) => {
    if (hunk.type !== 'hunk') return [];
    const line = hunk.afterStart === undefined ? undefined : `line ${hunk.afterStart}`;
    const otherwise = hunk.continues ? 'the hunk above, continued' : 'a hunk without its header';
    const name = hunk.section ? plainLine(hunk.section) : (line ?? otherwise);
    const detail = hunk.continues ? ['continued', ...(line ? [line] : [])].join(', ') : (line ?? '');
    return [item(page, hunk, 'hunk', name, detail)];
  });
}

function item(page: Page, node: MailNode, kind: OutlineItem['kind'], name: string, detail: string): OutlineItem {
  const place = page.place(spanOf(node));
  const firstLine = sliceOf(page, node).indexOf('\n');
  const { start } = node.position;
  const nameplate = firstLine === -1 ? place : page.place({ start: start.offset, end: start.offset + firstLine });
  return { name, detail: plainLine(detail), kind, place, nameplate, children: [] };
}

function named(name: string, otherwise: string): string {
  return plainLine(name).slice(0, 200) || otherwise;
}

function spanOf(node: MailNode): Span {
  return { start: node.position.start.offset, end: node.position.end.offset };
}

function sliceOf(page: Page, node: MailNode): string {
  return page.message.text.slice(node.position.start.offset, node.position.end.offset);
}
