import type { HeaderField } from '#mailast';
import { addressesOf } from '#reading';
import { markdownOf, say } from './markdown.ts';
import type { HoverAnswer } from './plain.ts';
import type { Page } from './reading.ts';

/** Who a mail says it is from: the address too, which a name may hide, and that nobody has checked it. */
export function senderHover(page: Page, field: HeaderField): HoverAnswer | undefined {
  if (field.name.toLowerCase() !== 'from') return undefined;
  const [sender] = addressesOf(field.value);
  if (!sender?.address) return undefined;
  const place = page.place({ start: field.position.start.offset, end: field.position.end.offset });
  const { name, address } = sender;
  const markdown = markdownOf([
    say.paragraph(say.mail(address), ...(name === undefined ? [] : [say.text(', calls itself '), say.mail(name)])),
    say.paragraph(say.quiet('Sender not checked: anybody can write any name and address here.')),
  ]);
  return { place, spans: [place], text: field.value, meanings: [], markdown };
}
