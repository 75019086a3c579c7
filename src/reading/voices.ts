import {
  type Attribution,
  type MailNode,
  type MailParent,
  type Message,
  nodesAt,
  type Paragraph,
  type Quote,
  type Span,
  walk,
} from '#mailast';
import { rewrappedTails } from './rewrapped.ts';

/** Text without marks of its own that somebody else wrote: what stands below the header lines of a message. */
export interface UnmarkedWords extends Span {
  speaker?: string;
}

/** Who speaks where: the author of the message, and of each quote. A quote whose author nobody names is not in the map. */
export interface Voices {
  author?: string;
  quotes: ReadonlyMap<Quote, string>;
  /** In order; what stands in a deeper quote inside one is not its speaker's. */
  unmarked: readonly UnmarkedWords[];
  /** Ends of quoted lines that a mailer wrapped to a line without marks, and the quote they belong to. What is only likely. */
  tails: ReadonlyMap<Paragraph, Quote>;
}

/** Who wrote what stands at a readable offset; absent when nobody says. */
export function speakerAt(tree: Message, voices: Voices, offset: number): string | undefined {
  const nodes = nodesAt(tree, offset);
  const paragraph = nodes.find((node): node is Paragraph => node.type === 'paragraph');
  const quote =
    (paragraph && voices.tails.get(paragraph)) ?? nodes.findLast((node): node is Quote => node.type === 'quote');
  const words = wordsAt(voices.unmarked, offset);
  const message = nodes.findLast((node): node is Message => node.type === 'message');
  // What holds the offset most closely says whose it is.
  const inner = Math.max(quote?.position.start.offset ?? 0, message?.position.start.offset ?? 0);
  if (words && inner < words.start) return words.speaker;
  if (quote && inner === quote.position.start.offset) return voices.quotes.get(quote);
  return message ? authorOf(message) : voices.author;
}

/** They are in order and may stand one in another, as deep as quotes do. */
function wordsAt(unmarked: readonly UnmarkedWords[], offset: number): UnmarkedWords | undefined {
  let low = 0;
  let high = unmarked.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((unmarked[middle]?.start ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return unmarked.slice(Math.max(0, low - DEEPEST), low).findLast(({ end }) => offset < end);
}

const DEEPEST = 64;

/**
 * An attribution governs the quotes after it, one level deeper, until the next one at its depth; a reply between them does not end it. A
 * new attribution takes away what deeper ones said: they were about other quotes. One that opens a quote which nobody else is named for,
 * with no deeper quote behind it, is about that quote.
 *
 *     > On Mon, Jul 3, 2023, Ada wrote:
 *     >
 *     > The pot is cold.                  Ada's
 *
 * A message in a part begins anew: what was said above it is not about its quotes.
 */
export function voicesOf(tree: Message): Voices {
  const quotes = new Map<Quote, string>();
  const below = new WordsBelow();
  // speakers[depth] is who speaks in quotes of that depth, from 1.
  const speakers: (string | undefined)[] = [];
  walk(tree, (node, parents) => {
    const depth = parents.filter((parent) => parent.type === 'quote').length;
    if (node.type === 'attribution') {
      speakers.length = depth + 1;
      const speaker = speakerOf(node, parents);
      if (node.unmarked) below.open(node, parents.at(-1), speaker);
      else speakers[depth + 1] = speaker;
      return 'skip';
    }
    if (node.type === 'quote') {
      const speaker = speakers[depth + 1] ?? openingSpeaker(node, parents);
      if (speaker !== undefined) quotes.set(node, speaker);
      return undefined;
    }
    if (node.type === 'message') speakers.length = 0;
    return isLeafFlow(node) ? 'skip' : undefined;
  });
  const { unmarked } = below;
  const author = authorOf(tree);
  const tails = rewrappedTails(tree);
  return { ...(author === undefined ? {} : { author }), quotes, unmarked, tails };
}

/** From below the header lines to where the next ones begin, or to the end of what holds them. */
class WordsBelow {
  readonly unmarked: UnmarkedWords[] = [];
  #last = new Map<MailParent, UnmarkedWords>();

  open({ position }: Attribution, parent: MailParent | undefined, speaker: string | undefined): void {
    const start = position.end.offset;
    const words: UnmarkedWords = { start, end: parent?.position.end.offset ?? start };
    if (speaker !== undefined) words.speaker = speaker;
    this.unmarked.push(words);
    if (!parent) return;
    const above = this.#last.get(parent);
    if (above) above.end = position.start.offset;
    this.#last.set(parent, words);
  }
}

/** `I wrote:` names the author of the message. */
function speakerOf({ author }: Attribution, parents: readonly MailParent[]): string | undefined {
  return author === 'I' ? authorAround(parents) : author;
}

function openingSpeaker({ children: [first, second] }: Quote, parents: readonly MailParent[]): string | undefined {
  return first?.type === 'attribution' && second?.type !== 'quote' ? speakerOf(first, parents) : undefined;
}

function isLeafFlow(node: MailNode): boolean {
  return !['message', 'body', 'part', 'quote'].includes(node.type);
}

function authorAround(parents: readonly MailParent[]): string | undefined {
  const message = parents.findLast((parent): parent is Message => parent.type === 'message');
  return message && authorOf(message);
}

/** Who a message is from, by its own header: a name, or else an address. */
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
