import { nodesAt } from '#mailast';
import { mentionAt } from '#reading';
import { explanationsOf } from '../explanations/index.ts';
import type { HoverAnswer } from '../plain.ts';
import type { Page, Reading } from '../reading.ts';
import { footnoteHover } from './footnote.ts';
import { localHover } from './local-term.ts';
import { localExplanations } from './said-in-thread.ts';
import { termHover } from './term.ts';

/**
 * What stands at an offset of the source: a term's meaning here, an abbreviation that the thread explains itself, or what a footnote mark points
 * at. Nothing known: nothing. Other messages are not read for it: what the thread says is told as far as `explanationsOf` was driven.
 */
export function hover(reading: Reading, offset: number): HoverAnswer | undefined {
  const index = reading.mailbox.messageAt(offset);
  const page = index === undefined ? undefined : reading.page(index);
  const readable = page?.message.way.toReadable(offset);
  if (!page || index === undefined || readable === undefined || isBase64(page, readable)) return undefined;
  const found = mentionAt(page.mentions, readable);
  if (found) {
    // A mail that stands alone is its own thread.
    if (reading.messages === 1) completed(reading, index);
    const answer = termHover(reading, page, found.mention, readable);
    if (answer) return answer;
  }
  const local = mentionAt(page.localMentions(localExplanations(reading, page)), readable);
  if (local) return localHover({ reading, page, at: local.mention.spans[0]?.start ?? readable }, local);
  const last = nodesAt(page.message.tree, readable).at(-1);
  return last?.type === 'footnoteReference' ? footnoteHover(reading, page, last) : undefined;
}

/** Letters of base64 stand for three bytes among others: who points at one sees no word. The reading view shows what they say. */
function isBase64({ message }: Page, readable: number): boolean {
  return message.readable.parts.some(
    ({ encoding, text }) => encoding === 'base64' && text && text.start <= readable && readable < text.end,
  );
}

/** The same with all that the thread says, however long it takes to read it. */
export function completeHover(reading: Reading, offset: number): HoverAnswer | undefined {
  const index = reading.mailbox.messageAt(offset);
  if (index !== undefined) completed(reading, index);
  return hover(reading, offset);
}

function completed(reading: Reading, index: number): void {
  const thread = explanationsOf(reading, index);
  while (!thread.step(Number.POSITIVE_INFINITY));
}
