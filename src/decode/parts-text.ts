import type { Complaint, Source, Span } from '#mailast';
import { decodeValue, HEADER_CHARSET } from './field-text.ts';
import { decodeIdentity } from './identity.ts';
import { decodeLeaf, type LeafComplaints } from './leaf.ts';
import { unfold } from './part-content.ts';
import { partLine } from './part-line.ts';
import { isAttachment, OTHER_FORM } from './part-shown.ts';
import type { PartCut } from './parts.ts';
import { defectsOf, type ReadableField, type ReadablePart, readablePart } from './readable-part.ts';
import type { ReadableText } from './way.ts';

export interface PartsText {
  parts: readonly ReadablePart[];
  /** In order: lines that stand for the headers of parts, and the headers of messages in parts. No text of the mail. */
  aside: readonly Span[];
  inSource: readonly Complaint[];
  inText: readonly Complaint[];
  /** Reads the values of fields from the text when it is whole. */
  finish(text: string): void;
}

/**
 * Adds the parts of a message to `into`: the text of those that are text; a line for each that has a name or is not shown; the header of
 * each message in a part. `omitted` says why, by their indexes, some are not shown. A line end stands for what is passed over between them.
 */
export function writeParts(
  source: Source,
  cuts: readonly PartCut[],
  omitted: ReadonlyMap<number, string>,
  escapedFrom: boolean,
  into: ReadableText,
): PartsText {
  return new PartsWriter(source, escapedFrom, into).run(cuts, omitted);
}

class PartsWriter {
  #source: Source;
  #escapedFrom: boolean;
  #into: ReadableText;
  #parts: ReadablePart[] = [];
  #aside: Span[] = [];
  #inSource: Complaint[] = [];
  #inText: Complaint[] = [];
  #values: { field: ReadableField; start: number }[] = [];
  /** Parts that hold the one that is written, outermost first. */
  #open: ReadablePart[] = [];
  /** Up to where the source has been written or passed over. */
  #reached = 0;
  /** The line end that the last line has not got yet; behind a header an empty line too. */
  #owed: '' | '\n' | '\n\n' = '';

  constructor(source: Source, escapedFrom: boolean, into: ReadableText) {
    this.#source = source;
    this.#escapedFrom = escapedFrom;
    this.#into = into;
  }

  run(cuts: readonly PartCut[], omitted: ReadonlyMap<number, string>): PartsText {
    for (const [index, cut] of cuts.entries()) {
      this.#closeDownTo(cut.depth);
      const part = readablePart(this.#source.text, cut, this.#into.length, omitted.get(index));
      this.#parts.push(part);
      for (const complaint of cut.complaints) this.#inSource.push(complaint);
      if (cut.isMessage && index > 0) this.#header(cut, part);
      this.#content(cut, part);
      part.end = this.#into.length;
      if (cut.holds !== 'content') this.#open.push(part);
    }
    this.#closeDownTo(0);
    return {
      parts: this.#parts,
      aside: this.#aside,
      inSource: this.#inSource,
      inText: this.#inText,
      finish: (text) => {
        for (const { field, start } of this.#values) field.value = unfold(text.slice(start, field.end));
      },
    };
  }

  #closeDownTo(depth: number): void {
    for (let last = this.#open.at(-1); last && last.depth >= depth; last = this.#open.at(-1)) {
      last.end = this.#into.length;
      this.#open.pop();
    }
  }

  #content(cut: PartCut, part: ReadablePart): void {
    const { omitted } = part;
    const named = !cut.isMessage && (cut.holds === 'message' || (cut.holds === 'content' && isAttachment(cut)));
    if (omitted === OTHER_FORM || cut.holds === 'parts') return;
    if (omitted !== undefined || named) this.#line(cut, part);
    if (cut.holds === 'message' && part.line) this.#behindLine(cut.body.start);
    else if (cut.holds === 'content' && omitted === undefined) this.#leaf(cut, part);
  }

  /** The line that stands for the header of a part; when its content is not shown, for the content too. */
  #line(cut: PartCut, part: ReadablePart): void {
    const { body } = cut;
    const start = cut.isMessage ? body.start : cut.start;
    if (cut.isMessage && body.end === start) return;
    // The last line end before the body is that of the line; without a body it is the one that is owed.
    const end = part.omitted !== undefined && body.end > body.start ? body.end : Math.max(start + 1, body.start - 1);
    this.#endLine(start, part);
    const line = partLine(this.#source.text, cut, part.omitted);
    part.line = { start: this.#into.length, end: this.#into.length + line.length };
    // A piece as long as its source would be walked unit by unit, and this one is no walk.
    this.#into.push(line, start, line.length === end - start ? end - 1 : end);
    this.#aside.push(part.line);
    this.#reached = end;
    this.#owed = '\n';
  }

  /** The line end that is owed, which stands for the source up to `next`; then the part begins behind it. */
  #endLine(next: number, part: ReadablePart): void {
    if (this.#owed === '') return;
    this.#into.push(this.#owed, this.#reached, next);
    this.#owed = '';
    if (part.bodyStart === undefined) part.start = this.#into.length;
    else part.bodyStart = this.#into.length;
  }

  #leaf(cut: PartCut, part: ReadablePart): void {
    const { start, end } = cut.body;
    if (start === end) return;
    if (part.line) this.#behindLine(start);
    else this.#endLine(start, part);
    const textStart = this.#into.length;
    const { type, encoding } = cut;
    const leaf = { start, end, type, breaks: [], escapedFrom: this.#escapedFrom };
    this.#say(part, decodeLeaf(this.#source, encoding === undefined ? leaf : { ...leaf, encoding }, this.#into));
    part.text = { start: textStart, end: this.#into.length };
    if (this.#into.length === textStart) return;
    this.#reached = end;
    this.#owed = '\n';
  }

  #behindLine(bodyStart: number): void {
    this.#into.push('\n', this.#reached, bodyStart);
    this.#reached = bodyStart;
    this.#owed = '';
  }

  /** The header of a message in a part, as that of the outer message: a line end after each field and an empty line after all. */
  #header(cut: PartCut, part: ReadablePart): void {
    this.#endLine(cut.start, part);
    const headerStart = this.#into.length;
    let at = cut.start;
    for (const field of cut.fields) {
      if (this.#into.length > headerStart) this.#into.push('\n', at, field.start);
      const start = this.#into.length;
      decodeIdentity(this.#source, field.start, field.valueStart, HEADER_CHARSET, this.#into);
      const valueStart = this.#into.length;
      this.#say(part, decodeValue(this.#source, field, this.#into));
      const source = { start: field.start, end: field.end };
      const readable = { name: field.name, value: '', start, end: this.#into.length, source };
      part.fields.push(readable);
      this.#values.push({ field: readable, start: valueStart });
      at = field.end;
    }
    part.bodyStart = this.#into.length;
    this.#reached = at;
    this.#owed = cut.body.start < cut.body.end ? '\n\n' : '\n';
    // The empty line behind the header is no text either; the first line of the body begins behind it.
    this.#aside.push({ start: headerStart, end: this.#into.length + 1 });
  }

  #say(part: ReadablePart, { inSource, inText }: LeafComplaints): void {
    for (const complaint of inSource) this.#inSource.push(complaint);
    for (const complaint of inText) this.#inText.push(complaint);
    for (const defect of defectsOf([...inSource, ...inText])) part.defects.push(defect);
  }
}
