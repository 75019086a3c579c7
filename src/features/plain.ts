/** What features give: offsets, strings and Markdown of our own words. Never trees, never editor types. */

/** UTF-16 offsets in a document, or bytes in a file: the units of the source that was read. End exclusive. */
export interface Place {
  start: number;
  end: number;
}

export interface HoverMeaning {
  concept: string;
  title: string;
  because: string;
  /** The term is a member of this family (`RET_PF_*`), of which the note is; it has none of its own. */
  family?: string;
  scenario?: { simulator: string; id: string; parameters: Readonly<Record<string, number | string | boolean>> };
}

/** Who said something about a term, and where. */
export interface SaidPlace {
  /** The index of the message in the source, from 0, and the line of the source, from 1. */
  message: number;
  line: number;
  /** The term as it stands there. */
  place: Place;
  /** Of a quote the one who is quoted; absent when nobody says. */
  speaker?: string;
  quoted: boolean;
  /** The sentence, where it explains the term; plain text of the mail. */
  text?: string;
}

export interface HoverAnswer {
  /** The term as it stands in the source, possibly in several pieces; the first one under the cursor. */
  place: Place;
  spans: readonly Place[];
  text: string;
  meanings: readonly HoverMeaning[];
  /** What the thread says of the first meaning. */
  inThread?: { definition?: SaidPlace; firstUse?: SaidPlace };
  /** What the letters stand for as the thread itself writes it out. */
  local?: { term: string; expansion: string; by: SaidPlace };
  /** Our own words only, with `concept:`, `simulator:` and `place:` links; mail text in it is escaped. */
  markdown: string;
}

export interface OutlineItem {
  name: string;
  detail: string;
  kind: 'message' | 'quote' | 'file' | 'hunk' | 'heading' | 'part' | 'trailers';
  place: Place;
  /** What to reveal and select. */
  nameplate: Place;
  children: readonly OutlineItem[];
}

/** A part of a message that a reader may want to have as a file. */
export interface Attachment {
  /** The index of its message, and its own among the parts of that message; both from 0. */
  message: number;
  part: number;
  /** Its file name as it is written, or its media type: a label. */
  name: string;
  type: string;
  /** About how large it is, in words. */
  size: string;
  /** Why it is not shown, when it is not. */
  omitted?: string;
  /** Its header; of what is not shown its content too. */
  place: Place;
}

export interface Fold {
  place: Place;
  kind: 'message' | 'header' | 'quote' | 'signature' | 'diff' | 'trailers' | 'section' | 'furniture';
  /** Of a quote: how deep it is, from 1. */
  depth?: number;
}

export interface DocumentLink {
  place: Place;
  /** `https:` and `http:` targets, or `patchgloss:` for a place in the same document. */
  target: string;
  /** Full target in ASCII, for the tooltip. */
  tooltip: string;
  /** The Message-ID that stands there, perhaps in an address, of a mail that is not in the source. */
  messageId?: string;
  /** It stands there by itself: no address says where to look. */
  bare?: true;
}
