import type { FieldCut, MessageCut } from '#cut';
import type { Complaint, Source, Span, WayBack } from '#mailast';
import type { Charset } from './charset.ts';
import { type ContentType, contentType } from './content.ts';
import { decodeIdentity } from './identity.ts';
import { decodeLeaf, invalidBytes, type Leaf } from './leaf.ts';
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
      this.#pageText(span, this.#cut.markup);
      this.#furniture.push({ start, end: this.#into.length });
      return;
    }
    this.#plain(field.start, field.valueStart);
    const valueStart = this.#into.length;
    if (this.#cut.markup) this.#pageText({ start: field.valueStart, end: field.end }, 'field');
    else this.#value(field);
    this.#fields.push({ name: field.name, start, end: this.#into.length, valueStart });
  }

  #value(field: FieldCut): void {
    const plain = (from: number, to: number): void => this.#plain(from, to);
    const left = decodeWords(this.#source.text, field.valueStart, field.end, this.#into, plain);
    if (left) {
      const reason = 'An encoded word in the header is broken or of an unknown charset; it stands as it is written.';
      this.#sourceComplaints.push({ ruleId: 'encoded-word-unreadable', reason, severity: 'warning', ...left });
    }
  }

  /** What a field says, not decoded, for what the body needs to know. The first field of a name counts; `name` is in small letters. */
  #rawValue(name: string): string | undefined {
    const field = this.#cut.fields.find((one) => one.name.length === name.length && one.name.toLowerCase() === name);
    return field && unfold(this.#source.text.slice(field.valueStart, Math.min(field.end, field.valueStart + 2000)));
  }

  #body(type: ContentType, encoding: string | undefined): void {
    const { body, furniture } = this.#cut;
    if (type.mediaType.startsWith('multipart/')) {
      const reason = 'This message has several MIME parts; they are shown as they are written.';
      this.#complain('multipart-as-written', reason, this.#into.length);
      this.#leaf(body, { mediaType: 'text/plain' }, undefined);
      return;
    }
    if (encoding === 'base64' || encoding === 'quoted-printable') {
      this.#leaf(body, type, encoding);
      return;
    }
    let at = body.start;
    for (const span of furniture.filter((candidate) => candidate.start >= body.start)) {
      this.#leaf({ start: at, end: span.start }, type, encoding);
      const start = this.#into.length;
      this.#pageText(span, this.#cut.markup);
      this.#furniture.push({ start, end: this.#into.length });
      at = span.end;
    }
    this.#leaf({ start: at, end: body.end }, type, encoding);
  }

  /** What a page shows outside of the mail's own text, as it is written or as HTML. */
  #pageText({ start, end }: Span, markup: Leaf['markup']): void {
    if (markup) this.#leaf({ start, end }, { mediaType: 'text/plain' }, undefined, markup);
    else this.#plain(start, end);
  }

  #leaf(
    { start, end }: Span,
    type: ContentType,
    encoding: string | undefined,
    markup: Leaf['markup'] = this.#cut.markup,
  ): void {
    const { breaks, escapedFrom } = this.#cut;
    const optional = { ...(encoding === undefined ? {} : { encoding }), ...(markup === undefined ? {} : { markup }) };
    const leaf = { start, end, type, breaks, escapedFrom, ...optional };
    const { inSource, inText } = decodeLeaf(this.#source, leaf, this.#into);
    this.#sourceComplaints.push(...inSource);
    for (const complaint of inText) this.#once(complaint);
  }

  #plain(start: number, end: number): void {
    const invalid = decodeIdentity(this.#source, start, end, HEADER_CHARSET, this.#into);
    if (invalid !== -1) this.#once(invalidBytes(invalid));
  }

  /** The first one of a rule says it for the whole message. */
  #once(complaint: Complaint): void {
    if (this.#complaints.some(({ ruleId }) => ruleId === complaint.ruleId)) return;
    this.#complaints.push(complaint);
  }

  #complain(ruleId: string, reason: string, start: number, end = start): void {
    this.#complaints.push({ ruleId, reason, severity: 'warning', start, end });
  }
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
