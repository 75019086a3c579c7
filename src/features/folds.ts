import { type MailNode, walk } from '#mailast';
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

/** What can be folded: whole messages, headers, quotes by depth, signatures, files and hunks, trailers. Only what has several lines. */
export function folds(reading: Reading): Fold[] {
  const found: Fold[] = [];
  for (let index = 0; index < reading.messages; index++) {
    const page = reading.page(index);
    if (!page) continue;
    if (reading.messages > 1) found.push({ place: page.message.span, kind: 'message' });
    found.push(...messageFolds(page));
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
      found.push({ place: page.place({ start: start.offset, end: end.offset }), kind });
    return undefined;
  });
  return found;
}
