import { isWhite } from './bare-text.ts';
import { sha256 } from './sha256.ts';

/**
 * SHA-256 of a message's body text as every copy of the mail should give it: decoded, unflowed, without header and
 * furniture, lines ended by LF (CRLF and a lone CR are taken for LF), white space at line ends and empty lines at the end
 * left out, no line end behind the last line.
 */
export function bodyHash(text: string): string {
  const lines = text.replace(/\r\n?/g, '\n').split('\n').map(trimmedEnd);
  while (lines.length > 0 && lines[lines.length - 1] === '') lines.pop();
  return sha256(lines.join('\n'));
}

function trimmedEnd(line: string): string {
  let end = line.length;
  while (end > 0 && isWhite(line.charCodeAt(end - 1))) end--;
  return line.slice(0, end);
}
