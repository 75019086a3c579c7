import type { PhrasingContent } from 'mdast';
import type { Concept, Meaning } from '#concepts';
import { type Mention, sameWords } from '#reading';
import type { LocalExplanation } from '../explanations/index.ts';
import { plainLine, say } from '../markdown.ts';
import type { HoverAnswer, HoverMeaning } from '../plain.ts';
import type { Page, Reading } from '../reading.ts';
import { heightOf, type Line, MOST_LINES, markdownOfBlocks, sentences, shortened } from './lines.ts';
import { liveLine, type ScenarioInPlace, scenarioInPlace } from './live-line.ts';
import {
  definitionLine,
  firstUseLine,
  type Here,
  type InThread,
  isFromElsewhere,
  localFor,
  placeLink,
  saidInThread,
  saidPlace,
} from './said-in-thread.ts';
import { severalMeanings } from './several-meanings.ts';
import { memberLine, nameLine, noteLink } from './words.ts';

/** What a term of the glossary means where it stands; absent when it is out of scope there. */
export function termHover(reading: Reading, page: Page, mention: Mention, readable: number): HoverAnswer | undefined {
  const places = mention.spans.map((span) => page.place(span));
  const under = mention.spans.findIndex((span) => span.start <= readable && readable < span.end);
  const place = places[under] ?? places[0];
  const inScope = page.glossary.meanings(mention.match, page.surroundings(mention));
  if (!place || inScope.length === 0) return undefined;
  const here: Here = { reading, page, at: mention.spans[0]?.start ?? readable };
  const local = localFor(here, mention);
  const meanings = asWrittenOut(inScope, local);
  const [best] = meanings;
  if (!best) return undefined;
  const runs = meanings.map((meaning) => scenarioInPlace(meaning, mention.where.text));
  const inThread = saidInThread(here, best.concept);
  const shown =
    meanings.length > 1
      ? severalMeanings(meanings)
      : oneMeaning(here, { meaning: best, run: runs[0], inThread, local });
  return {
    place,
    spans: places,
    text: mention.match.text,
    meanings: meanings.map((meaning, at) => plainMeaning(meaning, runs[at])),
    ...plainThread(here, inThread),
    ...(local && isAnother(local, best.concept)
      ? { local: { term: local.term, expansion: local.expansion, by: saidPlace(here, local) } }
      : {}),
    markdown: markdownOfBlocks(shown),
  };
}

/** Of several meanings the one whose letters the thread itself writes out, where there is one. */
function asWrittenOut(meanings: readonly Meaning[], local: LocalExplanation | undefined): readonly Meaning[] {
  if (!local || meanings.length < 2) return meanings;
  const meant = meanings.filter(({ concept }) => !isAnother(local, concept));
  const [first] = meant;
  return first && meant.length === 1 ? [{ ...first, because: 'the thread writes it out' }] : meanings;
}

function isAnother(local: LocalExplanation, { expansion, terms }: Concept): boolean {
  return ![expansion ?? '', ...terms].some((words) => sameWords(words, local.expansion));
}

function plainMeaning({ concept, because, family }: Meaning, run: ScenarioInPlace | undefined): HoverMeaning {
  const meaning = { concept: concept.id, title: concept.title, because, ...(family !== undefined && { family }) };
  return run ? { ...meaning, scenario: { simulator: run.simulator, id: run.id, parameters: run.parameters } } : meaning;
}

function plainThread(here: Here, { definition, firstUse }: InThread): Pick<HoverAnswer, 'inThread'> {
  if (!definition && !firstUse) return {};
  return {
    inThread: {
      ...(definition ? { definition: saidPlace(here, definition) } : {}),
      ...(firstUse ? { firstUse: saidPlace(here, firstUse) } : {}),
    },
  };
}

interface Asked {
  meaning: Meaning;
  run: ScenarioInPlace | undefined;
  inThread: InThread;
  local: LocalExplanation | undefined;
}

/** How much of a line is shown, in units: five lines, two lines. */
const SUMMARY_UNITS = 390;
const QUOTE_UNITS = 150;
const LIVE_UNITS = 145;
const LATER_UNITS = 145;

/**
 * Name and meaning; what the thread says; one line of the simulator, and what became of it, as far as the screen has room; at most three
 * links. What does not fit is on the page of the note.
 */
function oneMeaning(here: Here, { meaning, run, inThread, local }: Asked): (readonly Line[])[] {
  const { concept, family } = meaning;
  const another = local && isAnother(local, concept) ? local.expansion : undefined;
  const top: Line[] = [nameLine(concept, another), [say.mail(sentences(concept.summary, SUMMARY_UNITS))]];
  if (family !== undefined) top.splice(1, 0, memberLine(family));
  const links = linksLine(here, concept, run, inThread);
  let room = MOST_LINES - heightOf([...top, links]);
  const middle: Line[] = [];
  const add = (line: Line | undefined): void => {
    const rows = line === undefined ? 0 : heightOf([line]);
    if (line === undefined || rows > room) return;
    middle.push(line);
    room -= rows;
  };
  for (const line of threadLines(here, inThread)) add(line);
  const live = run && room > 0 ? liveLine(run) : undefined;
  add(live === undefined ? undefined : [say.quiet('Simulated:'), say.text(` ${shortened(live, LIVE_UNITS)}`)]);
  add(laterLine(concept));
  return [top, middle, [links]];
}

/** Who explains it; where nobody does, who brought it up, when that is not the one who is being read. */
function threadLines(here: Here, { definition, firstUse }: InThread): Line[] {
  if (definition) return [definitionLine(here, definition, QUOTE_UNITS)];
  return firstUse && isFromElsewhere(here, firstUse) ? [firstUseLine(here, firstUse)] : [];
}

/** When it came, and what became of it last; the rest is on the note's page. */
function laterLine({ since, changed }: Concept): Line | undefined {
  const last = changed.at(-1);
  const said = [
    ...(since === undefined || last?.version === since ? [] : [`since ${since}`]),
    ...(last === undefined ? [] : [`${last.version}: ${last.what}`]),
  ];
  if (said.length === 0) return undefined;
  return [say.quiet('Kernel:'), say.text(` ${plainLine(shortened(`${said.join('; ')}.`, LATER_UNITS))}`)];
}

function linksLine(here: Here, concept: Concept, run: ScenarioInPlace | undefined, inThread: InThread): Line {
  const place = placeLink(here, inThread);
  const links = [
    ...(run ? [say.link(`\u25b7 Run: ${shortened(run.title, 48)}`, run.link)] : []),
    noteLink(concept),
    ...(place ? [place] : []),
  ];
  return links.flatMap((link, index): PhrasingContent[] => (index === 0 ? [link] : [say.text(' \u00a0\u00a0 '), link]));
}
