import type { Paragraph, PhrasingContent } from 'mdast';
import type { Concept, Meaning } from '#concepts';
import { type FootnoteReference, nodesAt } from '#mailast';
import { definitionOf, type Mention, mentionAt } from '#reading';
import { liveLine, type ScenarioInPlace, scenarioInPlace } from './live-line.ts';
import { markdownOf, say } from './markdown.ts';
import type { HoverAnswer, HoverMeaning } from './plain.ts';
import type { Page, Reading } from './reading.ts';

/** What stands at an offset of the source: a term's meaning here, or what a footnote mark points at. Nothing known: nothing. */
export function hover(reading: Reading, offset: number): HoverAnswer | undefined {
  const index = reading.mailbox.messageAt(offset);
  const page = index === undefined ? undefined : reading.page(index);
  const readable = page?.message.way.toReadable(offset);
  if (!page || readable === undefined) return undefined;
  const found = mentionAt(page.mentions, readable);
  if (found) {
    const answer = termHover(reading, page, found.mention, readable);
    if (answer) return answer;
  }
  const last = nodesAt(page.message.tree, readable).at(-1);
  return last?.type === 'footnoteReference' ? footnoteHover(reading, page, last) : undefined;
}

function termHover(reading: Reading, page: Page, mention: Mention, readable: number): HoverAnswer | undefined {
  const meanings = page.glossary.meanings(mention.match, page.surroundings(mention));
  const best = meanings[0];
  if (!best) return undefined;
  const places = mention.spans.map((span) => page.place(span));
  const under = mention.spans.findIndex((span) => span.start <= readable && readable < span.end);
  const place = places[under] ?? places[0];
  if (!place) return undefined;
  const runs = meanings.map((meaning) => scenarioInPlace(meaning, mention.where.text));
  const shown = meanings.length > 1 ? severalMeanings(meanings) : oneMeaning(reading, page, mention, best, runs[0]);
  return {
    place,
    spans: places,
    text: mention.match.text,
    meanings: meanings.map((meaning, at) => plainMeaning(meaning, runs[at])),
    markdown: markdownOf(shown),
  };
}

function plainMeaning({ concept, because, family }: Meaning, run: ScenarioInPlace | undefined): HoverMeaning {
  const meaning = { concept: concept.id, title: concept.title, because, ...(family !== undefined && { family }) };
  return run ? { ...meaning, scenario: { simulator: run.simulator, id: run.id, parameters: run.parameters } } : meaning;
}

function oneMeaning(
  reading: Reading,
  page: Page,
  mention: Mention,
  { concept, family }: Meaning,
  run: ScenarioInPlace | undefined,
): Paragraph[] {
  const paragraphs = [nameLine(concept), ...memberLine(family), say.paragraph(say.text(concept.summary))];
  const here = inThisMail(reading, page, mention, concept);
  if (here) paragraphs.push(here);
  const live = run && liveLine(run);
  if (live) paragraphs.push(say.paragraph(say.quiet('Simulated:'), say.text(` ${live}`)));
  const later = laterLine(concept);
  if (later) paragraphs.push(later);
  paragraphs.push(linksLine(concept, run));
  return paragraphs;
}

function nameLine({ title, expansion, field }: Concept): Paragraph {
  const name = [say.strong(title)];
  if (expansion !== undefined) name.push(say.text(` \u2014 ${expansion}`));
  return say.paragraph(...name, say.text(' \u00a0\u00b7\u00a0 '), say.quiet(field));
}

/** The note speaks of all of a family; nothing is known of this member by itself. */
function memberLine(family: string | undefined): Paragraph[] {
  return family === undefined
    ? []
    : [say.paragraph(say.quiet(`A member of ${family}; this one has no note of its own.`))];
}

/** Two lines for each meaning, best first, each with the reason it may be the one. */
function severalMeanings(meanings: readonly Meaning[]): Paragraph[] {
  const paragraphs = [say.paragraph(say.text('Two or more meanings; the likelier one first.'))];
  for (const { concept, because, family } of meanings.slice(0, 3)) {
    paragraphs.push(nameLine(concept), ...memberLine(family));
    paragraphs.push(
      say.paragraph(
        say.text(`${concept.summary} `),
        say.quiet('Because '),
        say.mail(because),
        say.text('. '),
        noteLink(concept),
      ),
    );
  }
  return paragraphs;
}

/** Where the mail itself says what the term is, and who says it. */
function inThisMail(reading: Reading, page: Page, mention: Mention, concept: Concept): Paragraph | undefined {
  const same = page.mentions.filter((one) => one.match.concepts.includes(concept.id));
  const definition = definitionOf(same, concept.expansion);
  if (!definition) return undefined;
  const { where, start, end } = definition;
  const span = where.spans(start, end)[0];
  if (!span) return undefined;
  const speaker = page.speakerAt(span.start);
  const said = where.text.slice(start, end);
  const words: PhrasingContent[] = [say.quiet('In this mail:'), say.text(' ')];
  if (speaker !== undefined) words.push(say.mail(speaker), say.text(' '));
  words.push(
    say.text(where === mention.where ? 'explains it here' : `explains it${lineOf(reading, page, span.start)}`),
  );
  words.push(say.text(': \u201c'), say.mail(shortened(said)), say.text('\u201d'));
  return say.paragraph(...words);
}

/** ` (line 10)`, or nothing where the source has lines too long to be found by number. */
function lineOf(reading: Reading, page: Page, readable: number): string {
  if (page.message.dialect === 'flattened') return ' elsewhere';
  const line = reading.lines.at(page.place({ start: readable, end: readable + 1 }).start) + 1;
  return ` in line ${line}`;
}

function shortened(text: string): string {
  return text.length <= 160 ? text : `${text.slice(0, text.lastIndexOf(' ', 157))} \u2026`;
}

/** When it came, and what became of it last; the rest is on the note's page, so that the hover stays one screen. */
function laterLine({ since, changed }: Concept): Paragraph | undefined {
  const last = changed.at(-1);
  const said = [
    ...(since === undefined || last?.version === since ? [] : [`since ${since}`]),
    ...(last === undefined ? [] : [`${last.version}: ${last.what}`]),
  ];
  return said.length > 0 ? say.paragraph(say.quiet('Kernel:'), say.text(` ${said.join('; ')}.`)) : undefined;
}

function linksLine(concept: Concept, run: ScenarioInPlace | undefined): Paragraph {
  const links: PhrasingContent[] = [];
  if (run) links.push(say.link(`\u25b7 Run: ${run.title}`, run.link), say.text(' \u00a0\u00a0 '));
  links.push(noteLink(concept));
  return say.paragraph(...links);
}

function noteLink(concept: Concept): PhrasingContent {
  return say.link('\u25a4 Note', `concept:${concept.id}`);
}

function footnoteHover(reading: Reading, page: Page, reference: FootnoteReference): HoverAnswer {
  const target = page.footnotes.get(reference) ?? { state: 'undefined' };
  const span = { start: reference.position.start.offset, end: reference.position.end.offset };
  const place = page.place(span);
  const paragraphs: Paragraph[] = [];
  if (target.state === 'defined') {
    const { start, end } = target.definition.position;
    const text = page.message.text.slice(start.offset, end.offset).replace(/\n[> ]{1,80}/g, ' ');
    paragraphs.push(say.paragraph(say.mail(shortened(text))));
    paragraphs.push(say.paragraph(say.quiet(`Footnote${lineOf(reading, page, start.offset)}`)));
  } else if (target.state === 'cut-off') {
    paragraphs.push(
      say.paragraph(say.text('This footnote was cut off with its author\u2019s text: the message does not quote it.')),
    );
  } else paragraphs.push(say.paragraph(say.text('This message does not define the footnote.')));
  return { place, spans: [place], text: reference.value, meanings: [], markdown: markdownOf(paragraphs) };
}
