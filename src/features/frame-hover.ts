import { nodesAt } from '#mailast';
import { attachmentHover } from './attachment-hover.ts';
import type { HoverAnswer } from './plain.ts';
import type { Reading } from './reading.ts';
import { senderHover } from './sender-hover.ts';

/** What is known about the frame of a mail at an offset of the source: who it says it is from, what is attached. Its words are the business of `hover`. */
export function frameHover(reading: Reading, offset: number): HoverAnswer | undefined {
  const index = reading.mailbox.messageAt(offset);
  const page = index === undefined ? undefined : reading.page(index);
  const readable = page?.message.way.toReadable(offset);
  if (!page || readable === undefined) return undefined;
  const field = nodesAt(page.message.tree, readable).at(-1);
  return field?.type === 'headerField' ? senderHover(page, field) : attachmentHover(page, readable);
}
