import type { BodyLine } from '#reading';
import type { Place } from '../plain.ts';
import { messageAt, type Page, type Reading } from '../reading.ts';

/** The lines of a message that a reader wants to quote. */
export interface CopiedLines {
  page: Page;
  lines: readonly BodyLine[];
}

/**
 * The lines of the body that a selection touches, whole, decoded; of an empty selection, or one in the header, all lines of the message up to its signature.
 * Only lines of the message in which the selection begins. Absent where there is no message.
 */
export function copiedLines(reading: Reading, { start, end }: Place): CopiedLines | undefined {
  const index = messageAt(reading, start);
  const page = index === undefined ? undefined : reading.page(index);
  if (!page) return undefined;
  const { lines } = page.body;
  const [first, last] =
    start === end ? [] : [rowAt(page, start), rowAt(page, Math.min(end - 1, page.message.span.end - 1))];
  const signature = lines.findIndex(({ kind, depth }) => kind === 'signature' && depth === 0);
  const chosen =
    last === undefined ? lines.slice(0, signature === -1 ? undefined : signature) : lines.slice(first ?? 0, last + 1);
  return { page, lines: withoutMargins(chosen) };
}

function rowAt(page: Page, offset: number): number | undefined {
  const readable = page.message.way.toReadable(offset);
  const line = readable === undefined ? undefined : page.body.point(readable)?.line;
  return line === undefined ? undefined : line - 1;
}

/** Without empty lines above and below. */
function withoutMargins(lines: readonly BodyLine[]): readonly BodyLine[] {
  const first = lines.findIndex(({ kind }) => kind !== 'blank');
  return first === -1 ? [] : lines.slice(first, lines.findLastIndex(({ kind }) => kind !== 'blank') + 1);
}

/** `Ada Example <ada@example.org>` or what there is of it, in one line without signs that could end it. */
export function oneLine(text: string): string {
  return text.replace(/[\s\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}
