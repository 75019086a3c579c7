import type { Complaint, Source, Span } from '#mailast';
import { type Charset, decodeOctets } from './charset.ts';
import { type CharsetChoice, chooseCharset, chooseForDocument } from './charset-choice.ts';
import type { ContentType } from './content.ts';
import { htmlText } from './html-text.ts';
import { decodeIdentity } from './identity.ts';
import { type Octets, octetsBehind } from './octets.ts';
import { type Rewriting, rewritingOf } from './rewriting.ts';
import { base64, quotedPrintable, type TransferDecoder } from './transfer.ts';
import { ReadableText, type SegmentedWay } from './way.ts';

/** A stretch of the source with one kind of content: the body of a simple message, the text of a part. */
export interface Leaf extends Span {
  type: ContentType;
  /** The transfer encoding in small letters. */
  encoding?: string;
  /** Where the source lost its line ends, as in `MessageCut`. */
  breaks: readonly number[];
  /** Whether `>From ` at the start of a line stands for `From `. */
  escapedFrom: boolean;
  /** So many spaces before each line are no text, as in `MessageCut`. */
  indent?: number;
  /** As in `MessageCut`; `field` is HTML too, the value of a field. */
  markup?: 'html' | 'pre' | 'field';
}

/** What could not be decoded. `inSource` has its places in the source, `inText` in the readable text. */
export interface LeafComplaints {
  inSource: readonly Complaint[];
  inText: readonly Complaint[];
}

/** Adds the text of a leaf to `into`. Never fails: what cannot be decoded stays as it is written, with a complaint. */
export function decodeLeaf(source: Source, leaf: Leaf, into: ReadableText): LeafComplaints {
  const rewrite = rewriteOf(leaf);
  if (!rewrite) return decodeCharacters(source, leaf, into);
  const written = new ReadableText();
  const { inSource, inText } = decodeCharacters(source, leaf, written);
  const from = written.finish();
  const notice = leaf.markup ? [] : [htmlNotice(into.length)];
  rewrite(from.text, rewritingOf(from, into));
  return { inSource: [...inSource, ...inText.map((one) => movedToSource(one, from.way))], inText: notice };
}

/** How the characters of a leaf become the text a reader reads, where they are not that text themselves. */
function rewriteOf({ type, markup }: Leaf): ((text: string, into: Rewriting) => void) | undefined {
  if (markup)
    return (text, into) => htmlText(text, into, { preformatted: markup === 'pre', field: markup === 'field' });
  if (type.mediaType !== 'text/html') return undefined;
  return (text, into) => htmlText(text, into, { addresses: true });
}

function htmlNotice(at: number): Complaint {
  const reason = 'This is HTML mail: its text is shown, and nothing of it is rendered or fetched.';
  return { ruleId: 'html-as-text', reason, severity: 'info', start: at, end: at };
}

function movedToSource(complaint: Complaint, way: SegmentedWay): Complaint {
  return { ...complaint, ...way.toSource(complaint.start ?? 0, complaint.end ?? complaint.start ?? 0) };
}

/** The characters of a leaf, as they were before anybody reads markup or joins lines. */
function decodeCharacters(source: Source, leaf: Leaf, into: ReadableText): LeafComplaints {
  const inSource: Complaint[] = [];
  const start = into.length;
  const unwrapped = unwrap(source.text, leaf, inSource);
  const choice = unwrapped
    ? chooseCharset(leaf.type.charset, unwrapped.units, 0, unwrapped.units.length)
    : charsetOfWritten(source, leaf);
  const { charset, mark, complaint } = choice;
  const invalid = unwrapped
    ? decodeOctets(octetsBehind(unwrapped, mark), charset, into)
    : decodeWritten(source, { ...leaf, start: leaf.start + mark }, charset, into);
  const inText = complaint ? [{ ...complaint, start, end: start }] : [];
  return { inSource, inText: invalid === -1 ? inText : [...inText, invalidBytes(invalid)] };
}

function charsetOfWritten({ text, units }: Source, { type, start, end }: Leaf): CharsetChoice {
  return (units === 'bytes' ? chooseCharset : chooseForDocument)(type.charset, text, start, end);
}

/** Takes the transfer encoding off; absent where there is none. */
function unwrap(text: string, { encoding, start, end }: Leaf, inSource: Complaint[]): Octets | undefined {
  const decoder = transferDecoder(encoding);
  if (!decoder) return undefined;
  const { octets, damaged, firstDamage } = decoder(text, start, end);
  if (damaged > 0) {
    const places = damaged === 1 ? 'One place' : `${damaged} places`;
    const reason = `${places} of the ${encoding} text could not be decoded, the first one here; the rest was read.`;
    inSource.push(warning('transfer-encoding-damaged', reason, firstDamage, firstDamage + 1));
  }
  return octets;
}

/** The complaint about a byte that is no character; `at` is where it stands in the readable text. */
export function invalidBytes(at: number): Complaint {
  const reason = 'Some bytes, the first one here, are no text in the charset of this message; each is shown as \ufffd.';
  return warning('charset-bytes-invalid', reason, at, at + 1);
}

function warning(ruleId: string, reason: string, start: number, end: number): Complaint {
  return { ruleId, reason, severity: 'warning', start, end };
}

function transferDecoder(encoding: string | undefined): TransferDecoder | undefined {
  if (encoding === 'quoted-printable') return quotedPrintable;
  return encoding === 'base64' ? base64 : undefined;
}

/**
 * Text without a transfer encoding, with lost line ends restored and `>From ` taken back. Returns where in `into` the first byte stands that is no character, or -1.
 */
function decodeWritten(source: Source, leaf: Leaf, charset: Charset, into: ReadableText): number {
  const { start, end, indent } = leaf;
  let at = start;
  let firstInvalid = -1;
  const plain = (from: number, to: number): void => {
    const invalid = decodeIdentity(source, from, to, charset, into);
    if (firstInvalid === -1) firstInvalid = invalid;
  };
  for (const lost of leaf.breaks) {
    if (lost < at || lost >= end) continue;
    plain(at, lost);
    into.push('\n', lost, lost + 1);
    at = lost + 1;
  }
  const { text } = source;
  if (indent) {
    for (; at < end; at = lineBehind(text, at, end))
      plain(behindIndent(text, at, indent, end), lineBehind(text, at, end));
    return firstInvalid;
  }
  // mboxrd: one `>` was put before every line that reads `From `, `>From `, `>>From ` and so on.
  const next = (from: number): number => (leaf.escapedFrom ? nextEscaped(text, from, end) : -1);
  for (let escaped = next(at); escaped !== -1; escaped = next(lineBehind(text, at, end))) {
    plain(at, escaped);
    into.push(text.charAt(escaped + 1), escaped, escaped + 2);
    at = escaped + 2;
  }
  plain(at, end);
  return firstInvalid;
}

/** The next line that reads `From ` behind one or more `>`; `from` is the start of a line. */
function nextEscaped(text: string, from: number, end: number): number {
  for (let at = from; at < end; at = lineBehind(text, at, end)) {
    let mark = at;
    while (mark < end && text.charCodeAt(mark) === 62) mark++;
    if (mark > at && mark < end && text.startsWith('From ', mark)) return at;
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
