import type { FieldCut, MessageCut } from '#cut';
import type { Complaint, Source, Span, WayBack } from '#mailast';
import { type Charset, charsetOf, decodeOctets } from './charset.ts';
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

class Decoding {
  #source: Source;
  #cut: MessageCut;
  #into = new ReadableText();
  #fields: ReadableField[] = [];
  #furniture: Span[] = [];
  #complaints: Complaint[] = [];
  #headerCharset: Charset = { kind: 'utf-8' };

  constructor(source: Source, cut: MessageCut) {
    this.#source = source;
    this.#cut = cut;
  }

  run(): ReadableMessage {
    const { fields, body } = this.#cut;
    const headerStart = fields[0]?.start ?? body.start;
    const bars = this.#cut.furniture.filter((span) => span.start < body.start);
    const lines: HeaderLine[] = [...bars.map((span) => ({ span })), ...fields.map((field) => ({ span: field, field }))];
    lines.sort((a, b) => a.span.start - b.span.start);
    let at = Math.min(headerStart, lines[0]?.span.start ?? headerStart);
    for (const line of lines) {
      if (this.#into.length > 0) this.#into.push('\n', at, line.span.start);
      this.#line(line);
      at = line.span.end;
    }
    if (this.#into.length > 0 && body.start > at) this.#into.push('\n\n', at, body.start);
    const fieldValues = this.#values();
    const type = contentType(fieldValues.get('content-type'));
    const encoding = fieldValues.get('content-transfer-encoding')?.trim().toLowerCase();
    const bodyStart = this.#into.length;
    this.#body(type.charset, encoding, type.mediaType);
    return this.#finish(bodyStart, type, encoding);
  }

  #finish(bodyStart: number, type: ContentType, encoding: string | undefined): ReadableMessage {
    const { text, way } = this.#into.finish();
    const fields = this.#fields.map((field) => ({ ...field, value: unfold(text, field) }));
    const here = this.#cut.complaints.map((complaint) => inReadable(complaint, way));
    return {
      text,
      way,
      fields,
      furniture: this.#furniture,
      body: { start: bodyStart, end: text.length },
      mediaType: type.mediaType,
      ...(type.charset === undefined ? {} : { charset: type.charset }),
      ...(encoding === undefined ? {} : { encoding }),
      complaints: [...here, ...this.#complaints],
    };
  }

  #line({ span, field }: HeaderLine): void {
    const start = this.#into.length;
    if (!field) {
      this.#plain(span.start, span.end, this.#headerCharset);
      this.#furniture.push({ start, end: this.#into.length });
      return;
    }
    this.#plain(field.start, field.valueStart, this.#headerCharset);
    const plain = (from: number, to: number): void => this.#plain(from, to, this.#headerCharset);
    decodeWords(this.#source.text, field.valueStart, field.end, this.#into, plain);
    this.#fields.push({ name: field.name, value: '', start, end: this.#into.length });
  }

  /** The raw values, for what the body needs to know; the last field of a name counts for none, the first does. */
  #values(): Map<string, string> {
    const values = new Map<string, string>();
    for (const field of this.#cut.fields) {
      const name = field.name.toLowerCase();
      if (!values.has(name)) values.set(name, rawValue(this.#source.text, field));
    }
    return values;
  }

  #body(label: string | undefined, encoding: string | undefined, mediaType: string): void {
    const { body, furniture } = this.#cut;
    const charset = charsetOf(label);
    if (!charset) this.#complain('charset-unknown', `The charset "${label}" is not known; the text is read as UTF-8.`);
    const using = charset ?? { kind: 'utf-8' };
    if (mediaType.startsWith('multipart/')) {
      this.#complain(
        'multipart-as-written',
        'This message has several MIME parts; they are shown as they are written.',
      );
      this.#identity(body.start, body.end, using);
      return;
    }
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
    const { body } = this.#cut;
    const { octets, damaged } = decoder(this.#source.text, body.start, body.end);
    if (damaged > 0) {
      this.#complain(
        'transfer-encoding-damaged',
        `${damaged} places of the ${encoding} text are damaged; the rest was read.`,
      );
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
    for (let escaped = next(at); escaped !== -1; escaped = next(at)) {
      this.#plain(at, escaped, charset);
      this.#into.push(text.charAt(escaped + 1), escaped, escaped + 2);
      at = escaped + 2;
    }
    this.#plain(at, end, charset);
  }

  #plain(start: number, end: number, charset: Charset): void {
    const { text, units } = this.#source;
    for (let at = start; at < end; ) {
      const special = nextSpecial(text, at, end, units === 'bytes');
      this.#into.push(text.slice(at, special), at, special);
      if (special >= end) return;
      const stop = text.charCodeAt(special) === 13 ? special + 1 : specialEnd(text, special, end);
      at = this.#special(special, Math.max(stop, special + 1), end, charset);
    }
  }

  /** A CR, or a stretch of bytes above 0x7f. Returns where the plain text goes on. */
  #special(at: number, stop: number, end: number, charset: Charset): number {
    const { text } = this.#source;
    if (text.charCodeAt(at) === 13) {
      const crlf = at + 1 < end && text.charCodeAt(at + 1) === 10;
      this.#into.push(crlf ? '\n' : '\r', at, crlf ? at + 2 : at + 1);
      return crlf ? at + 2 : at + 1;
    }
    const octets = {
      units: text.slice(at, stop),
      start: (index: number) => at + index,
      end: (index: number) => at + index + 1,
    };
    this.#invalid(decodeOctets(octets, charset, this.#into));
    return stop;
  }

  #invalid(count: number): void {
    if (count === 0 || this.#complaints.some((complaint) => complaint.ruleId === 'charset-bytes-invalid')) return;
    this.#complain(
      'charset-bytes-invalid',
      'Some bytes are not text in the charset of this message; they are shown as \ufffd.',
    );
  }

  #complain(ruleId: string, reason: string): void {
    const at = this.#into.length;
    this.#complaints.push({ ruleId, reason, severity: 'warning', start: at, end: at });
  }
}

function nextSpecial(text: string, from: number, end: number, bytes: boolean): number {
  for (let at = from; at < end; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 13 || (bytes && unit > 127)) return at;
  }
  return end;
}

function specialEnd(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && text.charCodeAt(at) > 127) at++;
  return at;
}

function nextEscaped(text: string, from: number, end: number): number {
  for (let at = from; at < end; ) {
    let mark = at;
    while (text[mark] === '>') mark++;
    if (mark > at && text.startsWith('From ', mark) && mark < end) return at;
    const lf = text.indexOf('\n', at);
    if (lf === -1 || lf >= end) return -1;
    at = lf + 1;
  }
  return -1;
}

function transferDecoder(encoding: string | undefined): TransferDecoder | undefined {
  if (encoding === 'quoted-printable') return quotedPrintable;
  return encoding === 'base64' ? base64 : undefined;
}

interface ContentType {
  mediaType: string;
  charset?: string;
}

function contentType(value: string | undefined): ContentType {
  const mediaType = /^\s*([\w.+-]{1,80}\/[\w.+-]{1,80})/.exec(value ?? '')?.[1]?.toLowerCase() ?? 'text/plain';
  const charset = /;\s{0,20}charset\s{0,20}=\s{0,20}"?([^\s";]{1,60})/i.exec(value ?? '')?.[1];
  return charset === undefined ? { mediaType } : { mediaType, charset };
}

function rawValue(text: string, field: FieldCut): string {
  return text.slice(field.valueStart, Math.min(field.end, field.valueStart + 2000)).replace(/\r?\n[ \t]{1,100}/g, ' ');
}

function unfold(text: string, field: ReadableField): string {
  const line = text.slice(field.start, field.end);
  const colon = line.startsWith(`${field.name}:`) ? field.name.length + 1 : 0;
  return line
    .slice(colon)
    .replace(/\n[ \t]{0,1000}/g, ' ')
    .trim();
}

function inReadable(complaint: Complaint, way: WayBack): Complaint {
  if (complaint.start === undefined) return complaint;
  const start = way.toReadable(complaint.start) ?? 0;
  const end =
    complaint.end === undefined ? start : (way.toReadable(Math.max(complaint.end - 1, complaint.start)) ?? start) + 1;
  return { ...complaint, start, end: Math.max(start, end) };
}
