import type { Span } from '#mailast';
import { cutHeader } from '../header.ts';
import type { FieldCut, MessageCut } from '../message-cut.ts';
import { betweenPatterns, htmlCut } from './html-cut.ts';
import { bareField, core } from './page.ts';

const LOSS =
  'A patchwork page shows the text of a patch apart from its diff, and of comments the name of the sender and the date only.';
const APART = 'On this page the diff of a patch stands behind the comments; it is read as a message of its own.';

/** A block of text with the line above it that names sender and date. */
interface Block {
  start: number;
  body: Span;
  meta?: Span;
  /** It is the diff of the patch. */
  patch: boolean;
}

/**
 * The source of a patchwork page: the whole header of the patch, its text, comments, and its diff last.
 *
 *     <div id="patch-headers" ...><pre>Date: ...</pre></div>
 *     <div class="submission-message"><div class="meta"><span>Ada Example</span> <span class="message-date">...</span></div>
 *     <pre class="content"> ... </pre>
 *     <div id="patch" class="patch"><pre class="content"> ... </pre>
 */
export function patchworkHtml(html: string): MessageCut[] | undefined {
  if (!/<table [^<>]{0,100}class="patch-?meta"|<div [^<>]{0,100}class="patch-headers"/i.test(html)) return undefined;
  const blocks = blocksOf(html);
  const first = blocks[0];
  if (!first) return undefined;
  const together = blocks.length === 2 && blocks[1]?.patch === true;
  const cutting = together ? [first] : blocks;
  return cutting.map((block, index) => {
    const end = cutting[index + 1]?.start ?? html.length;
    const diff = together ? blocks[1] : undefined;
    const { fields, top } = index === 0 ? submissionFields(html, first) : metaFields(html, block);
    return htmlCut(html, {
      dialect: 'patchwork',
      start: index === 0 ? 0 : block.start,
      end,
      fields,
      ...(top === undefined ? {} : { top }),
      body: { start: block.body.start, end: diff?.body.end ?? block.body.end },
      markup: 'pre',
      loss: LOSS,
      ...(diff ? { inside: [{ start: block.body.end, end: diff.body.start }] } : {}),
      ...(block.patch ? { complaints: [apart(block.start)] } : {}),
    });
  });
}

function apart(at: number) {
  return { ruleId: 'patch-behind-comments', reason: APART, severity: 'info' as const, start: at, end: at };
}

const CONTENT = /<pre class="content">\n?/gi;
const MOST_BLOCKS = 10_000;

function blocksOf(html: string): Block[] {
  const blocks: Block[] = [];
  let from = 0;
  for (let count = 0; count < MOST_BLOCKS; count++) {
    const body = betweenPatterns(html, CONTENT, /<\/pre>/gi, from, html.length);
    if (!body) break;
    const above = html.slice(from, body.start);
    const meta = betweenPatterns(above, /<div class="meta">/gi, /<\/div>|<pre\b/gi, 0, above.length);
    const outer = Math.max(
      above.lastIndexOf('<div class="submission-message"'),
      above.lastIndexOf('<div class="comment"'),
    );
    const patch = /<div [^<>]{0,40}(?:id|class)="patch"/i.test(above.slice(-400));
    const tag = patch ? above.lastIndexOf('<div ') : Math.max(outer, above.lastIndexOf('<pre '));
    blocks.push({
      start: from + Math.max(outer !== -1 && !patch ? outer : tag, 0),
      body,
      ...(meta ? { meta: { start: from + meta.start, end: from + meta.end } } : {}),
      patch,
    });
    from = body.end;
  }
  return blocks;
}

/** The header as it was sent stands on the page, hidden at first. */
function submissionFields(html: string, first: Block): Fields {
  const headers = betweenPatterns(
    html,
    /<div [^<>]{0,200}class="patch-headers"[^<>]{0,200}>\s{0,100}<pre\b[^<>]{0,200}>/gi,
    /<\/pre>/gi,
    0,
    first.start,
  );
  const title = betweenPatterns(html, /<h1>/gi, /<\/h1>/gi, 0, first.start);
  const subject = title ? [bareField('Subject', core(html, title))] : [];
  if (!headers) return { fields: [...subject, ...identity(html, first), ...metaFields(html, first).fields] };
  const { fields } = cutHeader(html, headers.start, headers.end);
  const bare = fields
    .filter(({ name }) => KEPT.test(name))
    .map(({ name, valueStart, end }) => bareField(name, { start: valueStart, end }));
  if (!bare.some(({ name }) => name.toLowerCase() === 'subject')) return { fields: [...subject, ...bare] };
  return { fields: bare, top: headers.start };
}

interface Fields {
  fields: readonly FieldCut[];
  top?: number;
}

/** Where the header does not stand on the page, a table names the Message-ID. */
function identity(html: string, first: Block): FieldCut[] {
  const id = betweenPatterns(html, /<th>Message ID<\/th>\s{0,100}<td>/gi, /<|\(/g, 0, first.start);
  return id ? [bareField('Message-ID', core(html, id))] : [];
}

/** What the text was encoded as in the mail does not hold for the page. */
const KEPT = /^(?!Content-|MIME-)/i;

/** `Ada Example` and `July 3, 2023, 10 a.m. UTC`. */
function metaFields(html: string, { meta }: Block): Fields {
  if (!meta) return { fields: [] };
  const date = betweenPatterns(
    html,
    /<span class="(?:message-date|pull-right)">/gi,
    / \||<\/span>/gi,
    meta.start,
    meta.end,
  );
  const end = date ? html.lastIndexOf('<span', date.start) : meta.end;
  const sender = bareField('From', core(html, { start: meta.start, end: Math.max(end, meta.start) }));
  return { fields: date ? [sender, bareField('Date', core(html, date))] : [sender] };
}
