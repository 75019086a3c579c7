import type { ListItem, RootContent } from 'mdast';
import { markdownOf, say } from '../markdown.ts';
import type { TermMention, ThreadTerms } from './plain.ts';

/** A thread that was read in this window. */
export interface Backlinks {
  /** What the section is called: of which thread it is. */
  heading: string;
  terms: ThreadTerms;
}

const MOST_MESSAGES = 40;
const MOST_LINES = 8;

/**
 * Sections that say which messages of some threads use a note: the lines, who, what about. An item begins with its lines, as `linesOf` reads
 * them. Empty where none uses it.
 */
export function backlinksPage(concept: string, threads: readonly Backlinks[]): string {
  const blocks = threads.flatMap(({ heading, terms }): RootContent[] => {
    const mentions = terms.explained.find((term) => term.concept === concept)?.mentions ?? [];
    if (mentions.length === 0) return [];
    const items = terms.messages.flatMap(({ index, author, subject }) => {
      const here = mentions.filter(({ message }) => message === index);
      return here.length === 0 ? [] : [item(here, author, subject)];
    });
    const shown = items.slice(0, MOST_MESSAGES);
    const rest = items.length - shown.length;
    const more = rest > 0 ? [say.paragraph(say.text(`${rest} more messages use it.`))] : [];
    return [
      { type: 'heading', depth: 2, children: [say.text(heading)] },
      say.paragraph(say.mail(terms.messages[0]?.subject || '(no subject)')),
      { type: 'list', spread: false, children: shown },
      ...more,
    ];
  });
  return markdownOf(blocks);
}

function item(mentions: readonly TermMention[], author: string, subject: string): ListItem {
  const lines = [...new Set(mentions.map(({ line }) => line + 1))];
  const shown = lines.slice(0, MOST_LINES).join(', ');
  const more = lines.length > MOST_LINES ? ` and ${lines.length - MOST_LINES} more` : '';
  const quoted = mentions.every(({ own }) => !own) ? ' (quoted)' : '';
  const where = `${lines.length === 1 ? 'line' : 'lines'} ${shown}${more}: `;
  const who = author === '' ? [] : [say.mail(author), say.text(`${quoted}, `)];
  return {
    type: 'listItem',
    spread: false,
    children: [say.paragraph(say.text(where), ...who, say.mail(subject || '(no subject)'))],
  };
}

/** The numbers of lines (from 1) at the beginning of an item, and where they stand in it; none in any other text. */
export function linesOf(item: string): { line: number; start: number; end: number }[] {
  const [, lead = '', numbers = ''] = /^([*-] lines? )([\d, ]{1,200})/.exec(item) ?? [];
  return [...numbers.matchAll(/\d{1,9}/g)].map(({ 0: text, index }) => {
    const start = lead.length + index;
    return { line: Number(text), start, end: start + text.length };
  });
}
