import type { Span } from '#mailast';
import type { LocalMention } from '#reading';
import type { LocalExplanation } from '../explanations/index.ts';
import { say } from '../markdown.ts';
import type { HoverAnswer } from '../plain.ts';
import { markdownOfBlocks, shortened } from './lines.ts';
import { type Here, placeLink, placeWords, saidPlace } from './said-in-thread.ts';

const MOST_UNITS = 240;

/** An abbreviation that has no note, as the thread itself writes it out. */
export function localHover(
  here: Here,
  { mention, span }: { mention: LocalMention<LocalExplanation>; span: Span },
): HoverAnswer {
  const said = mention.term;
  const { term, expansion, speaker, sentence = '' } = said;
  const by = speaker === undefined ? [] : [say.text(' by '), say.mail(speaker)];
  const explained = [
    say.quiet('Explained in this thread'),
    ...by,
    say.text(` ${placeWords(here, said)}: \u201c`),
    say.mail(shortened(sentence, MOST_UNITS)),
    say.text('\u201d'),
  ];
  const link = placeLink(here, { definition: said });
  const shown = [[[say.strong(term), say.text(' \u2014 '), say.mail(expansion)], explained], link ? [[link]] : []];
  const spans = mention.spans.map((one) => here.page.place(one));
  return {
    place: here.page.place(span),
    spans,
    text: mention.text,
    meanings: [],
    local: { term, expansion, by: saidPlace(here, said) },
    markdown: markdownOfBlocks(shown),
  };
}
