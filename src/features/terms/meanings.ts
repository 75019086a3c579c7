import type { Meaning } from '#concepts';
import { type Mention, mentionAt } from '#reading';
import type { Place } from '../plain.ts';
import type { Page, Reading } from '../reading.ts';
import type { TermInPlace } from './plain.ts';

/** What a mention means where it stands, best first; none when it is out of scope. */
export function meaningsOf(page: Page, mention: Mention): readonly Meaning[] {
  return page.glossary.meanings(mention.match, page.surroundings(mention));
}

export function placesOf(page: Page, mention: Mention): Place[] {
  return mention.spans.map((span) => page.place(span));
}

/** The page that holds an offset of the source, and the offset in its readable text. */
export function pageAt(reading: Reading, offset: number): { page: Page; readable: number } | undefined {
  const index = reading.mailbox.messageAt(offset);
  const page = index === undefined ? undefined : reading.page(index);
  const readable = page?.message.way.toReadable(offset);
  return page && readable !== undefined && !isBase64(page, readable) ? { page, readable } : undefined;
}

/** Letters of base64 stand for three bytes among others: who points at one sees no word. The reading view shows what they say. */
export function isBase64({ message }: Page, readable: number): boolean {
  return message.readable.parts.some(
    ({ encoding, text }) => encoding === 'base64' && text && text.start <= readable && readable < text.end,
  );
}

/** The term at an offset of the source, when it means something there. An offset right behind a term counts: a caret stands there after it was typed. */
export function termAt(reading: Reading, offset: number): TermInPlace | undefined {
  return termOn(reading, offset) ?? (offset > 0 ? termOn(reading, offset - 1) : undefined);
}

function termOn(reading: Reading, offset: number): TermInPlace | undefined {
  const at = pageAt(reading, offset);
  const found = at && mentionAt(at.page.mentions, at.readable);
  if (!found) return undefined;
  const concepts = meaningsOf(at.page, found.mention).map(({ concept }) => concept.id);
  if (concepts.length === 0) return undefined;
  return { spans: placesOf(at.page, found.mention), text: found.mention.match.text, concepts };
}

/** Where between two offsets of the source a note is meant; whole messages are looked at, those that reach into the stretch. */
export function mentionsBetween(reading: Reading, concept: string, start: number, end: number): Place[] {
  const found: Place[] = [];
  for (const page of pagesBetween(reading, start, end)) {
    for (const mention of page.mentions) {
      if (!mention.match.concepts.includes(concept)) continue;
      if (isBase64(page, mention.spans[0]?.start ?? 0)) continue;
      if (meaningsOf(page, mention)[0]?.concept.id === concept) found.push(...placesOf(page, mention));
    }
  }
  return found;
}

/** The messages that reach into a stretch of the source. */
export function* pagesBetween(reading: Reading, start: number, end: number): Generator<Page> {
  for (let index = reading.mailbox.messageAt(start) ?? 0; index < reading.messages; index++) {
    const page = reading.page(index);
    if (!page || page.message.span.start >= end) return;
    yield page;
  }
}
