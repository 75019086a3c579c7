import { cutHeader, type FieldCut } from '#cut';
import type { Complaint, Span } from '#mailast';
import { endBefore, nextDelimiter, usedBoundary } from './boundary.ts';
import { type PartContent, partContent } from './part-content.ts';

/** One part of a message where it stands in the source; all offsets are source units. */
export interface PartCut extends PartContent {
  /** From 0: the message itself. A part of a multipart body, and the message in a part, are one deeper. */
  depth: number;
  /** Whether it is a whole message: the message itself, or one in a part. Its header is shown. */
  isMessage: boolean;
  /** Where the line that parts it from what is before begins; of a message, where its header begins. */
  start: number;
  fields: readonly FieldCut[];
  /** Without the line end before the next boundary, which belongs to the boundary. */
  body: Span;
  /** What its body is: one content, parts of its own, or one whole message, which is the next part of the list. */
  holds: 'content' | 'parts' | 'message';
  complaints: Complaint[];
}

/** Parts nest to so many levels; what is deeper stays text. */
const DEEPEST = 20;
/** Parts of one message; what comes behind them stays text. */
const MOST_PARTS = 1000;

/**
 * The parts of a message in the order of the source, each before those that it holds. Never fails: a body that cannot be parted is one
 * content, with a complaint. The levels are bounded, so each unit of the source is looked at a bounded number of times. Without lines
 * (`hasLines`) nothing parts a body: a flattened mail, a page.
 */
export function cutParts(text: string, root: Root, hasLines: boolean): PartCut[] {
  return new Parting(text, hasLines).run(root);
}

interface Root {
  start: number;
  fields: readonly FieldCut[];
  body: Span;
}

/** A part whose header is read and whose body is not. */
type Opened = Pick<PartCut, 'depth' | 'isMessage' | 'start' | 'fields' | 'body' | 'complaints'>;

class Parting {
  #text: string;
  #hasLines: boolean;
  #parts: PartCut[] = [];
  #said = new Set<string>();

  constructor(text: string, hasLines: boolean) {
    this.#text = text;
    this.#hasLines = hasLines;
  }

  run(root: Root): PartCut[] {
    this.#part({ ...root, depth: 0, isMessage: true, complaints: [] }, 'text/plain');
    return this.#parts;
  }

  /** Recursion is as deep as parts nest: at most `DEEPEST`. */
  #part(opened: Opened, otherwise: string): void {
    const part: PartCut = { ...opened, ...partContent(this.#text, opened.fields, otherwise), holds: 'content' };
    this.#parts.push(part);
    const { mediaType } = part.type;
    const isMultipart = mediaType.startsWith('multipart/');
    if (!isMultipart && !HOLDS_MESSAGE.has(mediaType)) return;
    if (!this.#hasLines) {
      complain(
        part,
        'parts-as-written',
        'This message has several parts, and no lines that part them; they are shown as they are written.',
      );
    } else if (part.depth >= DEEPEST) {
      const deep = `Parts nest deeper than ${DEEPEST} levels here; what is deeper is shown as it is written.`;
      this.#once(part, 'parts-too-deep', deep);
    } else if (isMultipart) this.#multipart(part);
    else this.#message(part);
  }

  #multipart(part: PartCut): void {
    const boundary = this.#boundaryOf(part);
    const { start, end } = part.body;
    const first = boundary === undefined ? undefined : nextDelimiter(this.#text, boundary, start, end);
    if (boundary === undefined || !first || first.closes) {
      complain(
        part,
        'boundary-not-found',
        `The parts of this ${part.type.mediaType} were not found; its text is shown as it is written.`,
      );
      return;
    }
    if (isEncoded(part)) {
      complain(
        part,
        'multipart-encoded',
        `A ${part.type.mediaType} has no encoding of its own; "${part.encoding}" was passed over.`,
      );
    }
    part.holds = 'parts';
    this.#children(part, boundary, first);
  }

  #children(part: PartCut, boundary: string, first: Span): void {
    const { end } = part.body;
    const otherwise = part.type.mediaType === 'multipart/digest' ? 'message/rfc822' : 'text/plain';
    let at = first;
    while (this.#parts.length < MOST_PARTS) {
      const next = nextDelimiter(this.#text, boundary, at.end, end);
      // Two boundaries on one another have no part between them, not even an empty one.
      if (next?.start !== at.end) this.#part(this.#openPart(part.depth + 1, at, next?.start, end), otherwise);
      if (!next) complain(part, 'multipart-unterminated', UNTERMINATED);
      else if (next.closes) this.#epilogue(part, next.end);
      if (!next || next.closes) return;
      at = next;
      if (!/\S/.test(this.#text.slice(at.end, end))) {
        complain(part, 'multipart-unterminated', UNTERMINATED);
        return;
      }
    }
    const many = `This message has more than ${MOST_PARTS} parts; the rest is shown as it is written.`;
    this.#once(part, 'too-many-parts', many, at.start);
    const body = { start: at.end, end };
    const rest = { depth: part.depth + 1, isMessage: false, start: at.start, fields: [], complaints: [], body };
    this.#parts.push({ ...rest, type: { mediaType: 'text/plain' }, holds: 'content' });
  }

  /** The part between a delimiter and the next one, its header read. Without a next one all up to `end` is its own. */
  #openPart(depth: number, delimiter: Span, next: number | undefined, end: number): Opened {
    const { fields, bodyStart, complaints } = cutHeader(this.#text, delimiter.end, next ?? end);
    const last = next === undefined ? end : endBefore(this.#text, next, delimiter.end);
    const body = { start: bodyStart, end: Math.max(last, bodyStart) };
    // A header without a body is what RFC 2046 allows.
    const said = complaints.filter(({ ruleId }) => ruleId !== 'header-cut-off');
    const opened: Opened = { depth, isMessage: false, start: delimiter.start, fields, body, complaints: said };
    if (
      fields.length === 0 &&
      bodyStart === delimiter.end &&
      /\S/.test(this.#text.slice(bodyStart, bodyStart + 1000))
    ) {
      complain(
        opened,
        'part-header-missing',
        'No header and no empty line stand above this part; it is read as plain text.',
      );
    }
    return opened;
  }

  /** The message that is the body of a part. */
  #message(part: PartCut): void {
    if (isEncoded(part)) {
      complain(part, 'message-encoded', `The message in this part is in ${part.encoding}; it is shown as text.`);
      return;
    }
    const { start, end } = part.body;
    const { fields, bodyStart, complaints } = cutHeader(this.#text, start, end);
    if (fields.length === 0) {
      complain(part, 'message-header-missing', 'The message in this part has no header; it is shown as text.');
      return;
    }
    part.holds = 'message';
    const body = { start: bodyStart, end };
    this.#part({ depth: part.depth + 1, isMessage: true, start, fields, body, complaints }, 'text/plain');
  }

  /** The limits are said once for the whole message. */
  #once(part: PartCut, ruleId: string, reason: string, at = part.body.start): void {
    if (this.#said.has(ruleId)) return;
    this.#said.add(ruleId);
    complain(part, ruleId, reason, at);
  }

  #boundaryOf(part: PartCut): string | undefined {
    const said = part.boundary?.trimEnd();
    if (said) return said;
    complain(
      part,
      'boundary-missing',
      `The header of this ${part.type.mediaType} names no boundary between its parts.`,
    );
    return usedBoundary(this.#text, part.body.start, part.body.end);
  }

  /** Readers of mail are not shown what stands behind the last boundary, so it is said that something does. */
  #epilogue(part: PartCut, from: number): void {
    const behind = /\S/.exec(this.#text.slice(from, part.body.end));
    if (!behind) return;
    const reason = 'Text stands behind the last part of this message; it belongs to no part and is not shown.';
    const start = from + behind.index;
    part.complaints.push({ ruleId: 'text-behind-parts', reason, severity: 'info', start, end: part.body.end });
  }
}

const UNTERMINATED = 'The boundary that ends the last part is missing; the message may have been cut off.';

/** Types whose body is a header and a body of their own. */
const HOLDS_MESSAGE = new Set(['message/rfc822', 'message/global', 'message/news', 'message/external-body']);

function isEncoded({ encoding }: PartCut): boolean {
  return encoding === 'base64' || encoding === 'quoted-printable';
}

function complain(part: Opened, ruleId: string, reason: string, at = part.body.start): void {
  part.complaints.push({ ruleId, reason, severity: 'warning', start: at, end: at });
}
