import type { Complaint, Source } from '#mailast';
import { decodeOctets } from './charset.ts';
import { type CharsetChoice, chooseCharset, chooseForDocument } from './charset-choice.ts';
import type { ContentType } from './content.ts';
import { unwrapFlattened } from './flattened-transfer.ts';
import { unflow } from './flowed.ts';
import { type HtmlOptions, htmlText } from './html-text.ts';
import { octetsBehind } from './octets.ts';
import { type Rewriting, rewritingOf } from './rewriting.ts';
import { unwrap } from './unwrap.ts';
import { ReadableText, type SegmentedWay } from './way.ts';
import { decodeWritten, type WrittenText } from './written.ts';

/** A stretch of the source with one kind of content: the body of a simple message, the text of a part. */
export interface Leaf extends WrittenText {
  type: ContentType;
  /** The transfer encoding in small letters. */
  encoding?: string;
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
  const notice = leaf.markup || leaf.type.flowed ? [] : [htmlNotice(into.length)];
  const start = into.length;
  const joined = rewrite(from.text, rewritingOf(from, into));
  if (joined) into.wasSent(start, from.text);
  return { inSource: [...inSource, ...inText.map((one) => movedToSource(one, from.way))], inText: notice };
}

/** How the characters of a leaf become the text a reader reads, where they are not that text themselves. Returns whether lines were joined. */
function rewriteOf({ type, markup }: Leaf): ((text: string, into: Rewriting) => boolean) | undefined {
  const html = (options: HtmlOptions) => (text: string, into: Rewriting) => {
    htmlText(text, into, options);
    return false;
  };
  if (markup) return html({ preformatted: markup === 'pre', field: markup === 'field' });
  if (type.mediaType === 'text/html') return html({ addresses: true });
  const { flowed } = type;
  return flowed && ((text, into) => unflow(text, flowed.delSp, into));
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
  const start = into.length;
  const { octets: unwrapped, complaints: inSource } = isFlattened(leaf)
    ? unwrapFlattened(source.text, leaf, leaf.breaks)
    : unwrap(source.text, leaf, leaf.encoding);
  const label = leaf.type.charset ?? labelInside(source.text, leaf, unwrapped?.units);
  const choice = unwrapped
    ? chooseCharset(label, unwrapped.units, 0, unwrapped.units.length)
    : charsetOfWritten(source, leaf, label);
  const { charset, mark, complaint } = choice;
  const invalid = unwrapped
    ? decodeOctets(octetsBehind(unwrapped, mark), charset, into)
    : decodeWritten(source, { ...leaf, start: leaf.start + mark }, charset, into, inSource);
  const inText = complaint ? [{ ...complaint, start, end: start }] : [];
  return { inSource, inText: invalid === -1 ? inText : [...inText, invalidBytes(invalid)] };
}

function charsetOfWritten({ text, units }: Source, { start, end }: Leaf, label: string | undefined): CharsetChoice {
  return (units === 'bytes' ? chooseCharset : chooseForDocument)(label, text, start, end);
}

/** So far into HTML its charset may be named. */
const HEAD = 2048;

/** What HTML says about itself: a page at the top of the source, mail at the top of its text. */
function labelInside(
  text: string,
  { type, markup, start, end }: Leaf,
  decoded: string | undefined,
): string | undefined {
  if (!markup && type.mediaType !== 'text/html') return undefined;
  const head = markup ? text.slice(0, HEAD) : (decoded ?? text.slice(start, end)).slice(0, HEAD);
  return /<meta\s[^>]{0,200}?charset\s{0,9}=\s{0,9}["']?([\w.:-]{1,40})/i.exec(head)?.[1];
}

/** Quoted-printable text that lost its line ends. */
function isFlattened({ encoding, breaks }: Leaf): boolean {
  return encoding === 'quoted-printable' && breaks.length > 0;
}

/** The complaint about a byte that is no character; `at` is where it stands in the readable text. */
export function invalidBytes(at: number): Complaint {
  const reason = 'Some bytes, the first one here, are no text in the charset of this message; each is shown as \ufffd.';
  return warning('charset-bytes-invalid', reason, at, at + 1);
}

function warning(ruleId: string, reason: string, start: number, end: number): Complaint {
  return { ruleId, reason, severity: 'warning', start, end };
}
