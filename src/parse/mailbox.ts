import type { Complaint, Message, Source, Span, WayBack } from '#mailast';

/** One message, read whole. The tree's offsets are in `text`; `way` leads back to the source. */
export interface MessageReading {
  /** From 0, in the order of the source. */
  index: number;
  /** Where the message stands in the source, in source units. */
  span: Span;
  /** Which dialect cut it: `mbox`, `message`, `patch`, `hypermail`, `mhonarc`, `flattened` ... */
  dialect: string;
  /** The readable text: header, then body, decoded, LF line ends. */
  text: string;
  way: WayBack;
  tree: Message;
  complaints: readonly Complaint[];
}

/** What a source holds. Cutting is done at once, reading a message when it is looked at. */
export interface Mailbox {
  source: Source;
  dialect: string;
  /** About the source as a whole (empty, binary, cut off); `start` and `end` in source units. */
  complaints: readonly Complaint[];
  spans: readonly Span[];
  /** Reads message `index`, once; `index` is within `spans`. */
  message(index: number): MessageReading;
  /** The index of the message that holds this source offset, if any does. */
  messageAt(offset: number): number | undefined;
}
