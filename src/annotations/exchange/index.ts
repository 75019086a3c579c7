import type { Annotation } from '../annotation.ts';
import type { Json } from '../json.ts';
import { emptyStore, formatStore, parseStore, type Store } from '../store.ts';
import { fromHypothesis, toHypothesis } from './hypothesis.ts';
import { fromMarkdown, toMarkdown } from './markdown.ts';

/** `jsonld` is W3C's model as the store has it, `hypothesis` the answer of that service's search, `markdown` a text to read. */
export const EXCHANGE_FORMATS = ['markdown', 'jsonld', 'hypothesis'] as const;
export type ExchangeFormat = (typeof EXCHANGE_FORMATS)[number];

/** `base` is the address of an archive to which Message-IDs are added, ending in a slash. */
export function exportNotes(annotations: readonly Annotation[], format: ExchangeFormat, base: string): string {
  const store = { ...emptyStore(), annotations };
  if (format === 'jsonld') return formatStore(store);
  // In the order of the file, which is that of the mails.
  const inOrder = parseStore(formatStore(store)).annotations;
  return format === 'markdown' ? toMarkdown(inOrder, base) : toHypothesis(inOrder);
}

/** The notes of a file that was exported here or elsewhere, in whichever of the formats it is. Never throws. */
export function importNotes(text: string, messageIdIn?: (url: string) => string | undefined): Store {
  const root = jsonOf(text);
  if (root === undefined) {
    const { entries, damaged } = fromMarkdown(text);
    if (entries.length === 0 && damaged === 0) return parseStore(text);
    const store = parseStore(JSON.stringify(entries));
    const lost = { index: entries.length, reason: `${damaged} of the notes in it are no JSON any more.`, raw: damaged };
    return damaged === 0 ? store : { ...store, damaged: [...store.damaged, lost] };
  }
  const rows = fromHypothesis(root, messageIdIn);
  return rows === undefined ? parseStore(text) : { ...emptyStore(), annotations: rows };
}

function jsonOf(text: string): Json | undefined {
  try {
    return JSON.parse(text.startsWith('\ufeff') ? text.slice(1) : text);
  } catch {
    return undefined;
  }
}
