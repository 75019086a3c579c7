import type { Glossary, Surroundings, TermMatch } from '#concepts';
import { wordsOf } from '#concepts';
import { type Message, type Span, walk } from '#mailast';
import { fieldsOf } from './header.ts';
import { listsOf } from './lists.ts';
import { type LogicalText, logicalTexts } from './logical.ts';

/** A place where a term of the glossary stands. `spans` are of the readable text, one for each line it is broken over. */
export interface Mention {
  match: TermMatch;
  spans: readonly Span[];
  where: LogicalText;
}

/** The terms of a message, in order. A table beside the tree: a term may stand on two lines. */
export function mentionsOf(tree: Message, readable: string, glossary: Glossary): Mention[] {
  const mentions: Mention[] = [];
  const protectedSpans = spansWithoutTerms(tree);
  for (const where of logicalTexts(tree, readable)) {
    for (const match of glossary.lexicon.matches(where.text)) {
      const spans = where.spans(match.start, match.end);
      const first = spans[0];
      if (first && !protectedSpans.has(first)) mentions.push({ match, spans, where });
    }
  }
  return mentions;
}

/** Links, ids and hashes: what stands in them is no term. In order of the text, so one walk along both lists is enough. */
export function spansWithoutTerms(tree: Message): { has(span: Span): boolean } {
  const spans: Span[] = [];
  walk(tree, (node) => {
    if (node.type === 'link' || node.type === 'messageReference' || node.type === 'commitReference') {
      spans.push({ start: node.position.start.offset, end: node.position.end.offset });
    }
    return undefined;
  });
  let next = 0;
  return {
    has(span) {
      while ((spans[next]?.end ?? Number.POSITIVE_INFINITY) <= span.start) next++;
      return (spans[next]?.start ?? Number.POSITIVE_INFINITY) < span.end;
    },
  };
}

/** The mention that holds a readable offset, and which of its spans does. Mentions are in order and do not overlap. */
export function mentionAt<Place extends { spans: readonly Span[] }>(
  mentions: readonly Place[],
  offset: number,
): { mention: Place; span: Span } | undefined {
  let low = 0;
  let high = mentions.length - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const mention = mentions[middle];
    if (!mention) return undefined;
    const span = mention.spans.find((one) => one.start <= offset && offset < one.end);
    if (span) return { mention, span };
    if ((mention.spans[0]?.start ?? 0) > offset) high = middle - 1;
    else low = middle + 1;
  }
  return undefined;
}

/** How much of a body is looked at for the words that stand around a term. */
const MOST_UNITS = 200_000;

/** What scope needs to know about a message, once; `paragraph` is added for each place. */
export function surroundingsOf(
  tree: Message,
  readable: string,
  subjects: Pick<Surroundings, 'subject' | 'threadSubject'>,
): Omit<Surroundings, 'paragraph'> {
  const paths: string[] = [];
  walk(tree, (node) => {
    if (node.type === 'diffFile') paths.push(...[node.before, node.after].filter((path) => path !== undefined));
    return undefined;
  });
  const body = tree.children.find((child) => child.type === 'body');
  const bodyStart = body?.position.start.offset ?? 0;
  const words = wordsOf(readable.slice(bodyStart, bodyStart + MOST_UNITS));
  return { ...subjects, ...listsOf(fieldsOf(tree)), paths, words };
}
