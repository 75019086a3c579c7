import type { FieldCut, MessageCut } from '#cut';
import type { Complaint, Source, Span, WayBack } from '#mailast';
import { type Charset, charsetOf, decodeOctets } from './charset.ts';
import { type ContentType, contentType } from './content.ts';
import { decodeIdentity } from './identity.ts';
import { base64, quotedPrintable, type TransferDecoder } from './transfer.ts';
import { ReadableText } from './way.ts';
import { decodeWords } from './words.ts';

/** A message as a reader reads it: its text, what stands where in it, and the way back. Offsets are in `text`. */
export interface ReadableMessage {
  text: string;
  way: WayBack;
  fields: readonly ReadableField[];
  /** In order; whole lines. */
  furniture: readonly Span[];
  body: Span;
  mediaType: string;
  charset?: string;
  encoding?: string;
  complaints: readonly Complaint[];
}

/** `value` is unfolded; the span holds all lines of the field. */
export interface ReadableField extends Span {
  name: string;
  value: string;
}

/** Decodes a cut message. Never fails: what cannot be decoded stays as it is written, with a complaint. */
export function decode(source: Source, cut: MessageCut): ReadableMessage {
  return new Decoding(source, cut).run();
}

/** A field, or a line of furniture that stands above the body. */
interface HeaderLine {
  span: Span;
  field?: FieldCut;
}

const HEADER_CHARSET: Charset = { kind: 'utf-8' };

class Decoding {
  #source: Source;
  #cut: MessageCut;
  #into = new ReadableText();
  #fields: (Span & { name: string; valueStart: number })[] = [];
  #furniture: Span[] = [];
  #complaints: Complaint[] = [];
  /** Their offsets are those of the source. */
  #sourceComplaints: Complaint[];

  constructor(source: Source, cut: MessageCut) {
    this.#source = source;
    this.#cut = cut;
    this.#sourceComplaints = [...cut.complaints];
  }

  run(): ReadableMessage {
    this.#header();
    const type = contentType(this.#rawValue('content-type'));
    const encoding = this.#rawValue('content-transfer-encoding')?.toLowerCase();
    const bodyStart = this.#into.length;
    this.#body(type, encoding);
    return this.#finish(bodyStart, type, encoding);
  }

  #finish(bodyStart: number, type: ContentType, encoding: string | undefined): ReadableMessage {
    const { text, way } = this.#into.finish();
    const control = controlCharacter(text);
    if (control) this.#complaints.push(control);
    return {
      text,
      way,
      fields: this.#fields.map(({ name, start, end, valueStart }) => ({
        name,
        start,
        end,
        value: unfold(text.slice(valueStart, end)),
      })),
      furniture: this.#furniture,
      body: { start: bodyStart, end: text.length },
      mediaType: type.mediaType,
      ...(type.charset === undefined ? {} : { charset: type.charset }),
      ...(encoding === undefined ? {} : { encoding }),
      complaints: [...this.#sourceComplaints.map((one) => inReadable(one, way, text.length)), ...this.#complaints],
    };
  }

  /** Fields and the furniture between them, a line end after each and an empty line after all. */
  #header(): void {
    const { fields, body, furniture } = this.#cut;
    const bars = furniture.filter((span) => span.start < body.start);
    const lines: HeaderLine[] = [...bars.map((span) => ({ span })), ...fields.map((field) => ({ span: field, field }))];
    lines.sort((a, b) => a.span.start - b.span.start);
    let at = lines[0]?.span.start ?? body.start;
    for (const line of lines) {
      if (this.#into.length > 0) this.#into.push('\n', at, line.span.start);
      this.#headerLine(line);
      at = line.span.end;
    }
    if (this.#into.length > 0 && body.start > at) this.#into.push('\n\n', at, body.start);
  }

  #headerLine({ span, field }: HeaderLine): void {
    const start = this.#into.length;
    if (!field) {
      this.#plain(span.start, span.end, HEADER_CHARSET);
      this.#furniture.push({ start, end: this.#into.length });
      return;
    }
    this.#plain(field.start, field.valueStart, HEADER_CHARSET);
    const valueStart = this.#into.length;
    const plain = (from: number, to: number): void => this.#plain(from, to, HEADER_CHARSET);
    const left = decodeWords(this.#source.text, field.valueStart, field.end, this.#into, plain);
    if (left) {
      const reason = 'An encoded word in the header is broken or of an unknown charset; it stands as it is written.';
      this.#sourceComplaints.push({ ruleId: 'encoded-word-unreadable', reason, severity: 'warning', ...left });
    }
    this.#fields.push({ name: field.name, start, end: this.#into.length, valueStart });
  }

  /** What a field says, not decoded, for what the body needs to know. The first field of a name counts; `name` is in small letters. */
  #rawValue(name: string): string | undefined {
    const field = this.#cut.fields.find((one) => one.name.length === name.length && one.name.toLowerCase() === name);
    return field && unfold(this.#source.text.slice(field.valueStart, Math.min(field.end, field.valueStart + 2000)));
  }

  #body({ charset: label, mediaType }: ContentType, encoding: string | undefined): void {
    const { body, furniture } = this.#cut;
    if (mediaType.startsWith('multipart/')) {
      const reason = 'This message has several MIME parts; they are shown as they are written.';
      this.#complain('multipart-as-written', reason, this.#into.length);
      this.#identity(body.start, body.end, { kind: 'utf-8' });
      return;
    }
    const charset = charsetOf(label);
    if (!charset) {
      const reason = `The charset "${label}" is not known; the text is read as UTF-8.`;
      this.#complain('charset-unknown', reason, this.#into.length);
    }
    const using = charset ?? { kind: 'utf-8' };
    const decoder = transferDecoder(encoding);
    if (decoder) {
      this.#encoded(decoder, using, encoding ?? '');
      return;
    }
    let at = body.start;
    for (const span of furniture.filter((candidate) => candidate.start >= body.start)) {
      this.#identity(at, span.start, using);
      const start = this.#into.length;
      this.#identity(span.start, span.end, using);
      this.#furniture.push({ start, end: this.#into.length });
      at = span.end;
    }
    this.#identity(at, body.end, using);
  }

  #encoded(decoder: TransferDecoder, charset: Charset, encoding: string): void {
    const { start, end } = this.#cut.body;
    const { octets, damaged, firstDamage } = decoder(this.#source.text, start, end);
    if (damaged > 0) {
      const places = damaged === 1 ? 'One place' : `${damaged} places`;
      this.#sourceComplaints.push({
        ruleId: 'transfer-encoding-damaged',
        reason: `${places} of the ${encoding} text could not be decoded, the first one here; the rest was read.`,
        severity: 'warning',
        start: firstDamage,
        end: firstDamage + 1,
      });
    }
    this.#invalid(decodeOctets(octets, charset, this.#into));
  }

  /** Text without a transfer encoding, with lost line ends restored and `>From ` taken back. */
  #identity(start: number, end: number, charset: Charset): void {
    let at = start;
    for (const lost of this.#cut.breaks) {
      if (lost < at || lost >= end) continue;
      this.#plain(at, lost, charset);
      this.#into.push('\n', lost, lost + 1);
      at = lost + 1;
    }
    const { text } = this.#source;
    // mboxrd: one `>` was put before every line that reads `From `, `>From `, `>>From ` and so on.
    const next = (from: number): number => (this.#cut.escapedFrom ? nextEscaped(text, from, end) : -1);
    for (let escaped = next(at); escaped !== -1; escaped = next(lineBehind(text, at, end))) {
      this.#plain(at, escaped, charset);
      this.#into.push(text.charAt(escaped + 1), escaped, escaped + 2);
      at = escaped + 2;
    }
    this.#plain(at, end, charset);
  }

  #plain(start: number, end: number, charset: Charset): void {
    this.#invalid(decodeIdentity(this.#source, start, end, charset, this.#into));
  }

  #invalid(at: number): void {
    if (at === -1 || this.#complaints.some((complaint) => complaint.ruleId === 'charset-bytes-invalid')) return;
    const reason =
      'Some bytes, the first one here, are no text in the charset of this message; each is shown as \ufffd.';
    this.#complain('charset-bytes-invalid', reason, at, at + 1);
  }

  #complain(ruleId: string, reason: string, start: number, end = start): void {
    this.#complaints.push({ ruleId, reason, severity: 'warning', start, end });
  }
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

/** The start of the next line, or `end`. */
function lineBehind(text: string, at: number, end: number): number {
  const lf = text.indexOf('\n', at);
  return lf === -1 || lf >= end ? end : lf + 1;
}

function transferDecoder(encoding: string | undefined): TransferDecoder | undefined {
  if (encoding === 'quoted-printable') return quotedPrintable;
  return encoding === 'base64' ? base64 : undefined;
}

function unfold(value: string): string {
  return value.replace(/\r?\n[ \t]{0,1000}/g, ' ').trim();
}

/** Control characters that text does not have, and CR without LF: kept as data, and said. */
function controlCharacter(text: string): Complaint | undefined {
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit >= 32 ? unit !== 127 : unit === TAB || unit === LF || unit === FF || unit === ESC) continue;
    const code = unit.toString(16).toUpperCase().padStart(4, '0');
    const reason = `The text holds control characters, the first one (U+${code}) here; they are kept as they are.`;
    return { ruleId: 'control-character', reason, severity: 'info', start: at, end: at + 1 };
  }
  return undefined;
}

const [TAB, LF, FF, ESC] = [9, 10, 12, 27];

function inReadable(complaint: Complaint, way: WayBack, length: number): Complaint {
  if (complaint.start === undefined) return complaint;
  const start = placeOf(complaint.start, way, length);
  const last = complaint.end === undefined || complaint.end <= complaint.start ? undefined : complaint.end - 1;
  const end = last === undefined ? start : Math.min(placeOf(last, way, length) + 1, length);
  return { ...complaint, start, end: Math.max(start, end) };
}

/** Where a place in the source is in the text. What is not part of the text is told by the first unit behind it. */
function placeOf(source: number, way: WayBack, length: number): number {
  const exact = way.toReadable(source);
  if (exact !== undefined) return exact;
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (way.toSource(middle, middle + 1).start < source) low = middle + 1;
    else high = middle;
  }
  return low;
}
