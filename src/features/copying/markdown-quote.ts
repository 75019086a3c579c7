import type { BlockContent, Blockquote, Paragraph, PhrasingContent } from 'mdast';
import type { BodyLine } from '#reading';
import { markdownOf, plainLine, say } from '../markdown.ts';
import type { Place } from '../plain.ts';
import type { Page, Reading } from '../reading.ts';
import { addressOf } from './address.ts';
import { copiedLines } from './copied-lines.ts';

/**
 * The lines of a selection as a quote in Markdown, with who said it, when and where. Whatever a mail says is text in it. Absent when there is nothing to
 * quote.
 */
export function markdownQuote(reading: Reading, selection: Place): string | undefined {
  const copied = copiedLines(reading, selection);
  if (!copied || copied.lines.length === 0) return undefined;
  const { page, lines } = copied;
  const text = markdownOf([attribution(page), { type: 'blockquote', children: blocks(page, lines, 0) }]);
  const address = addressOf(page);
  // The colon of an address is escaped wherever one stands; in a link of ours nothing has to be.
  return `${address === undefined ? text : text.replace(`](${address.replace(':', '\\:')})`, () => `](${address})`)}\n`;
}

function attribution(page: Page): Paragraph {
  const { subject = 'no subject' } = page;
  const address = addressOf(page);
  const date = page.fields.get('date')?.[0];
  return say.paragraph(
    say.mail(page.voices.author ?? 'Somebody'),
    ...(date === undefined ? [] : [say.mail(`, ${date}`)]),
    say.text(', '),
    address === undefined ? say.mail(subject) : say.link(plainLine(subject), address),
    say.text(':'),
  );
}

/** Quotes deeper than this stay in the last one. */
const DEEPEST = 8;

/** Lines of one depth and kind together; calls itself as deep as quotes are shown. */
function blocks(page: Page, lines: readonly BodyLine[], depth: number): BlockContent[] {
  const found: BlockContent[] = [];
  for (let at = 0; at < lines.length; ) {
    const line = lines[at];
    if (line?.kind === 'blank') {
      at++;
      continue;
    }
    const end = runEnd(lines, at, depth);
    found.push(blockOf(page, lines.slice(at, end), depth));
    at = end;
  }
  return found;
}

function runEnd(lines: readonly BodyLine[], at: number, depth: number): number {
  const kind = kindOf(lines[at], depth);
  let end = at + 1;
  // An empty line ends a paragraph, and belongs to a quote or to code that goes on behind it.
  while (
    end < lines.length &&
    (kindOf(lines[end], depth) === kind || (kind !== 'prose' && goesOn(lines, end, depth, kind)))
  )
    end++;
  return end;
}

function goesOn(lines: readonly BodyLine[], at: number, depth: number, kind: string): boolean {
  return lines[at]?.kind === 'blank' && kindOf(lines[at + 1], depth) === kind;
}

const CODE: ReadonlySet<BodyLine['kind']> = new Set([
  'diff-header',
  'hunk',
  'added',
  'removed',
  'context',
  'listing',
  'diffstat',
  'trailer',
]);

function kindOf(line: BodyLine | undefined, depth: number): 'prose' | 'code' | 'quote' | 'blank' {
  if (!line || line.kind === 'blank') return 'blank';
  if (line.depth > depth && depth < DEEPEST) return 'quote';
  return CODE.has(line.kind) ? 'code' : 'prose';
}

function blockOf(page: Page, lines: readonly BodyLine[], depth: number): BlockContent {
  const kind = kindOf(lines[0], depth);
  if (kind === 'quote') {
    const quote: Blockquote = { type: 'blockquote', children: blocks(page, lines, depth + 1) };
    return quote;
  }
  const texts = lines.map(({ own, end }) => page.message.text.slice(own, end));
  if (kind === 'code') return { type: 'code', value: texts.join('\n') };
  return say.paragraph(
    ...texts.flatMap((text, at): PhrasingContent[] => [...(at === 0 ? [] : [say.text('\n')]), say.mail(text)]),
  );
}
