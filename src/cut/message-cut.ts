import type { Complaint, Source, Span } from '#mailast';

/** A header field in the source. `start` to `end` holds all its lines, the last line end not included. */
export interface FieldCut extends Span {
  name: string;
  /** Where the value begins; equal to `start` where the page shows the value alone (a title line). */
  valueStart: number;
  /** How the page wrote the value, where it is not the text that it shows: `rot13` as MHonArc turns addresses, `percent` as in a link. */
  written?: 'rot13' | 'percent';
}

/** Where one message stands in the source and where its pieces begin. All offsets are source units. */
export interface MessageCut {
  dialect: string;
  span: Span;
  fields: readonly FieldCut[];
  body: Span;
  /** Whole lines that an archive page added, in order, before, inside or behind the body. */
  furniture: readonly Span[];
  /** Where the source lost its line ends: a unit at one of these offsets is a space that stands for one. In order. */
  breaks: readonly number[];
  /** Whether `>From ` at the start of a body line stands for `From `. */
  escapedFrom: boolean;
  /** The source is a saved page: the values of fields, the body and the furniture are HTML; `pre` is HTML inside a `<pre>`, where white space counts. */
  markup?: 'html' | 'pre';
  /** So many spaces stand before each line of the body because of the way the page was saved; they are no text. */
  indent?: number;
  /** The page lost white space at the start of lines, or empty lines: a hunk shows fewer lines than it says, and that is no damage. */
  stripped?: boolean;
  /** Which message of the same source this one answers, from 0, where a page shows a tree of replies. */
  answers?: number;
  /** `start` and `end` in source units. */
  complaints: readonly Complaint[];
}

export interface MailboxCut {
  /** The source as it was cut; its offsets are those of the source that was given. Messages are decoded from this one. */
  source: Source;
  dialect: string;
  messages: readonly MessageCut[];
  /** About the source as a whole; `start` and `end` in source units. */
  complaints: readonly Complaint[];
}

/** One way in which mail is written to a file or shown on a page. Dialects only cut; one grammar reads the rest. */
export interface Dialect {
  name: string;
  /** Whether the source is of this dialect, from its first units (`head`, at most 8192) and its length. */
  recognises(head: string, source: Source): boolean;
  cut(source: Source): MessageCut[];
}
