import { type Flow, type MailNode, type Message, type Part, type Span, walk } from '#mailast';
import type { Fold } from './plain.ts';
import type { Page, Reading } from './reading.ts';

const KINDS: Partial<Record<MailNode['type'], Fold['kind']>> = {
  header: 'header',
  quote: 'quote',
  signature: 'signature',
  diffFile: 'diff',
  hunk: 'diff',
  trailers: 'trailers',
  furniture: 'furniture',
};

/**
 * What can be folded: whole messages, headers, quotes by depth, signatures, files and hunks, trailers, what stands below a heading. Only what has
 * several lines.
 */
export function folds(reading: Reading): Fold[] {
  const found: Fold[] = [];
  for (let index = 0; index < reading.messages; index++) {
    const page = reading.page(index);
    if (!page) continue;
    if (reading.messages > 1) found.push({ place: page.message.span, kind: 'message' });
    for (const fold of messageFolds(page)) found.push(fold);
  }
  return found;
}

function messageFolds(page: Page): Fold[] {
  const found: Fold[] = [];
  walk(page.message.tree, (node, parents) => {
    const kind = KINDS[node.type];
    const { start, end } = node.position;
    // A piece of a hunk stands alone in its file: one fold is enough for both.
    const isOnlyHunk = node.type === 'hunk' && parents.at(-1)?.position.start.offset === start.offset;
    if (kind && end.line > start.line && !isOnlyHunk)
      found.push({
        place: page.place({ start: start.offset, end: end.offset }),
        kind,
        ...(node.type === 'quote' ? { depth: node.depth } : {}),
      });
    if (node.type === 'part' || node.type === 'quote')
      for (const section of sectionsIn(node.children)) found.push({ place: page.place(section), kind: 'section' });
    return undefined;
  });
  return found;
}

/** What belongs to the words of a mail; anything else ends a section. */
const WORDS = new Set<MailNode['type']>(['paragraph', 'listing', 'footnoteDefinition']);

/** Each heading with the words below it: `Changes in v3:` and the list of them. */
function sectionsIn(children: readonly (Flow | Message | Part)[]): Span[] {
  const sections: Span[] = [];
  let open: Span | undefined;
  for (const { type, position } of children) {
    if (type === 'heading') {
      open = { start: position.start.offset, end: position.end.offset };
      sections.push(open);
    } else if (open && WORDS.has(type)) open.end = position.end.offset;
    else open = undefined;
  }
  return sections;
}
