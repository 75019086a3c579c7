import { definitionOf, type Mention } from '#reading';
import type { Page } from '../reading.ts';
import { type Said, saidAt, sentenceAt } from './said.ts';

/** What one mail says of a concept: where it explains it, where it first says it, and how often. */
export interface SaidOfConcept {
  definition?: Said & { sentence: string; says: 1 | 2 | 3 };
  firstUse: Said;
  uses: number;
}

/** An abbreviation that a mail writes out. */
export interface LocalExplanation extends Said {
  term: string;
  expansion: string;
}

const kept = new WeakMap<Page, MailExplanations>();

export function explanationsIn(page: Page): MailExplanations {
  const known = kept.get(page) ?? new MailExplanations(page);
  kept.set(page, known);
  return known;
}

/** What one mail explains; each term is looked at when it is asked for. */
export class MailExplanations {
  readonly #page: Page;
  readonly #mentions = new Map<string, Mention[]>();
  readonly #said = new Map<string, SaidOfConcept | undefined>();
  #local: ReadonlyMap<string, LocalExplanation> | undefined;

  constructor(page: Page) {
    this.#page = page;
    for (const mention of page.mentions) {
      for (const id of mention.match.concepts) {
        const known = this.#mentions.get(id);
        if (known) known.push(mention);
        else this.#mentions.set(id, [mention]);
      }
    }
  }

  /** The ids of the notes whose terms the mail uses. */
  get concepts(): Iterable<string> {
    return this.#mentions.keys();
  }

  of(concept: string): SaidOfConcept | undefined {
    if (!this.#said.has(concept)) this.#said.set(concept, this.#look(concept));
    return this.#said.get(concept);
  }

  #look(concept: string): SaidOfConcept | undefined {
    const mentions = this.#mentions.get(concept) ?? [];
    const [first] = mentions;
    const firstUse = first && saidAt(this.#page, first.where, first.match.start, first.match.end);
    if (!firstUse) return undefined;
    const found = definitionOf(mentions, this.#page.glossary.byId.get(concept)?.expansion);
    const said = found && saidAt(this.#page, found.where, found.at, found.at + 1);
    const sentence = found?.where.text.slice(found.start, found.end);
    return {
      firstUse,
      uses: mentions.length,
      ...(found && said && sentence !== undefined ? { definition: { ...said, sentence, says: found.says } } : {}),
    };
  }

  /** The abbreviations that it writes out, by themselves. */
  get local(): ReadonlyMap<string, LocalExplanation> {
    this.#local ??= new Map(
      [...this.#page.localTerms.values()].flatMap(({ where, term, expansion, abbreviated, written }) => {
        const said = saidAt(this.#page, where, abbreviated.start, abbreviated.end);
        const sentence = sentenceAt(where, Math.min(abbreviated.start, written.start));
        return said ? [[term, { ...said, term, expansion, sentence }] as const] : [];
      }),
    );
    return this.#local;
  }
}
