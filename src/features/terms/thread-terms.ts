import type { Concept } from '#concepts';
import { type Mention, mentionAt } from '#reading';
import { plainLine } from '../markdown.ts';
import { ourGlossary } from '../packs.ts';
import type { Place } from '../plain.ts';
import type { Page, Reading } from '../reading.ts';
import { type Candidate, candidatesOf } from './candidates.ts';
import { excerptAt } from './excerpt.ts';
import { meaningsOf, placesOf } from './meanings.ts';
import type { TermMention, ThreadMessage, ThreadTerm, ThreadTerms, Unexplained, WrittenOut } from './plain.ts';
import { threadOf } from './thread-of.ts';
import { weightOf } from './weight.ts';

/** How far the work is: each message is looked at once to find the thread, and those of the thread once more for their terms. */
export interface Progress {
  done: number;
  total: number;
}

/**
 * The terms of the thread that message `index` belongs to. Pauses after each message, so that whoever asks can do something else
 * between them, or stop.
 */
export function* threadTerms(reading: Reading, index: number): Generator<Progress, ThreadTerms> {
  const finding = threadOf(reading, index);
  let done = 0;
  let step = finding.next();
  for (; !step.done; step = finding.next()) yield { done: ++done, total: 2 * reading.messages };
  const thread = step.value;
  const total = done + thread.length;
  // The spellings of all notes are put together once; that takes as long as reading some messages.
  void ourGlossary().lexicon;
  yield { done, total };
  const collection = new Collection(reading);
  for (const message of thread) {
    collection.add(message);
    yield { done: ++done, total };
  }
  return collection.result();
}

/** What the messages of a thread say, gathered one by one. */
class Collection {
  readonly #reading: Reading;
  readonly #messages: ThreadMessage[] = [];
  readonly #explained = new Map<string, { concept: Concept; mentions: TermMention[] }>();
  /** Spellings that a note explained somewhere in the thread. */
  readonly #spelled = new Set<string>();
  readonly #candidates = new Map<string, { text: string; kind: Candidate['kind']; mentions: TermMention[] }>();
  /** Short words that the thread also writes in small letters, and the names of who speaks in it, in capitals. */
  readonly #small = new Set<string>();
  readonly #names = new Set<string>();
  /** What the messages say themselves that abbreviations stand for. */
  readonly #written = new Map<string, string>();

  constructor(reading: Reading) {
    this.#reading = reading;
  }

  add(index: number): void {
    const page = this.#reading.page(index);
    if (!page) return;
    this.#messages.push({
      index,
      subject: plainLine(page.subject ?? ''),
      author: plainLine(page.voices.author ?? ''),
    });
    this.#addNames(page);
    for (const [text, { expansion }] of page.localTerms) {
      if (!this.#written.has(text)) this.#written.set(text, plainLine(expansion));
    }
    for (const mention of page.mentions) {
      // The token of a trailer is a form, not something that the thread talks about.
      if (mention.where.block.type === 'trailer') continue;
      const best = meaningsOf(page, mention)[0];
      if (best) this.#addMention(index, page, mention, best.concept);
    }
    for (const candidate of candidatesOf(page, this.#small)) this.#addCandidate(index, page, candidate);
  }

  #addNames({ voices }: Page): void {
    for (const name of [voices.author ?? '', ...voices.quotes.values()]) {
      for (const word of name.toUpperCase().split(/[^A-Z]+/)) this.#names.add(word);
    }
  }

  #addMention(message: number, page: Page, mention: Mention, concept: Concept): void {
    this.#spelled.add(plainSpelling(mention.match.text));
    const known = this.#explained.get(concept.id) ?? { concept, mentions: [] };
    this.#explained.set(concept.id, known);
    const start = mention.spans[0]?.start ?? 0;
    const quoted = mention.where.depth > 0;
    known.mentions.push(this.#mention(message, page, placesOf(page, mention), start, quoted));
  }

  #addCandidate(message: number, page: Page, candidate: Candidate): void {
    const covering = mentionAt(page.mentions, candidate.start);
    if (covering && meaningsOf(page, covering.mention).length > 0) return;
    const text = plainSpelling(candidate.text);
    const known = this.#candidates.get(text) ?? { text, kind: candidate.kind, mentions: [] };
    this.#candidates.set(text, known);
    known.mentions.push(this.#mention(message, page, [page.place(candidate)], candidate.start, candidate.quoted));
  }

  #mention(message: number, page: Page, spans: readonly Place[], readable: number, quoted: boolean): TermMention {
    const speaker = page.speakerAt(readable);
    return {
      message,
      spans,
      line: this.#reading.lines.at(spans[0]?.start ?? 0),
      ...(speaker === undefined ? {} : { speaker: plainLine(speaker) }),
      own: !quoted && speaker === page.voices.author,
      said: excerptAt(page.message.text, readable),
    };
  }

  result(): ThreadTerms {
    const explained = [...this.#explained.values()].map(({ concept, mentions }) => termOf(concept, mentions));
    explained.sort((one, other) => other.weight - one.weight || compare(one.title, other.title));
    const candidates = [...this.#candidates.values()].filter((one) => this.#counts(one));
    candidates.sort((one, other) => other.mentions.length - one.mentions.length || compare(one.text, other.text));
    const written = candidates.flatMap((one): WrittenOut[] => {
      const expansion = this.#written.get(one.text);
      return expansion === undefined ? [] : [{ ...one, expansion }];
    });
    const unexplained = candidates.filter(({ text }) => !this.#written.has(text));
    return { messages: this.#messages, explained, written, unexplained };
  }

  /**
   * Whether a candidate is one: used at least twice, which words that are only quoted again and again are not, and neither a name, nor a word that
   * is written in small letters too, nor explained elsewhere in the thread.
   */
  #counts({ text, kind, mentions }: Unexplained): boolean {
    if (this.#spelled.has(text)) return false;
    if (kind === 'acronym' && (this.#names.has(text) || this.#small.has(text.toLowerCase()))) return false;
    const quoted = new Map<number, number>();
    for (const { message, own } of mentions) if (!own) quoted.set(message, (quoted.get(message) ?? 0) + 1);
    const own = mentions.filter((mention) => mention.own).length;
    return own >= 2 || [...quoted.values()].some((count) => count >= 2);
  }
}

/** Without the plural of capitals and the brackets of a function. */
function plainSpelling(text: string): string {
  return text.replace(/^([A-Z]{2,8})s$/, '$1').replace(/\(\)$/, '');
}

function termOf(concept: Concept, mentions: readonly TermMention[]): ThreadTerm {
  const { id, title, expansion, field, summary } = concept;
  const own = mentions.filter((mention) => mention.own);
  return {
    concept: id,
    title,
    ...(expansion === undefined ? {} : { expansion }),
    field,
    summary,
    mentions,
    messages: new Set(mentions.map(({ message }) => message)).size,
    speakers: new Set(own.map(({ speaker }) => speaker)).size,
    weight: weightOf(mentions),
  };
}

/** By code units: the same order on every machine. */
function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
