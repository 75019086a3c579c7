import type { Complaint, Span } from '#mailast';
import type { FieldCut, MessageCut } from '../message-cut.ts';
import { project } from './html-projection.ts';

/** One message of a page saved as HTML. Spans are those of the HTML; `body` begins and ends between tags. */
export interface HtmlMessage {
  dialect: string;
  start: number;
  end: number;
  fields: readonly FieldCut[];
  /** Where the first field begins with its name; without it, where its value does. */
  top?: number;
  body: Span;
  markup?: 'html' | 'pre';
  /** What this page lost, in one sentence. */
  loss: string;
  stripped?: boolean;
  answers?: number;
  inside?: readonly Span[];
  complaints?: readonly Complaint[];
}

/** The cut of a message: what stands above its first field and below its body is the page's own. */
export function htmlCut(html: string, message: HtmlMessage): MessageCut {
  const { dialect, start, end, body, loss, markup = 'html' } = message;
  const fields = apart(message.fields, start, body.start);
  const top = outsideOfTag(html, start, message.top ?? fields[0]?.start ?? body.start);
  const bottom = lineEndBehind(html, Math.max(body.end, body.start));
  const furniture = [
    ...shown(html, start, Math.max(top, start)),
    ...(message.inside ?? []).flatMap((span) => wholeLines(html, span)),
    ...(isBehindLine(html, bottom) ? shown(html, bottom, end) : []),
  ];
  return {
    dialect,
    span: { start, end },
    fields,
    body: { start: body.start, end },
    furniture,
    breaks: [],
    escapedFrom: false,
    markup,
    complaints: [
      {
        ruleId: 'archive-page-loss',
        reason: loss,
        severity: 'info',
        start: fields[0]?.start ?? start,
        end: fields[0]?.end ?? start,
      },
      ...(message.complaints ?? []),
    ],
    ...(message.stripped ? { stripped: true } : {}),
    ...(message.answers === undefined ? {} : { answers: message.answers }),
  };
}

/** The fields in order, without those that hold a piece of another: a page that was changed may have such. */
function apart(given: readonly FieldCut[], from: number, to: number): FieldCut[] {
  const fields: FieldCut[] = [];
  let end = from - 1;
  for (const field of [...given].sort((a, b) => a.start - b.start)) {
    if (field.start <= end || field.end > to) continue;
    fields.push(field);
    end = field.end;
  }
  return fields;
}

/** The start of the tag or comment that holds `at`; `at` where none does. Looks back to `from`. */
function outsideOfTag(html: string, from: number, at: number): number {
  const before = html.slice(from, at);
  const comment = before.lastIndexOf('<!--');
  if (comment !== -1 && !before.includes('-->', comment)) return from + comment;
  const open = before.lastIndexOf('<');
  // A tag that ends here belongs to the field: pieces of a page do not touch.
  return open > before.lastIndexOf('>') || before.endsWith('>') ? from + Math.max(open, 0) : Math.max(at - 2, from);
}

/** [start, end) when it shows any text. */
function shown(html: string, start: number, end: number): Span[] {
  return end > start && project(html.slice(start, end)).text.trim() !== '' ? [{ start, end }] : [];
}

/** What stands between two pieces of HTML, the first of them at or behind `from`; absent when either is missing before `to`. */
export function between(html: string, open: string, close: string, from: number, to: number): Span | undefined {
  const at = html.indexOf(open, from);
  if (at === -1 || at >= to) return undefined;
  const start = at + open.length;
  const end = html.indexOf(close, start);
  return end === -1 || end > to ? undefined : { start, end };
}

/** The same by patterns that have the flags `gi`. */
export function betweenPatterns(html: string, open: RegExp, close: RegExp, from: number, to: number): Span | undefined {
  open.lastIndex = from;
  const first = open.exec(html);
  if (!first || first.index >= to) return undefined;
  const start = first.index + first[0].length;
  close.lastIndex = start;
  const last = close.exec(html);
  return last && last.index <= to ? { start, end: last.index } : undefined;
}

/** A piece of the page inside the text; where it shares a line with the text, it stays a part of that. */
function wholeLines(html: string, { start, end }: Span): Span[] {
  const last = lineEndBehind(html, end);
  return isBehindLine(html, start) && isBehindLine(html, last) ? [{ start, end: last }] : [];
}

/** Behind the end of the line at `at`, where only end tags stand before it. */
function lineEndBehind(html: string, at: number): number {
  const tags = /^(?:<\/[^<>]{1,40}>){0,10}(?:[ \t]{0,100}(?:\r?\n|<br\b[^<>]{0,40}>))?/i.exec(html.slice(at, at + 600));
  return at + (tags?.[0].length ?? 0);
}

/** Whether the text before `at` ends a line: at a line end, or at a tag that begins or ends one. */
function isBehindLine(html: string, at: number): boolean {
  const before = html.slice(Math.max(0, at - 600), at);
  return LINE_END.test(before);
}

const LINE_END = /(?:\n|<(?:br|hr|\/?(?:pre|p|div|li|ul|table|h\d))\b[^<>]{0,200}>)(?:<[^<>]{0,300}>){0,10}$/i;
