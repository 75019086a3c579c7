import type { ListItem, RootContent } from 'mdast';
import { markdownOf, say } from '../markdown.ts';
import { ourGlossary } from '../packs.ts';
import type { ThreadTerm, ThreadTerms, Unexplained, WrittenOut } from './plain.ts';
import { inReadingOrder } from './reading-order.ts';

/** The terms of a thread as a page to read from top to bottom. Links are `concept:ID`. */
export function readingList(terms: ThreadTerms): string {
  const ordered = inReadingOrder(terms.explained, ourGlossary());
  const [first] = terms.messages;
  const blocks: RootContent[] = [heading(1, 'Terms of this thread')];
  if (first) blocks.push(say.paragraph(say.mail(first.subject || '(no subject)')));
  blocks.push(say.paragraph(say.quiet(coverage(terms))));
  for (const term of ordered) blocks.push(...termBlocks(term));
  if (terms.written.length > 0) {
    blocks.push(heading(2, 'Written out in the thread'));
    blocks.push({ type: 'list', spread: false, children: terms.written.map(candidateItem) });
  }
  if (terms.unexplained.length > 0) {
    blocks.push(heading(2, 'Not explained'));
    blocks.push({ type: 'list', spread: false, children: terms.unexplained.map(candidateItem) });
  }
  return `${markdownOf(blocks)}\n`;
}

function coverage({ explained, written, unexplained }: ThreadTerms): string {
  if (explained.length === 0) return 'No note explains a term of this thread.';
  const order = explained.length === 1 ? '' : ' Each stands after those that it needs.';
  const known = explained.length + written.length;
  return `${known} of ${known + unexplained.length} terms explained.${order}`;
}

function termBlocks({ concept, title, expansion, field, summary, mentions, messages }: ThreadTerm): RootContent[] {
  const name = expansion === undefined ? [] : [say.text(` \u2014 ${expansion}`)];
  const where = messages === 1 ? 'in one message' : `in ${messages} messages`;
  const often = mentions.length === 1 ? 'once' : `${mentions.length} times`;
  return [
    { type: 'heading', depth: 3, children: [say.link(title, `concept:${concept}`), ...name] },
    say.paragraph(say.text(summary)),
    say.paragraph(say.quiet(`${field} \u00b7 ${often} ${where}`)),
  ];
}

function candidateItem(candidate: Unexplained | WrittenOut): ListItem {
  const { text, mentions } = candidate;
  const name = 'expansion' in candidate ? [say.text(': '), say.mail(candidate.expansion)] : [];
  const all = [...new Set(mentions.map(({ line }) => line + 1))];
  const lines = all.slice(0, 3);
  const more = all.length > lines.length ? ' and further down' : '';
  const label = lines.length === 1 ? 'line' : 'lines';
  return {
    type: 'listItem',
    spread: false,
    children: [
      say.paragraph(say.mail(text), ...name, say.text(' \u00b7 '), say.quiet(`${label} ${lines.join(', ')}${more}`)),
    ],
  };
}

function heading(depth: 1 | 2, text: string): RootContent {
  return { type: 'heading', depth, children: [say.text(text)] };
}
