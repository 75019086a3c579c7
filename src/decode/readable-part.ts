import type { Complaint, Span } from '#mailast';
import { contentSize } from './part-line.ts';
import type { PartCut } from './parts.ts';

/** `value` is unfolded; the span holds all lines of the field. */
export interface ReadableField extends Span {
  name: string;
  value: string;
  /** Where it stands in the source, in source units. */
  source: Span;
}

/** One part as a reader reads it, itself and all that it holds. Offsets are in the readable text where nothing else is said. */
export interface ReadablePart extends Span {
  /** From 0: the message itself. */
  depth: number;
  mediaType: string;
  charset?: string;
  encoding?: string;
  filename?: string;
  /** `inline`, `attachment` and the like, in small letters. */
  disposition?: string;
  /** What its body is: one content, parts of its own, or one whole message, which is the next part of the list. */
  holds: 'content' | 'parts' | 'message';
  /** Its body as it stands in the source, encoded, in source units. */
  body: Span;
  /** How large its content is about, decoded, in source units. */
  size: number;
  /** Why the content is not shown; absent when it is. */
  omitted?: string;
  /** The line that stands for its header. */
  line?: Span;
  /** Its content, when it is shown and not empty. */
  text?: Span;
  /** Of a message in a part: its header, and where its body begins. */
  fields: ReadableField[];
  bodyStart?: number;
  /** Rule ids of what is wrong with it, in the order in which it was found. */
  defects: string[];
}

/** A part that begins at readable `start` and has no text yet. */
export function readablePart(text: string, cut: PartCut, start: number, omitted: string | undefined): ReadablePart {
  const { type, encoding, filename, disposition } = cut;
  return {
    start,
    end: start,
    depth: cut.depth,
    mediaType: type.mediaType,
    ...(type.charset === undefined ? {} : { charset: type.charset }),
    ...(encoding === undefined ? {} : { encoding }),
    ...(filename === undefined ? {} : { filename }),
    ...(disposition === undefined ? {} : { disposition }),
    holds: cut.holds,
    body: cut.body,
    size: cut.holds === 'content' ? contentSize(text, cut) : cut.body.end - cut.body.start,
    ...(omitted === undefined ? {} : { omitted }),
    fields: [],
    defects: defectsOf(cut.complaints),
  };
}

/** What is said about a part and is nothing wrong. */
const NO_DEFECTS = new Set(['text-behind-parts', 'text-behind-base64', 'html-as-text', 'uuencoded-file']);

export function defectsOf(complaints: readonly Complaint[]): string[] {
  return complaints.map(({ ruleId }) => ruleId).filter((ruleId) => !NO_DEFECTS.has(ruleId));
}
