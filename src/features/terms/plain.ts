import type { Place } from '../plain.ts';

/** One place where a term stands. */
export interface TermMention {
  /** The index of its message in the source, from 0. */
  message: number;
  /** The term, in several pieces when it is broken over lines; at least one. */
  spans: readonly Place[];
  /** The line of the source that it begins on, from 0. */
  line: number;
  /** Who wrote the words around it; absent when nobody says. */
  speaker?: string;
  /** In the sender's own words, not in a quote. */
  own: boolean;
  /** The line that it begins on, decoded and without quote marks, shortened where it is long. */
  said: string;
}

/** A term of a thread with all its mentions. */
export interface ThreadTerm {
  /** The id of its note. */
  concept: string;
  title: string;
  expansion?: string;
  field: string;
  summary: string;
  /** In the order of the source. */
  mentions: readonly TermMention[];
  /** In how many messages it stands, and how many people wrote it there in words of their own. */
  messages: number;
  speakers: number;
  /** Larger is heavier; below 1 when it stands in quotes only. */
  weight: number;
}

/** A word that looks like a term, and that no note explains. */
export interface Unexplained {
  text: string;
  kind: 'acronym' | 'identifier';
  mentions: readonly TermMention[];
}

/** An abbreviation that no note explains, and that the thread itself writes out. */
export interface WrittenOut extends Unexplained {
  expansion: string;
}

/** What a mail of a thread is called where its mentions are listed. */
export interface ThreadMessage {
  index: number;
  subject: string;
  author: string;
}

/** The terms of the thread that a message belongs to. */
export interface ThreadTerms {
  /** In the order of the source. */
  messages: readonly ThreadMessage[];
  /** The heaviest first. */
  explained: readonly ThreadTerm[];
  /** The most frequent first. */
  written: readonly WrittenOut[];
  unexplained: readonly Unexplained[];
}

/** A term in its place, and which note it means there. */
export interface TermInPlace {
  spans: readonly Place[];
  text: string;
  /** Ids of notes, best first; at least one. */
  concepts: readonly string[];
}

/** The first mention of a term in its message. */
export interface FirstMention {
  spans: readonly Place[];
  concept: string;
  /** What the letters stand for; only where one meaning is left, and the mail does not write it out beside the term. */
  expansion?: string;
}
