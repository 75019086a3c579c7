import type { Dialect } from '../message-cut.ts';
import { loreHeader } from './lore-header.ts';
import { cutLore } from './lore-text.ts';

/**
 * The same page as `lore-text` after something took away white space at the start of lines, and the empty lines: folded header lines look
 * like text, and nothing stands between header and body.
 *
 *     To: Ada Example <ada@example.org>,
 *     Ben Sample <ben@example.org>
 *     Message-ID: <20230703.1@example.org> (raw)
 *     Warm the pot first.
 */
export const loreStripped: Dialect = {
  name: 'lore-stripped',
  recognises: (_, { text }) => loreHeader(text)?.stripped === true,
  cut: (source) => cutLore(source, 'lore-stripped', LOSS),
};

const LOSS =
  'This archive page has lost white space at the start of lines and its empty lines: the header ends where the text seems to begin, paragraphs run together, and hunks of a diff show fewer lines than they say.';
