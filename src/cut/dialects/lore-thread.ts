import type { Source } from '#mailast';
import type { Dialect, FieldCut, MessageCut } from '../message-cut.ts';
import { attachmentMarks, loreFooter } from './lore-header.ts';
import { ParentLines, type Shown } from './lore-tree.ts';
import { bareField, core, isStripped, namedField, type PageLine, pageCut, pageLines } from './page.ts';

/**
 * A thread of a public-inbox archive on one page, saved as text. Each message begins with its subject and the part of the tree around it.
 *
 *     * Re: [PATCH] tea: warm the pot
 *       2023-07-03 10:00 [PATCH] tea: warm the pot Ada Example
 *     @ 2023-07-03 11:30 ` Ben Sample
 *       0 siblings, 0 replies; 2+ messages in thread
 *     From: Ben Sample @ 2023-07-03 11:30 UTC (permalink / raw)
 *       To: Ada Example; +Cc: linux-tea
 */
export const loreThread: Dialect = {
  name: 'lore-thread',
  recognises: (head) => headsOf(head).next().done === false,
  cut: cutThread,
};

const LOSS =
  'A thread page shows names without addresses, and no Message-ID; which message answers which is taken from the tree of replies on the page.';

const FROM = /^\s{0,80}From: (.{1,300}?) @ (\d{4}-\d\d-\d\d {1,2}\d{1,2}:\d\d UTC)\b/;
const TITLE = /^\s{0,80}\* (?=\S)/;
/** Behind the header the tree of a message has at most some ten lines. */
const MOST_TREE = 40;

/** Where a message begins: its title, the lines of its tree, and the line with sender and date. */
interface Head {
  title: PageLine;
  tree: readonly PageLine[];
  from: PageLine;
}

function* headsOf(text: string): Generator<Head> {
  let title: PageLine | undefined;
  let tree: PageLine[] = [];
  for (const line of pageLines(text, 0, text.length, Number.POSITIVE_INFINITY)) {
    if (title && FROM.test(lineOf(text, line))) {
      yield { title, tree, from: line };
      title = undefined;
    } else if (TITLE.test(lineOf(text, line))) {
      title = line;
      tree = [];
    } else if (title && tree.length < MOST_TREE && line.says !== '') tree.push(line);
    else title = undefined;
  }
}

function lineOf(text: string, { start, end }: PageLine): string {
  return text.slice(start, Math.min(end, start + 400));
}

function cutThread({ text }: Source): MessageCut[] {
  const heads = [...headsOf(text)];
  const headers = heads.map((head) => headerOf(text, head));
  const parents = new ParentLines(headers.map(({ shown }) => shown));
  return heads.map((head, index) => {
    const header = headers[index] ?? headerOf(text, head);
    const start = index === 0 ? 0 : head.title.start;
    const end = heads[index + 1]?.title.start ?? text.length;
    const footer = footerOf(text, header.bodyStart, end);
    const parent = parents.parentOf(index, head.tree);
    return pageCut(text, {
      dialect: 'lore-thread',
      start,
      end,
      fields: header.fields,
      bodyStart: header.bodyStart,
      ...(footer === undefined ? {} : { footer }),
      inside: attachmentMarks(text, header.bodyStart, footer ?? end),
      loss: LOSS,
      indent: head.from.indent,
      stripped: isStripped(text, header.bodyStart, footer ?? end),
      ...(parent === undefined ? {} : { answers: parent }),
    });
  });
}

function headerOf(text: string, { title, from }: Head): { fields: FieldCut[]; bodyStart: number; shown: Shown } {
  const subject = core(text, {
    start: title.start + (TITLE.exec(lineOf(text, title))?.[0].length ?? 0),
    end: title.end,
  });
  const [all = '', name = '', date = ''] = FROM.exec(lineOf(text, from)) ?? [];
  const dateEnd = from.start + all.length;
  const sender = namedField(text, 'From', { start: from.start, end: dateEnd - date.length - 3 });
  const fields = [
    bareField('Subject', subject),
    sender,
    bareField('Date', { start: dateEnd - date.length, end: dateEnd }),
  ];
  const { receivers, bodyStart } = receiversOf(text, from);
  return {
    fields: [...fields, ...receivers],
    bodyStart,
    shown: { date, author: name.trim(), subject: text.slice(subject.start, subject.end) },
  };
}

/** `To:` and `Cc:` below the sender, in one line or in two, up to the empty line. */
function receiversOf(text: string, from: PageLine): { receivers: FieldCut[]; bodyStart: number } {
  const receivers: FieldCut[] = [];
  let bodyStart = from.next;
  for (const line of pageLines(text, from.next, text.length, 400)) {
    const name = /^(To|Cc|In-Reply-To): ?/.exec(line.says)?.[1];
    const last = receivers.at(-1);
    if (line.says === '') return { receivers, bodyStart: line.next };
    if (name !== undefined) receivers.push(...inOneLine(text, name, line));
    else if (last && text.charAt(last.end - 1) === ',') last.end = core(text, line).end;
    else break;
    bodyStart = line.next;
  }
  return { receivers, bodyStart };
}

const ALSO = '; +Cc: ';

function inOneLine(text: string, name: string, line: PageLine): FieldCut[] {
  const also = name === 'To' ? text.indexOf(ALSO, line.start) : -1;
  if (also === -1 || also >= line.end) return [namedField(text, name, line)];
  const copied = namedField(text, 'Cc', { start: also, end: line.end });
  return [namedField(text, name, { start: line.start, end: also }), copied];
}

const BELOW = /^\^ (?:permalink|raw|reply|related)\b/;

/** The links below a message are its last lines; below the last message the whole tree stands too. */
const NEAR = 2000;

function footerOf(text: string, from: number, to: number): number | undefined {
  const last = to === text.length;
  const start = last ? from : Math.max(from, to - NEAR);
  const window = text.slice(start, to);
  for (let at = window.length, count = 0; at > 0 && count < 8; count++) {
    at = window.lastIndexOf('^ ', at - 1);
    if (at === -1) break;
    const lineStart = start + window.lastIndexOf('\n', at) + 1;
    const [line] = pageLines(text, lineStart, to, 1);
    if (line && BELOW.test(line.says)) return lineStart;
  }
  return last ? loreFooter(text, from) : undefined;
}
