import type { Complaint, Span } from '#mailast';
import { isControls } from '../controls.ts';

/** Lines at the end of a source that are no text, and what is said about them. */
export interface Garbage extends Span {
  complaint: Complaint;
}

/**
 * The lines at the very end of a text that are no text: the NULs that a crash leaves behind, the end-of-file sign of an old system, binary data.
 * Lines are read upwards from the end, not above `from`. Absent when the text ends as text does.
 */
export function garbageAtEnd(text: string, from: number): Garbage | undefined {
  let start = text.length;
  for (let end = text.length; end > from; ) {
    const lineStart = Math.max(end < 2 ? 0 : text.lastIndexOf('\n', end - 2) + 1, from);
    const line = text.slice(lineStart, end).trim();
    if (line !== '' && !isGarbage(line, start < text.length)) break;
    if (line !== '') start = lineStart;
    end = lineStart;
  }
  if (start === text.length) return undefined;
  let end = text.length;
  while (/[\r\n]/.test(text.charAt(end - 1))) end--;
  const reason = 'The file ends in bytes that are no text, from here on; they were kept apart from the message.';
  return { start, end, complaint: { ruleId: 'garbage-at-end', reason, severity: 'warning', start, end } };
}

/** A few control characters in a short line are data, unless what follows it is garbage already. */
const FEW = 32;

function isGarbage(line: string, garbageBelow: boolean): boolean {
  if (isWide(line)) return false;
  return (isControls(line) && (garbageBelow || line.length >= FEW)) || isPadding(line);
}

/** Text of two bytes a character, where every second one is a NUL; one or two NULs alone may be the end of it. */
function isWide(line: string): boolean {
  let nuls = 0;
  for (let at = 0; at < line.length; at++) if (line.charCodeAt(at) === 0) nuls++;
  return nuls > 0 && Math.abs(2 * nuls - line.length) <= 2;
}

/** NULs and the end-of-file sign U+001A. */
function isPadding(line: string): boolean {
  for (let at = 0; at < line.length; at++) {
    const unit = line.charCodeAt(at);
    if (unit !== 0 && unit !== 26) return false;
  }
  return true;
}
