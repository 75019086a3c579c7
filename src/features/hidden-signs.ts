import { type HeaderField, type MailNode, type Span, walk } from '#mailast';
import type { Place } from './plain.ts';
import type { Page, Reading } from './reading.ts';

/** A character that does not show as what it does: it turns text around, joins or hides, or moves a cursor. */
export interface HiddenSign {
  place: Place;
  /** `U+202E`. */
  code: string;
  /** It changes the order in which text is shown. */
  turns: boolean;
  where: 'name' | 'diff';
}

/** So many are told of one message. */
export const MOST_HIDDEN = 100;

/** Bidirectional controls and marks. */
const TURNS = /^[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]$/;
/**
 * Formatting, control and separating characters and fillers without a shape. Letters of any script beside them change nothing. Not: tab, the page break of source
 * files, and variation selectors, which only choose a shape.
 */
const HIDDEN = /[\p{Cf}\p{Zl}\p{Zp}\u115f\u1160\u3164\uffa0]|\u034f|(?![\t\n\f])\p{Cc}/gu;

/** Hidden characters in the diffs of a message and in the names of its header, where they deceive. In order, at most `MOST_HIDDEN`. */
export function hiddenSigns(reading: Reading, index: number): HiddenSign[] {
  const page = reading.page(index);
  if (!page) return [];
  const found: HiddenSign[] = [];
  walk(page.message.tree, (node) => {
    if (found.length >= MOST_HIDDEN) return 'skip';
    const where = whereOf(node);
    if (where) look(page, where === 'name' ? fieldValue(node, page.message.text) : spanOf(node), where, found);
    // The header lines of a diff are gaps between its nodes: the whole diff is looked through.
    return where || node.type === 'paragraph' ? 'skip' : undefined;
  });
  return found;
}

const NAMES: ReadonlySet<string> = new Set(['from', 'sender', 'reply-to', 'to', 'cc', 'subject']);

function whereOf(node: MailNode): HiddenSign['where'] | undefined {
  if (node.type === 'diff') return 'diff';
  if (node.type === 'attribution' || node.type === 'trailer') return 'name';
  return node.type === 'headerField' && NAMES.has(node.name.toLowerCase()) ? 'name' : undefined;
}

function spanOf({ position: { start, end } }: MailNode): Span {
  return { start: start.offset, end: end.offset };
}

/** Of a field what stands behind its name. */
function fieldValue(node: HeaderField | MailNode, text: string): Span {
  const span = spanOf(node);
  const colon = node.type === 'headerField' ? text.indexOf(':', span.start) + 1 : span.start;
  return { start: Math.min(Math.max(colon, span.start), span.end), end: span.end };
}

function look(page: Page, { start, end }: Span, where: HiddenSign['where'], found: HiddenSign[]): void {
  const text = page.message.text.slice(start, end);
  for (const { 0: sign, index } of text.matchAll(HIDDEN)) {
    const next = text[index + sign.length];
    // The first half of a line end, as patches of such files have it.
    if (sign === '\r' && (next === '\n' || next === undefined)) continue;
    if (found.length >= MOST_HIDDEN) return;
    const code = `U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
    const place = page.place({ start: start + index, end: start + index + sign.length });
    found.push({ place, code, turns: TURNS.test(sign), where });
  }
}
