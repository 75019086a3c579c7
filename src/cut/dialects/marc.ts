import type { Source } from '#mailast';
import type { Dialect, FieldCut, MessageCut } from '../message-cut.ts';
import { footerStart, namedField, pageCut, pageLines } from './page.ts';

/**
 * A page of marc.info, saved as text: a bar, a header in columns, addresses with ` () ` and ` ! `.
 *
 *     [prev in list] [next in list] [prev in thread] [next in thread]
 *     List:       linux-tea
 *     Subject:    Re: [PATCH] tea: warm the pot
 *     From:       Ada Example <ada () example ! org>
 *     Date:       2023-07-03 10:00:00
 */
export const marc: Dialect = {
  name: 'marc',
  recognises: (head) => headerOf(head).fields.length >= 3,
  cut: (source) => [cutPage(source)],
};

const LOSS =
  'This archive page shows no references, only one of several receivers, and writes addresses with " () " and " ! ".';

const BAR = /^(?:\[?(?:prev|next) in (?:list|thread)\]? ?){2,4}$/;
const FIELD = /^(List|Subject|From|Date|Message-ID|To|Cc): /;
const RAW = /^\[Download RAW (?:message or )?body\]|^\[Download message RAW\]/i;
const BELOW = /^(?:Configure \| About \| News \| .{0,80})$/;

/** The fields below the bar; `List:` among them tells it from mail. */
function headerOf(text: string): { fields: FieldCut[]; bodyStart: number; indent: number } {
  const fields: FieldCut[] = [];
  let bar = false;
  let indent = 0;
  let bodyStart = 0;
  for (const line of pageLines(text, 0, text.length, 60)) {
    const name = bar && !line.bullet ? FIELD.exec(line.says)?.[1] : undefined;
    if (name !== undefined) {
      if (fields.length === 0) indent = line.indent;
      fields.push(namedField(text, name, line));
    } else if (fields.length > 0 && line.says !== '' && !RAW.test(line.says)) break;
    bar ||= !line.bullet && BAR.test(line.says);
    if (fields.length > 0) bodyStart = line.next;
  }
  const told = fields.some(({ name }) => name === 'List') && fields.some(({ name }) => name === 'From');
  return told ? { fields, bodyStart, indent } : { fields: [], bodyStart: 0, indent: 0 };
}

function cutPage({ text }: Source): MessageCut {
  const { fields, bodyStart, indent } = headerOf(text);
  const footer = footerStart(
    text,
    bodyStart,
    text.length,
    20,
    ({ says }) => BAR.test(says) || BELOW.test(says),
    () => false,
  );
  return pageCut(text, {
    dialect: 'marc',
    start: 0,
    end: text.length,
    fields,
    bodyStart,
    ...(footer === undefined ? {} : { footer }),
    loss: LOSS,
    indent,
  });
}
