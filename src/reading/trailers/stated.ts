import { isParent, type MailNode, type Message, type Trailer, walk } from '#mailast';
import { messageIdInUrl } from '../message-url.ts';
import { trailerValue } from './value.ts';

/** The trailers that a patch has itself: the blocks that stand last in its message, above `---`, a diff or a signature. */
export function ownTrailers(tree: Message): Trailer[] {
  const blocks = blocksAbovePatch(tree);
  const found: Trailer[][] = [];
  for (let at = blocks.length - 1; at >= 0; at--) {
    const block = blocks[at];
    if (block?.type === 'trailers') found.push(block.children);
    else if (block) break;
  }
  return found.reverse().flat();
}

/** The blocks of a message that are not quoted, as far as its message goes. */
function blocksAbovePatch(tree: Message): MailNode[] {
  const blocks: MailNode[] = [];
  let ended = false;
  walk(tree, (node) => {
    if (ended || node.type === 'header' || node.type === 'furniture') return 'skip';
    if (node === tree || node.type === 'body' || node.type === 'part') return undefined;
    if (endsMessage(node)) ended = true;
    else if (node.type !== 'message') blocks.push(node);
    return 'skip';
  });
  return blocks;
}

function endsMessage(node: MailNode): boolean {
  return node.type === 'diff' || node.type === 'signature' || (node.type === 'divider' && node.role === 'cut');
}

/** What a trailer in an answer may not be: it would say something about the answer. */
const ABOUT_MAIL = new Set([
  'cc',
  'to',
  'from',
  'author',
  'date',
  'subject',
  'message-id',
  'in-reply-to',
  'change-id',
  'base-commit',
]);

/**
 * The trailers that an answer gives to the patch it answers: its own words, wherever in it they stand, that name a person or a commit. A link is
 * no trailer there: people give links in answers for many reasons.
 */
export function givenTrailers(tree: Message): Trailer[] {
  const found: Trailer[] = [];
  walk(tree, (node) => {
    if (node.type === 'trailer' && isGiven(node)) found.push(node);
    if (node.type === 'quote' || node.type === 'diff' || (node.type === 'message' && node !== tree)) return 'skip';
    return isParent(node) ? undefined : 'skip';
  });
  return found;
}

function isGiven({ token, value }: Trailer): boolean {
  const name = token.toLowerCase();
  if (ABOUT_MAIL.has(name) || name.startsWith('prerequisite-')) return false;
  if (name === 'fixes') return /^(?:commit\s)?[0-9a-f]{6,64}\b/i.test(value);
  return !/https?:\/\//.test(value) && messageIdInUrl(value) === undefined && trailerValue(value).person !== undefined;
}
