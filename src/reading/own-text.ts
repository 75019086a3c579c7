import type { MessageReading } from '#parse';

/**
 * The text of a message without headers, without what an archive page put around it, and without the mails it holds: its parts one behind the
 * other, each ended by a line end. Parts that are not shown have none.
 */
export function ownText({ text, readable }: MessageReading): string {
  const pieces: string[] = [];
  let within = Number.POSITIVE_INFINITY;
  let next = 0;
  for (const part of readable.parts) {
    if (part.depth > within) continue;
    within = part.holds === 'message' ? part.depth : Number.POSITIVE_INFINITY;
    if (!part.text) continue;
    let at = part.text.start;
    if (pieces.length > 0 && !pieces.at(-1)?.endsWith('\n')) pieces.push('\n');
    // Furniture that an archive page put between the lines is cut out. Parts and what stands aside are both in order.
    for (let span = readable.aside[next]; span && span.start < part.text.end; span = readable.aside[++next]) {
      if (span.end <= at) continue;
      pieces.push(text.slice(at, span.start));
      at = text.charAt(span.end) === '\n' ? span.end + 1 : span.end;
    }
    pieces.push(text.slice(at, part.text.end));
  }
  return pieces.join('');
}
