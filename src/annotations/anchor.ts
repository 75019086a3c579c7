import { type BareText, bareText, firstBare } from './bare-text.ts';
import { bodyHash } from './body-hash.ts';
import { codePoints, splitsCharacter } from './code-points.ts';
import type { JsonObject } from './json.ts';
import { midUri, pathUri } from './message-uri.ts';
import { occurrences } from './occurrences.ts';
import { type Distinct, type Reference, targetFor } from './reference.ts';

/** What a reader points at, in plain data. */
export interface Spot {
  messageId?: string;
  /** The file's label, relative to the workspace: the source where no Message-ID is known. */
  path?: string;
  subject?: string;
  /** What names the changes of the patch that the message brings: another version with the same one is known by it. */
  patchId?: string;
  /** The body's text; positions count from its beginning. */
  text: string;
  /** `bodyHash(body)`; needed only when `text` is more than the body. */
  bodyHash?: string;
  /** UTF-16 offsets in `text`, end exclusive. Both absent: the note is about the whole message. */
  start?: number;
  end?: number;
  /** Also kept with the anchor, to show where a lost note stood: never used to place it. */
  messageIndex?: number;
  speaker?: string;
  diff?: { file: string; side: 'before' | 'after'; line: number; section?: string };
}

/** Lengths of prefix and suffix, UTF-16 units: the first, unless a longer one is needed to single the quote out. */
const CONTEXT = [32, 64, 128, 256] as const;

/** The target of an annotation about this spot. An empty selection stands for its line. */
export function anchor(spot: Spot): JsonObject {
  const source = spot.messageId === undefined ? pathUri(spot.path ?? '') : midUri(spot.messageId);
  const identity: Reference = {
    bodyHash: spot.bodyHash ?? bodyHash(spot.text),
    ...(spot.subject !== undefined && { subject: spot.subject }),
    ...(spot.patchId !== undefined && { patchId: spot.patchId }),
    whole: spot.start === undefined,
  };
  if (spot.start === undefined) return targetFor(identity, source, {});
  const { start, end } = selection(spot.text, spot.start, spot.end ?? spot.start);
  const points = codePoints(spot.text);
  const bare = bareText(spot.text);
  return targetFor(
    {
      ...identity,
      ...quoteIn(spot.text, bare, start, end),
      position: { start: points.fromUtf16(start), end: points.fromUtf16(end) },
      depth: bare.depthAt(start),
    },
    source,
    shownWith(spot),
  );
}

/** Inside the text, in order, not through the middle of a character, and never empty where there is something to take. */
function selection(text: string, from: number, to: number): { start: number; end: number } {
  const within = (offset: number): number => Math.min(Math.max(Math.trunc(offset) || 0, 0), text.length);
  let start = Math.min(within(from), within(to));
  let end = Math.max(within(from), within(to));
  if (start === end) {
    const lineEnd = text.indexOf('\n', start);
    start = start === 0 ? 0 : text.lastIndexOf('\n', start - 1) + 1;
    end = lineEnd === -1 ? text.length : lineEnd;
  }
  if (splitsCharacter(text, start)) start--;
  if (splitsCharacter(text, end)) end++;
  return { start, end };
}

function quoteIn(text: string, bare: BareText, start: number, end: number): Pick<Reference, 'quote' | 'distinct'> {
  const exact = text.slice(start, end);
  const from = bareIndex(bare, start);
  const to = bareIndex(bare, end);
  const alone = isOnce(bare, from, to);
  const before = alone ? CONTEXT[0] : shortest((length) => isOnce(bare, bareIndex(bare, start - length), to));
  const behind = alone ? CONTEXT[0] : shortest((length) => isOnce(bare, from, bareIndex(bare, end + length)));
  const prefixStart = contextStart(text, start, before ?? CONTEXT[0]);
  const suffixEnd = contextEnd(text, end, behind ?? CONTEXT[0]);
  const distinct = new Set<Distinct>();
  if (alone) distinct.add('exact');
  if (isOnce(bare, bareIndex(bare, prefixStart), to)) distinct.add('prefix');
  if (isOnce(bare, from, bareIndex(bare, suffixEnd))) distinct.add('suffix');
  return { quote: { exact, prefix: text.slice(prefixStart, start), suffix: text.slice(end, suffixEnd) }, distinct };
}

/** The first length that is enough; absent when the longest is not. */
function shortest(isEnough: (length: number) => boolean): number | undefined {
  return CONTEXT.find(isEnough);
}

/** A prefix begins with a letter or sign of its own, so that it reads the same wherever it stands in its line. */
function contextStart(text: string, start: number, length: number): number {
  if (start <= length) return 0;
  const bare = firstBare(text, start - length, start);
  const at = bare === start ? start - length : bare;
  return splitsCharacter(text, at) ? at - 1 : at;
}

function contextEnd(text: string, end: number, length: number): number {
  const at = Math.min(end + length, text.length);
  return splitsCharacter(text, at) ? at + 1 : at;
}

function isOnce(bare: BareText, from: number, to: number): boolean {
  const needle = bare.text.slice(from, to);
  return occurrences(bare.text, needle, 2).at.length === 1;
}

/** How many units of the bare text stand before this offset of the full text. */
function bareIndex(bare: BareText, offset: number): number {
  let low = 0;
  let high = bare.offsets.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((bare.offsets[middle] ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

function shownWith(spot: Spot): JsonObject {
  const { messageIndex, speaker, diff } = spot;
  return {
    ...(messageIndex !== undefined && { 'patchgloss:messageIndex': messageIndex }),
    ...(speaker !== undefined && { 'patchgloss:speaker': speaker }),
    ...(diff !== undefined && {
      'patchgloss:file': diff.file,
      'patchgloss:side': diff.side,
      'patchgloss:line': diff.line,
      ...(diff.section !== undefined && { 'patchgloss:section': diff.section }),
    }),
  };
}
