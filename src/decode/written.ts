import { isBinary } from '#cut';
import type { Complaint, Source, Span } from '#mailast';
import { type Charset, decodeOctets } from './charset.ts';
import { chooseCharset } from './charset-choice.ts';
import { isEscapedFrom } from './escaped-from.ts';
import { decodeIdentity } from './identity.ts';
import { type UuencodedFile, uuencodedFiles } from './uuencode.ts';
import type { ReadableText } from './way.ts';

/** A stretch of the source that holds text. */
export interface WrittenText extends Span {
  /** Where the source lost its line ends, as in `MessageCut`. */
  breaks: readonly number[];
  /** Whether `>From ` at the start of a line stands for `From `. */
  escapedFrom: boolean;
  /** So many spaces before each line are no text, as in `MessageCut`. */
  indent?: number;
  /** As in `MessageCut`; `field` is HTML too, the value of a field. */
  markup?: 'html' | 'pre' | 'field';
}

/** Adds [start, end) as the leaf has it. */
type Plain = (start: number, end: number) => void;

/**
 * Adds text without a transfer encoding, with lost line ends restored, `>From ` taken back and uuencoded text decoded. Returns where in `into` the
 * first byte stands that is no character, or -1. Complaints have their places in the source.
 */
export function decodeWritten(
  source: Source,
  leaf: WrittenText,
  charset: Charset,
  into: ReadableText,
  complaints: Complaint[],
): number {
  let firstInvalid = -1;
  const plain = (from: number, to: number): void => {
    const invalid = decodeIdentity(source, from, to, charset, into);
    if (firstInvalid === -1) firstInvalid = invalid;
  };
  let at = leaf.start;
  for (const file of leaf.markup ? [] : uuencodedFiles(source.text, leaf.start, leaf.end)) {
    const isText = !isBinary(file.octets.units.slice(0, LOOKED));
    complaints.push(fileNotice(file, isText));
    if (!isText) continue;
    writeLines(source.text, { ...leaf, start: at, end: file.dataStart }, into, plain);
    const { charset: own } = chooseCharset(undefined, file.octets.units, 0, file.octets.units.length);
    const invalid = decodeOctets(file.octets, own, into);
    if (firstInvalid === -1) firstInvalid = invalid;
    if (!file.octets.units.endsWith('\n')) into.push('\n', file.dataEnd - 1, file.dataEnd);
    at = file.dataEnd;
  }
  writeLines(source.text, { ...leaf, start: at }, into, plain);
  return firstInvalid;
}

/** So many units decide whether a file is text. */
const LOOKED = 4096;

function fileNotice({ name, start, dataStart }: UuencodedFile, isText: boolean): Complaint {
  const what = isText ? 'it is text, and was decoded' : 'it is not text, and stands as it is written';
  const reason = `A uuencoded file, "${name}", stands in the text; ${what}.`;
  return { ruleId: 'uuencoded-file', reason, severity: 'info', start, end: dataStart };
}

function writeLines(text: string, leaf: WrittenText, into: ReadableText, plain: Plain): void {
  const { start, end, indent } = leaf;
  let at = start;
  for (const lost of leaf.breaks) {
    if (lost < at || lost >= end) continue;
    plain(at, lost);
    into.push('\n', lost, lost + 1);
    at = lost + 1;
  }
  if (indent) {
    for (; at < end; at = lineBehind(text, at, end)) {
      plain(behindIndent(text, at, indent, end), lineBehind(text, at, end));
    }
    return;
  }
  const next = (from: number): number => (leaf.escapedFrom ? nextEscaped(text, from, end) : -1);
  for (let escaped = next(at); escaped !== -1; escaped = next(lineBehind(text, at, end))) {
    plain(at, escaped);
    into.push(text.charAt(escaped + 1), escaped, escaped + 2);
    at = escaped + 2;
  }
  plain(at, end);
}

/** The next line that reads `From ` behind one or more `>`; `from` is the start of a line. */
function nextEscaped(text: string, from: number, end: number): number {
  for (let at = from; at < end; at = lineBehind(text, at, end)) {
    if (isEscapedFrom(text, at, end)) return at;
  }
  return -1;
}

/** Behind the spaces that a page put before the line at `start`, at most `indent` of them. */
function behindIndent(text: string, start: number, indent: number, end: number): number {
  let at = start;
  while (at < end && at < start + indent && text.charCodeAt(at) === 32) at++;
  return at;
}

/** The start of the next line, or `end`. */
function lineBehind(text: string, at: number, end: number): number {
  const lf = text.indexOf('\n', at);
  return lf === -1 || lf >= end ? end : lf + 1;
}
