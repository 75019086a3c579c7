import type { Meaning } from '#concepts';
import { plainLine, say } from '../markdown.ts';
import { type Line, sentences } from './lines.ts';
import { memberLine, nameLine, noteLink } from './words.ts';

/** How much of a meaning is told, in units. */
const MOST_UNITS = 130;

/** The two likeliest meanings, best first: what it is, and the reason why it may be the one. Others are on the pages of these notes. */
export function severalMeanings(meanings: readonly Meaning[]): (readonly Line[])[] {
  const intro = [[say.quiet('Two or more meanings; the likelier one first.')]];
  return [intro, ...meanings.slice(0, 2).map(twoLines)];
}

function twoLines({ concept, because, family }: Meaning): readonly Line[] {
  return [
    [...nameLine(concept), say.text(' \u00a0\u00a0 '), noteLink(concept)],
    ...(family === undefined ? [] : [memberLine(family)]),
    [
      say.text(`${plainLine(sentences(concept.summary, MOST_UNITS))} `),
      say.quiet('Because'),
      say.text(' '),
      say.mail(because),
      say.text('.'),
    ],
  ];
}
