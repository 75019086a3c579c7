import { ReadableText } from './way.ts';
import { decodeWords } from './words.ts';

/** A header value that stands in a body, with its encoded words decoded; words of an unknown charset stay as they are written. */
export function headerText(value: string): string {
  const into = new ReadableText();
  decodeWords(value, 0, value.length, into, (start, end) => into.push(value.slice(start, end), start, end));
  return into.finish().text;
}
