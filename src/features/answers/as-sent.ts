import type { BodyLines, MessageReading } from '#reading';

/** The text of a body with its lines as they were sent; absent where the reader reads those. */
export function textAsSent({ readable, text }: MessageReading, { lines }: BodyLines): string | undefined {
  const { sent } = readable;
  if (sent.length === 0) return undefined;
  const pieces: string[] = [];
  let next = 0;
  let written = -1;
  for (const { start, end } of lines) {
    // The last line of a stretch may be empty, and then it begins where the stretch ends.
    while (sent[next] !== undefined && (sent[next]?.end ?? 0) < end) next++;
    const stretch = sent[next];
    if (!stretch || start < stretch.start) pieces.push(text.slice(start, end));
    else if (written < next) {
      pieces.push(stretch.text);
      written = next;
    }
  }
  return pieces.join('\n');
}
