import type { Concept } from '#concepts';
import type { Mention } from '#reading';
import type { Page, Reading } from '../reading.ts';
import { isBase64, meaningsOf, pagesBetween, placesOf } from './meanings.ts';
import type { FirstMention } from './plain.ts';

const known = new WeakMap<Page, readonly FirstMention[]>();

/**
 * The first mention of each term in each message, as far as it touches [start, end) of the source. Only messages that reach into it are read,
 * and each of them once.
 */
export function firstMentions(reading: Reading, start: number, end: number): FirstMention[] {
  const found: FirstMention[] = [];
  for (const page of pagesBetween(reading, start, end)) {
    for (const mention of firstOf(page)) {
      if (mention.spans.some((span) => span.start < end && span.end > start)) found.push(mention);
    }
  }
  return found;
}

function firstOf(page: Page): readonly FirstMention[] {
  const made = known.get(page) ?? makeFirst(page);
  known.set(page, made);
  return made;
}

function makeFirst(page: Page): FirstMention[] {
  const seen = new Set<string>();
  const first: FirstMention[] = [];
  for (const mention of page.mentions) {
    if (mention.where.block.type === 'trailer' || mention.match.concepts.every((id) => seen.has(id))) continue;
    const [best, ...others] = meaningsOf(page, mention);
    if (!best || seen.has(best.concept.id)) continue;
    if (isBase64(page, mention.spans[0]?.start ?? 0)) continue;
    seen.add(best.concept.id);
    const expansion = others.length === 0 ? expansionFor(mention, best.concept) : undefined;
    first.push({
      spans: placesOf(page, mention),
      concept: best.concept.id,
      ...(expansion === undefined ? {} : { expansion }),
    });
  }
  return first;
}

/** Letters that stand for words, where the mail itself does not say them: `PAMT`, but neither `PAMT (Physical ...` nor `... Table (PAMT)`. */
function expansionFor({ match, where }: Mention, { title, expansion }: Concept): string | undefined {
  const isTitle = match.text === title || match.text === `${title}s`;
  if (expansion === undefined || !isTitle || !/[A-Z].*[A-Z]/.test(title)) return undefined;
  const behind = where.text.slice(match.end, match.end + 2);
  const before = where.text.slice(Math.max(0, match.start - 1), match.start);
  return behind === ' (' || before === '(' ? undefined : expansion;
}
