import type { TermMention } from './plain.ts';

const MESSAGE = 4;
const SPEAKER = 2;
/** Beyond so many in one message a term is no heavier. */
const MOST_IN_MESSAGE = 5;
const QUOTED = 1 / 4;
const MOST_QUOTED = 20;

/**
 * How much a term matters in its thread: in how many messages somebody writes it in words of their own, how many people do, and how often.
 * Quotes repeat, so they count little; a term that stands in nothing but quotes weighs less than 1.
 */
export function weightOf(mentions: readonly TermMention[]): number {
  const own = new Map<number, number>();
  const speakers = new Set<string | undefined>();
  let quoted = 0;
  for (const mention of mentions) {
    if (mention.own) {
      own.set(mention.message, (own.get(mention.message) ?? 0) + 1);
      speakers.add(mention.speaker);
    } else quoted++;
  }
  if (own.size === 0) return quoted / (quoted + 1);
  let often = 0;
  for (const count of own.values()) often += Math.min(count, MOST_IN_MESSAGE);
  return MESSAGE * own.size + SPEAKER * speakers.size + often + QUOTED * Math.min(quoted, MOST_QUOTED);
}
