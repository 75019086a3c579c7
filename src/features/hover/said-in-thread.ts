import type { PhrasingContent } from 'mdast';
import type { Concept } from '#concepts';
import type { Mention } from '#reading';
import {
  explanationsIn,
  explanationsOf,
  type LocalExplanation,
  type Said,
  type SaidOfConcept,
} from '../explanations/index.ts';
import { say } from '../markdown.ts';
import type { SaidPlace } from '../plain.ts';
import type { Page, Reading } from '../reading.ts';
import { shortened } from './lines.ts';

/** Where a hover stands: what is said of a term is told from there. */
export interface Here {
  reading: Reading;
  page: Page;
  /** The place of the term under the cursor. */
  at: number;
}

type Definition = NonNullable<SaidOfConcept['definition']>;

/** What the thread says of a term: the best definition, and where it was first used. */
export interface InThread {
  definition?: Definition;
  firstUse?: Said;
}

/**
 * What the mail itself says, or where that says less what its thread does, as far as the thread is known. Where the term stands
 * but once, nobody is named for it.
 */
export function saidInThread({ reading, page }: Here, concept: Concept): InThread {
  const index = page.message.index;
  const own = explanationsIn(page).of(concept.id);
  const thread = explanationsOf(reading, index).of(concept.id, index);
  const [ours, theirs] = [own?.definition, thread?.definition];
  const definition = theirs && theirs.says > (ours?.says ?? 0) ? theirs : ours;
  const firstUse = thread?.firstUse ?? own?.firstUse;
  const uses = thread?.uses ?? own?.uses ?? 0;
  return {
    ...(definition ? { definition } : {}),
    ...(firstUse && uses > 1 ? { firstUse } : {}),
  };
}

/** The abbreviations that the thread writes out; those of the mail itself while the thread is not known. */
export function localExplanations(reading: Reading, page: Page): ReadonlyMap<string, LocalExplanation> {
  const index = page.message.index;
  return explanationsOf(reading, index).local(index) ?? explanationsIn(page).local;
}

/** How a definition is told: by whom, where, and in which words; at most `most` units of those. */
export function definitionLine(here: Here, said: Definition, most: number): PhrasingContent[] {
  const words: PhrasingContent[] = [say.quiet(inMail(here, said) ? 'In this mail:' : 'In this thread:'), say.text(' ')];
  const known = said.speaker !== undefined;
  const verb = said.says === 1 ? (known ? 'spells it out' : 'spelled out') : known ? 'explains it' : 'explained';
  words.push(...speakerWords(said), say.text(`${verb} ${placeWords(here, said)}`));
  words.push(say.text(': \u201c'), say.mail(shortened(said.sentence, most)), say.text('\u201d'));
  return words;
}

/** Who brought the term up, where nobody explains it. */
export function firstUseLine(here: Here, said: Said): PhrasingContent[] {
  const by = said.speaker === undefined ? [] : [say.text(', by '), say.mail(said.speaker)];
  return [
    say.quiet(inMail(here, said) ? 'In this mail:' : 'In this thread:'),
    say.text(` first said ${placeWords(here, said)}`),
    ...by,
    say.text('.'),
  ];
}

/** Whether something was said in another mail, or by somebody else than the words under the cursor. */
export function isFromElsewhere(here: Here, said: Said): boolean {
  return !inMail(here, said) || said.speaker !== here.page.speakerAt(here.at);
}

function speakerWords({ speaker }: Said): PhrasingContent[] {
  return speaker === undefined ? [] : [say.mail(speaker), say.text(' ')];
}

/** `in line 10`, `in patch 12/22, 27 Jun 2023`, `in a mail of 27 Jun 2023, which quotes it`. */
export function placeWords(here: Here, said: Said): string {
  if (inMail(here, said)) return sameParagraph(here, said) ? 'here' : lineOf(here, said.place.start);
  return `in ${said.mail}${said.quoted ? ', which quotes it' : ''}`;
}

function inMail({ page }: Here, said: Said): boolean {
  return said.message === page.message.index;
}

function isHere(here: Here, said: Said): boolean {
  return inMail(here, said) && said.at === here.at;
}

/** Near enough to be seen without going there. */
function sameParagraph({ page, at }: Here, said: Said): boolean {
  const between = page.message.text.slice(Math.min(at, said.at), Math.max(at, said.at));
  return between.length < 400 && !/\n[>\s]*\n/.test(between);
}

/** `in line 10`; `elsewhere` where the source has lines too long to be found by number. */
export function lineOf({ reading, page }: Pick<Here, 'reading' | 'page'>, place: number): string {
  return page.message.dialect === 'flattened' ? 'elsewhere' : `in line ${reading.lines.at(place) + 1}`;
}

/** The link that leads to the explanation, or else to the first use; none where that is under the cursor. */
export function placeLink(
  here: Here,
  { definition, firstUse }: { definition?: Said; firstUse?: Said },
): PhrasingContent | undefined {
  const target = definition ?? firstUse;
  if (!target || isHere(here, target)) return undefined;
  return say.link(definition ? '\u2197 Where it is explained' : '\u2197 First use', `place:${target.place.start}`);
}

/** The same as plain data. */
export function saidPlace({ reading }: Pick<Here, 'reading'>, said: Said): SaidPlace {
  const { speaker, sentence, quoted, message, place } = said;
  return {
    message,
    place,
    line: reading.lines.at(place.start) + 1,
    quoted,
    ...(speaker === undefined ? {} : { speaker }),
    ...(sentence === undefined ? {} : { text: shortened(sentence, 400) }),
  };
}

/** The abbreviation under the cursor as this thread writes it out. */
export function localFor(here: Here, { match }: Mention): LocalExplanation | undefined {
  const local = localExplanations(here.reading, here.page);
  return local.get(match.text) ?? local.get(match.text.replace(/s$/, ''));
}
