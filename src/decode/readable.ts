import type { FieldCut, MessageCut } from '#cut';
import type { Complaint, Source, Span, WayBack } from '#mailast';
import { decodeCoded } from './coded-value.ts';
import type { ContentType } from './content.ts';
import { decodeValue, HEADER_CHARSET } from './field-text.ts';
import { decodeIdentity } from './identity.ts';
import { decodeLeaf, invalidBytes, type Leaf, type LeafComplaints } from './leaf.ts';
import { unfold } from './part-content.ts';
import { omissions } from './part-shown.ts';
import { cutParts, type PartCut } from './parts.ts';
import { writeParts } from './parts-text.ts';
import { defectsOf, type ReadableField, type ReadablePart, readablePart } from './readable-part.ts';
import { ReadableText, type SentText } from './way.ts';

/** A message as a reader reads it: its text, what stands where in it, and the way back. Offsets are in `text`. */
export interface ReadableMessage {
  text: string;
  way: WayBack;
  fields: readonly ReadableField[];
  /** In order; whole lines. */
  furniture: readonly Span[];
  /**
   * What stands in the body and is no text of the mail: furniture, the lines that stand for the headers of parts, the headers of messages in
   * parts. In order; whole lines.
   */
  aside: readonly Span[];
  body: Span;
  /** Where lines were joined that were sent as several (format=flowed); in order. */
  sent: readonly SentText[];
  /** In the order of the source, each before those that it holds. The first one is the message itself. */
  parts: readonly ReadablePart[];
  mediaType: string;
  charset?: string;
  encoding?: string;
  /** The page lost white space at the start of lines, or empty lines. */
  stripped?: boolean;
  complaints: readonly Complaint[];
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
  #fields: (Omit<ReadableField, 'value'> & { valueStart: number })[] = [];
  #furniture: Span[] = [];
  #aside: readonly Span[] = [];
  #parts: readonly ReadablePart[] = [];
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
    const { fields, body, breaks, markup } = this.#cut;
    const root = { start: fields[0]?.start ?? body.start, fields, body };
    const cuts = cutParts(this.#source.text, root, breaks.length === 0 && markup === undefined);
    const bodyStart = this.#into.length;
    const values = this.#body(cuts);
    return this.#finish(bodyStart, values);
  }

  #finish(bodyStart: number, values: (text: string) => void): ReadableMessage {
    const { text, way, sent } = this.#into.finish();
    const control = controlCharacter(text);
    if (control) this.#complaints.push(control);
    values(text);
    const { mediaType = 'text/plain', charset, encoding } = this.#parts[0] ?? {};
    return {
      text,
      way,
      fields: this.#fields.map(({ valueStart, ...field }) => ({
        ...field,
        value: unfold(text.slice(valueStart, field.end)),
      })),
      furniture: this.#furniture,
      aside: this.#aside,
      parts: this.#parts,
      body: { start: bodyStart, end: text.length },
      sent,
      mediaType,
      ...(charset === undefined ? {} : { charset }),
      ...(encoding === undefined ? {} : { encoding }),
      ...(this.#cut.stripped ? { stripped: true } : {}),
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
    if (this.#into.length > 0 && body.start > at) this.#into.push('\n\n', at, body.start, true);
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
    if (field.written) decodeCoded(this.#source, field, this.#into);
    else if (this.#cut.markup) this.#pageText({ start: field.valueStart, end: field.end }, 'field');
    else this.#value(field);
    const source = { start: field.start, end: field.end };
    this.#fields.push({ name: field.name, start, end: this.#into.length, source, valueStart });
  }

  #value(field: FieldCut): void {
    this.#say(decodeValue(this.#source, field, this.#into));
  }

  /** Writes the body. What it returns takes the values of fields in it from the whole text. */
  #body(cuts: readonly PartCut[]): (text: string) => void {
    const { text } = this.#source;
    const omitted = omissions(text, cuts);
    const [root] = cuts;
    if (root && cuts.length === 1 && omitted.size === 0) {
      this.#onePart(root);
      return () => undefined;
    }
    const written = writeParts(this.#source, cuts, omitted, this.#cut.escapedFrom, this.#into);
    this.#parts = written.parts;
    this.#aside = written.aside;
    for (const complaint of written.inSource) this.#sourceComplaints.push(complaint);
    for (const complaint of written.inText) this.#complaints.push(complaint);
    this.#parts[0]?.defects.unshift(...headerDefects(this.#cut));
    return written.finish;
  }

  /** A body that is one content, with what an archive page put into it. */
  #onePart(root: PartCut): void {
    const { furniture } = this.#cut;
    const { body, type, encoding } = root;
    const part = readablePart(this.#source.text, root, this.#into.length, undefined);
    for (const complaint of root.complaints) this.#sourceComplaints.push(complaint);
    part.defects.unshift(...headerDefects(this.#cut));
    const leaf = (start: number, end: number): void => {
      for (const defect of defectsOf(this.#leaf({ start, end }, type, encoding))) part.defects.push(defect);
    };
    let at = body.start;
    const aside: Span[] = [];
    const encoded = encoding === 'base64' || encoding === 'quoted-printable';
    for (const span of encoded ? [] : furniture.filter((candidate) => candidate.start >= body.start)) {
      leaf(at, span.start);
      const start = this.#into.length;
      this.#pageText(span, this.#cut.markup);
      aside.push({ start, end: this.#into.length });
      at = span.end;
    }
    leaf(at, body.end);
    part.end = this.#into.length;
    part.text = { start: part.start, end: part.end };
    for (const span of aside) this.#furniture.push(span);
    this.#aside = aside;
    this.#parts = [part];
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
  ): readonly Complaint[] {
    const { breaks, escapedFrom, indent } = this.#cut;
    const optional = {
      ...(encoding === undefined ? {} : { encoding }),
      ...(markup === undefined ? {} : { markup }),
      ...(indent === undefined ? {} : { indent }),
    };
    return this.#say(decodeLeaf(this.#source, { start, end, type, breaks, escapedFrom, ...optional }, this.#into));
  }

  #say({ inSource, inText }: LeafComplaints): readonly Complaint[] {
    for (const complaint of inSource) this.#sourceComplaints.push(complaint);
    for (const complaint of inText) this.#once(complaint);
    return [...inSource, ...inText];
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
}

/** What is wrong with the header of a message, by rule. */
function headerDefects({ complaints }: MessageCut): string[] {
  return complaints.map(({ ruleId }) => ruleId).filter((ruleId) => ruleId.startsWith('header-'));
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
