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
  return page && readable !== undefined ? { page, readable } : undefined;
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

/** The same term in one message: every mention whose best meaning is one of these notes. */
export function mentionsInMessage(reading: Reading, offset: number, concepts: readonly string[]): Place[] {
  const page = pageAt(reading, offset)?.page;
  if (!page) return [];
  const same = page.mentions.filter((mention) => {
    if (!mention.match.concepts.some((id) => concepts.includes(id))) return false;
    const best = meaningsOf(page, mention)[0];
    return best !== undefined && concepts[0] === best.concept.id;
  });
  return same.flatMap((mention) => placesOf(page, mention));
}
