import type { Paragraph } from 'mdast';
import type { FootnoteReference } from '#mailast';
import { markdownOf, say } from '../markdown.ts';
import type { HoverAnswer } from '../plain.ts';
import type { Page, Reading } from '../reading.ts';
import { shortened } from './lines.ts';
import { lineOf } from './said-in-thread.ts';

const MOST_UNITS = 160;

/** What a footnote mark points at, or why it points at nothing. */
export function footnoteHover(reading: Reading, page: Page, reference: FootnoteReference): HoverAnswer {
  const target = page.footnotes.get(reference) ?? { state: 'undefined' };
  const span = { start: reference.position.start.offset, end: reference.position.end.offset };
  const place = page.place(span);
  const paragraphs: Paragraph[] = [];
  if (target.state === 'defined') {
    const { start, end } = target.definition.position;
    const text = page.message.text.slice(start.offset, end.offset).replace(/\n[> ]{1,80}/g, ' ');
    const line = lineOf({ reading, page }, page.place({ start: start.offset, end: start.offset + 1 }).start);
    paragraphs.push(say.paragraph(say.mail(shortened(text, MOST_UNITS))));
    paragraphs.push(say.paragraph(say.quiet(`Footnote ${line}`)));
  } else if (target.state === 'cut-off') {
    paragraphs.push(
      say.paragraph(say.text('This footnote was cut off with its author\u2019s text: the message does not quote it.')),
    );
  } else paragraphs.push(say.paragraph(say.text('This message does not define the footnote.')));
  return { place, spans: [place], text: reference.value, meanings: [], markdown: markdownOf(paragraphs) };
}
