import { cut, type MessageCut } from '#cut';
import { decode, type ReadableMessage } from '#decode';
import { type Complaint, KEPT_UNITS, type Message, Recent, type Source, type Span, type WayBack } from '#mailast';
import { parse } from './parse.ts';

/** One message, read whole. The tree's offsets are in `text`; `way` leads back to the source. */
export interface MessageReading {
  /** From 0, in the order of the source. */
  index: number;
  /** Where the message stands in the source, in source units. */
  span: Span;
  /** Where its body stands in the source, as it is written: encoded, and with what an archive page put into it. */
  body: Span;
  /** Which dialect cut it: `mbox`, `message`, `patch`, `hypermail`, `mhonarc`, `flattened` ... */
  dialect: string;
  /** Which message of the source this one answers, from 0, where the page shows a tree of replies. */
  answers?: number;
  /** The readable text: header, then body, decoded, LF line ends. */
  text: string;
  way: WayBack;
  tree: Message;
  complaints: readonly Complaint[];
  /** The fields, furniture and encodings that the text was made from. */
  readable: ReadableMessage;
}

/** What a source holds. Cutting is done at once, reading a message when it is looked at. */
export interface Mailbox {
  source: Source;
  dialect: string;
  /** About the source as a whole (empty, binary, cut off); `start` and `end` in source units. */
  complaints: readonly Complaint[];
  spans: readonly Span[];
  /** Reads message `index`; `index` is within `spans`. What was read lately is kept, as far as there is room. */
  message(index: number): MessageReading;
  /** The index of the message that holds this source offset, if any does. */
  messageAt(offset: number): number | undefined;
}

/** Opens a source: cuts it at once, reads a message when it is looked at. Never fails and never throws on input. */
export function openMailbox(source: Source): Mailbox {
  const { source: asCut, dialect, messages, complaints } = cut(source);
  const read = new Recent<MessageReading>(KEPT_UNITS);
  const spans = messages.map((message) => message.span);
  return {
    source,
    dialect,
    complaints,
    spans,
    message(index) {
      const { start, end } = spans[index] ?? { start: 0, end: 0 };
      return read.at(index, end - start, () => readMessage(asCut, messages[index], index));
    },
    messageAt: (offset) => spanAt(spans, offset),
  };
}

function readMessage(source: Source, message: MessageCut | undefined, index: number): MessageReading {
  if (!message) throw new RangeError(`There is no message ${index}.`);
  const readable = decode(source, message);
  const { text, way } = readable;
  const { tree, complaints } = parse(readable);
  return {
    index,
    span: message.span,
    body: message.body,
    dialect: message.dialect,
    ...(message.answers === undefined ? {} : { answers: message.answers }),
    text,
    way,
    tree,
    complaints: [...readable.complaints, ...complaints],
    readable,
  };
}

/** Spans are in order. The end of the last one belongs to it, so that a cursor behind the last character is in a message. */
function spanAt(spans: readonly Span[], offset: number): number | undefined {
  let low = 0;
  let high = spans.length - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const span = spans[middle];
    if (!span) return undefined;
    if (offset < span.start) high = middle - 1;
    else if (offset >= span.end && !(middle === spans.length - 1 && offset === span.end)) low = middle + 1;
    else return middle;
  }
  return undefined;
}
