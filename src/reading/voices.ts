import { type MailNode, type Message, type Quote, walk } from '#mailast';

/** Who speaks where: the author of the message, and of each quote. A quote whose author nobody names is not in the map. */
export interface Voices {
  author?: string;
  quotes: ReadonlyMap<Quote, string>;
}

/**
 * An attribution governs the quotes after it, one level deeper, until the next one at its depth; a reply between them does not end it. A
 * new attribution takes away what deeper ones said: they were about other quotes.
 */
export function voicesOf(tree: Message): Voices {
  const quotes = new Map<Quote, string>();
  // speakers[depth] is who speaks in quotes of that depth, from 1.
  const speakers: (string | undefined)[] = [];
  walk(tree, (node, parents) => {
    const depth = parents.filter((parent) => parent.type === 'quote').length;
    if (node.type === 'attribution') {
      speakers.length = depth + 1;
      speakers[depth + 1] = node.author;
      return 'skip';
    }
    if (node.type === 'quote') {
      const speaker = speakers[depth + 1];
      if (speaker !== undefined) quotes.set(node, speaker);
      return undefined;
    }
    return isLeafFlow(node) ? 'skip' : undefined;
  });
  const author = authorOf(tree);
  return author === undefined ? { quotes } : { author, quotes };
}

function isLeafFlow(node: MailNode): boolean {
  return !['message', 'body', 'part', 'quote'].includes(node.type);
}

function authorOf(tree: Message): string | undefined {
  const header = tree.children.find((child) => child.type === 'header');
  const from = header?.children.find((field) => field.name.toLowerCase() === 'from')?.value;
  return from === undefined ? undefined : displayName(from);
}

/** `"Example, Ada" <ada@example.org>` gives the name; an address alone stands for it. Absent when there is neither. */
export function displayName(from: string): string | undefined {
  const address = from.lastIndexOf('<');
  const name = (address > 0 ? from.slice(0, address) : from).trim().replace(/^"(.*)"$/, '$1');
  return name.replace(/^<|>$/g, '') || undefined;
}
