import { isParent, type Line, type MailNode, type Message, type Paragraph, type Quote, walk } from '#mailast';

/** A tail is short, and stands below a line that had no room for it. In columns. */
const LONGEST_TAIL = 45;
const NARROWEST = 60;
const WIDTH = 70;
/** One such line may be a reply; a mailer that wraps does it again and again. */
const FEWEST = 2;

/**
 * The ends of quoted lines that a mailer wrapped to a line without their mark, each with the quote above that it belongs to. Only what looks so
 * twice in a message is taken for it.
 *
 *     > The pot that stands on the stove in the kitchen is cold and nobody has
 *     warmed it
 *     > since the day before.
 */
export function rewrappedTails(tree: Message): ReadonlyMap<Paragraph, Quote> {
  const tails = new Map<Paragraph, Quote>();
  walk(tree, (node) => {
    if (node.type === 'part' || node.type === 'quote') {
      node.children.forEach((child, index) => {
        const [above, below] = [node.children[index - 1], node.children[index + 1]];
        if (child.type === 'paragraph' && isTail(child, above, below)) tails.set(child, above);
      });
    }
    return isParent(node) && ['message', 'body', 'part', 'quote'].includes(node.type) ? undefined : 'skip';
  });
  return tails.size < FEWEST ? new Map() : tails;
}

function isTail(paragraph: Paragraph, above: MailNode | undefined, below: MailNode | undefined): above is Quote {
  const [line, ...more] = paragraph.children;
  if (above?.type !== 'quote' || below?.type !== 'quote' || !line || more.length > 0) return false;
  if (above.depth !== below.depth || below.children[0]?.type !== 'paragraph') return false;
  const { start, end } = paragraph.position;
  if (above.position.end.line + 1 !== start.line || end.line + 1 !== below.position.start.line) return false;
  const last = above.children.at(-1);
  const torn = last?.type === 'paragraph' ? last.children.at(-1) : undefined;
  return torn !== undefined && fits(torn, line);
}

/** The line above is full and does not end a sentence, and the tail goes on with it in the small. */
function fits(torn: Line, tail: Line): boolean {
  const [above, rest] = [textOf(torn), textOf(tail)];
  const width = torn.position.end.column - 1;
  const room = width + 1 + (rest.split(' ', 1)[0]?.length ?? 0);
  if (rest.length > LONGEST_TAIL || width < NARROWEST || room < WIDTH) return false;
  return /^[\p{Ll}\d]/u.test(rest) && !/[.?!:;]["')]?\s*$/.test(above);
}

function textOf(line: Line): string {
  return line.children.map(({ value }) => value).join('');
}
