import type { Message, Span } from '#mailast';
import { type LogicalText, logicalTexts } from '../logical.ts';
import { spansWithoutTerms } from '../mentions.ts';
import { type Expansion, expansionsIn } from './expansions.ts';
import { singular } from './initials.ts';

/** An abbreviation that a message writes out itself, and where. */
export interface LocalTerm extends Expansion {
  where: LogicalText;
}

/** A place where an abbreviation stands that the text itself explains. `spans` are of the readable text, one a line. */
export interface LocalMention<Term> {
  term: Term;
  /** As it stands there, with its plural. */
  text: string;
  spans: readonly Span[];
  where: LogicalText;
}

/** How much of a message is looked at for abbreviations; who writes one out does so early. */
const MOST_UNITS = 400_000;

/** The abbreviations that a message writes out: the first place of each. Quotes and the comments of diffs are looked at too. */
export function localTermsOf(tree: Message, readable: string): ReadonlyMap<string, LocalTerm> {
  const terms = new Map<string, LocalTerm>();
  const withoutTerms = spansWithoutTerms(tree);
  let left = MOST_UNITS;
  for (const where of logicalTexts(tree, readable)) {
    if (left <= 0) break;
    const text = where.text.slice(0, left);
    left -= text.length;
    const isCode = where.block.type === 'hunkLine' || where.block.type === 'listing';
    for (const found of expansionsIn(text, isCode)) {
      const span = where.spans(found.written.start, found.written.end)[0];
      if (span && !terms.has(found.term) && !withoutTerms.has(span)) terms.set(found.term, { ...found, where });
    }
  }
  return terms;
}

/** What may be an abbreviation: not a part of an identifier, a path, an address or a number. */
const WORD = /(?<![\w./@$-])[A-Z][A-Za-z0-9]{1,12}(?:[-/][A-Za-z0-9]{1,11}){0,2}(?![\w@])/g;

/** The places of a message where one of these terms stands, in order. `terms` are by their abbreviation. */
export function localMentionsOf<Term>(
  tree: Message,
  readable: string,
  terms: ReadonlyMap<string, Term>,
): LocalMention<Term>[] {
  if (terms.size === 0) return [];
  const mentions: LocalMention<Term>[] = [];
  const withoutTerms = spansWithoutTerms(tree);
  for (const where of logicalTexts(tree, readable)) {
    for (const match of where.text.matchAll(WORD)) {
      const found = termIn(match[0], terms);
      if (!found || /^\.\w/.test(where.text.slice(match.index + match[0].length).slice(0, 2))) continue;
      const spans = where.spans(match.index, match.index + found.text.length);
      const first = spans[0];
      if (first && !withoutTerms.has(first)) mentions.push({ ...found, spans, where });
    }
  }
  return mentions;
}

/** `PAMTs` is a PAMT, and so is the first word of `PAMT-related`. */
function termIn<Term>(word: string, terms: ReadonlyMap<string, Term>): { term: Term; text: string } | undefined {
  const beforeHyphen = word.replace(/[-/].*$/, '');
  for (const text of [word, beforeHyphen]) {
    const term = terms.get(text) ?? terms.get(singular(text));
    if (term !== undefined) return { term, text };
  }
  return undefined;
}
