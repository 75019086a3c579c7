import type { Source } from '#mailast';
import type { Dialect, MessageCut } from '../message-cut.ts';
import { attachmentMarks, type LoreHeader, loreFooter, loreHeader } from './lore-header.ts';
import { pageCut } from './page.ts';

/**
 * A message of a public-inbox archive (lore.kernel.org), saved as text: a whole header with words of the page in it, the text as it was
 * sent, and below it the thread and how to reply.
 *
 *     linux-tea.example.org archive mirror
 *      help / color / mirror / Atom feed
 *     From: Ada Example <ada@example.org>
 *     Date: Mon, 3 Jul 2023 10:00:00 +0200	[thread overview]
 *     Message-ID: <20230703.1@example.org> (raw)
 */
export const loreText: Dialect = {
  name: 'lore-text',
  recognises: (_, { text }) => loreHeader(text)?.stripped === false,
  cut: (source) => cutLore(source, 'lore-text', LOSS),
};

const LOSS =
  'This archive page shows the header in part: references and what mail programs wrote into it are not here; attachments are named only.';

/** Cuts a page with the header of public-inbox; no message where there is none. */
export function cutLore({ text }: Source, dialect: string, loss: string): MessageCut[] {
  const header: LoreHeader | undefined = loreHeader(text);
  if (!header) return [];
  const { fields, bodyStart, indent, stripped } = header;
  const footer = loreFooter(text, bodyStart);
  return [
    pageCut(text, {
      dialect,
      start: 0,
      end: text.length,
      fields,
      bodyStart,
      ...(footer === undefined ? {} : { footer }),
      inside: attachmentMarks(text, bodyStart, footer ?? text.length),
      loss,
      indent,
      stripped,
    }),
  ];
}
