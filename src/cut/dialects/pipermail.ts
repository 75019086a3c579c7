import type { Source, Span } from '#mailast';
import type { Dialect, FieldCut, MessageCut } from '../message-cut.ts';
import { bareField, core, footerStart, isStripped, type PageLine, pageCut, pageLines, trimmed } from './page.ts';

/**
 * A page of a pipermail archive (Mailman 2), saved as text: the subject, the sender with ` at ` in the address, and a date as C writes
 * it, each alone.
 *
 *     [PATCH] tea: warm the pot
 *     Ada Example ada at example.org
 *     Mon Jul  3 10:00:00 CEST 2023
 */
export const pipermail: Dialect = {
  name: 'pipermail',
  recognises: (head) => headOf(head) !== undefined,
  cut: (source) => [cutPage(source)],
};

const LOSS =
  'A pipermail page shows no Message-ID and no references, writes " at " in addresses, and drops the "Re:" of a subject.';
const STRIPPED = `${LOSS} White space at the start of lines and empty lines were lost too: hunks of a diff show fewer lines than they say.`;

const DATE =
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) [A-Z][a-z]{2} {1,2}\d{1,2} \d\d:\d\d:\d\d (?:[A-Z][A-Za-z]{1,5} |[+-]\d{4} )?\d{4}$/;
const ADDRESS = /(?:^|\s)[\w.+=-]{1,80} at [\w.-]{1,80}\.[A-Za-z]{2,20}$/;
const NAVIGATION = /^(?:Previous message|Next message|Messages sorted by)\b.{0,30}:/i;
const RULE = /^[-_]{5,100}$/;
const BELOW = /^More information about the .{1,80} mailing list$/;

interface Head {
  title: Span;
  sender: Span;
  date: Span;
  indent: number;
  bodyStart: number;
}

/** The three pieces stand in this order within the first lines; links of the page may stand before and behind them. */
function headOf(text: string): Head | undefined {
  let before: PageLine[] = [];
  for (const line of pageLines(text, 0, text.length, 60)) {
    if (line.says === '') continue;
    if (!line.bullet && DATE.test(line.says)) return headAt(text, before, line);
    if (!NAVIGATION.test(line.says)) before = [...before.slice(-3), line];
  }
  return undefined;
}

/** `before` are the last lines that hold something: the address is the last one, the name may stand above it. */
function headAt(text: string, before: readonly PageLine[], date: PageLine): Head | undefined {
  const address = before.at(-1);
  if (!address || !ADDRESS.test(address.says)) return undefined;
  const alone = ADDRESS.exec(address.says)?.index === 0;
  const named = alone && before.length > 2 && isName(before.at(-2)?.says ?? '') ? before.at(-2) : undefined;
  const title = before.at(named ? -3 : -2);
  if (!title) return undefined;
  const sender = { start: core(text, named ?? address).start, end: core(text, address).end };
  return { title: core(text, title), sender, date: core(text, date), indent: date.indent, bodyStart: date.next };
}

/** Few words and no bracket: a subject is longer, or a patch. */
function isName(says: string): boolean {
  return /^[^[\]:>]{1,60}$/.test(says) && says.split(' ').length <= 5;
}

function cutPage({ text }: Source): MessageCut {
  const head = headOf(text);
  const fields: FieldCut[] = head
    ? [bareField('Subject', head.title), bareField('From', head.sender), bareField('Date', head.date)]
    : [];
  const bodyStart = behindNavigation(text, head?.bodyStart ?? 0);
  const links = footerStart(
    text,
    bodyStart,
    text.length,
    30,
    ({ says }) => NAVIGATION.test(says) || BELOW.test(says),
    ({ says }) => RULE.test(says),
  );
  const footer = links === undefined ? undefined : withRuleAbove(text, bodyStart, links);
  const stripped = isStripped(text, bodyStart, footer ?? text.length);
  return pageCut(text, {
    dialect: 'pipermail',
    start: 0,
    end: text.length,
    fields,
    bodyStart,
    ...(footer === undefined ? {} : { footer }),
    inside: nextParts(text, bodyStart, footer ?? text.length),
    loss: stripped ? STRIPPED : LOSS,
    indent: head?.indent ?? 0,
    stripped,
  });
}

function behindNavigation(text: string, from: number): number {
  let at = from;
  for (const { says, next, start } of pageLines(text, from, text.length, 20)) {
    if (says !== '' && !NAVIGATION.test(says) && !RULE.test(says)) break;
    if (says !== '' || at === start) at = next;
  }
  return at;
}

/** A browser draws a rule between the text and the links. */
function withRuleAbove(text: string, from: number, links: number): number {
  const above = trimmed(text, from, links)[0];
  const start = above ? Math.max(text.lastIndexOf('\n', above.end - 1) + 1, from) : links;
  return above && RULE.test(text.slice(start, above.end).trim()) ? start : links;
}

const PART = '-------------- next part --------------';

/** What Mailman wrote in place of an attachment: the rule, and lines up to the address of the file. */
function nextParts(text: string, from: number, to: number): Span[] {
  const found: Span[] = [];
  for (let at = text.indexOf(PART, from); at !== -1 && at < to; at = text.indexOf(PART, at + PART.length)) {
    let end = at + PART.length;
    for (const line of pageLines(text, at, to, 12)) {
      if (
        line.start > at &&
        !/^(?:An? .{1,40} (?:attachment|part) was scrubbed|Name|Type|Size|Desc|URL|From|Subject|Date): ?|scrubbed/.test(
          line.says,
        )
      )
        break;
      end = core(text, line).end;
    }
    found.push({ start: at, end });
  }
  return found;
}
