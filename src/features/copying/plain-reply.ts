import type { Place } from '../plain.ts';
import type { Reading } from '../reading.ts';
import { copiedLines, oneLine } from './copied-lines.ts';

/**
 * The lines of a selection as an answer quotes them, below `On DATE, NAME wrote:`. Absent when there is nothing to quote. Lines keep their words and their
 * marks; nothing is broken anew.
 */
export function plainReply(reading: Reading, selection: Place): string | undefined {
  const copied = copiedLines(reading, selection);
  if (!copied || copied.lines.length === 0) return undefined;
  const { page, lines } = copied;
  const [date, author] = [page.fields.get('date')?.[0], page.voices.author];
  const said = [...(date === undefined ? [] : [`On ${oneLine(date)}`]), oneLine(author ?? 'somebody')].join(', ');
  const quoted = lines.map(({ start, end }) => {
    const text = page.message.text.slice(start, end).trimEnd();
    if (text === '') return '>';
    return text.startsWith('>') ? `>${text}` : `> ${text}`;
  });
  return `${said} wrote:\n${quoted.join('\n')}\n`;
}
