import { attachmentsOf } from './attachments.ts';
import { markdownOf, say } from './markdown.ts';
import type { Attachment, HoverAnswer } from './plain.ts';
import type { Page } from './reading.ts';

/** What is attached at a readable offset, on the line of a part: its name, type and size, and how to have it as a file. */
export function attachmentHover(page: Page, readable: number): HoverAnswer | undefined {
  const { parts } = page.message.readable;
  const index = parts.findIndex(({ line }) => line && line.start <= readable && readable < line.end);
  const found = index === -1 ? undefined : attachmentsOf(page).find(({ part }) => part === index);
  if (!found) return undefined;
  const { name, place } = found;
  return { place, spans: [place], text: name, meanings: [], markdown: markdownOf(paragraphs(found)) };
}

function paragraphs({ name, type, size, omitted, message, part }: Attachment) {
  const facts = name === type ? size : `${type}, ${size}`;
  return [
    say.paragraph(say.strong(name), say.text(' \u00a0\u00b7\u00a0 '), say.quiet(facts)),
    ...(omitted === undefined ? [] : [say.paragraph(say.text(`Not shown: ${omitted}.`))]),
    say.paragraph(say.link('Save as a file', `attachment:${message}/${part}`)),
  ];
}
