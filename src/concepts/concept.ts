/** One note of the glossary, read from `notes/*.md`. All strings are plain text but `markdown`, which is our own Markdown. */
export interface Concept {
  /** Stable, kebab-case; the file name without `.md`. */
  id: string;
  /** The word itself: `PAMT`. */
  title: string;
  expansion?: string;
  /** Where it belongs, for the right end of the hover's first line: `TDX · host memory`. */
  field: string;
  /** Spellings that name it. */
  terms: readonly string[];
  /** More of them, known only to who asks for the word by itself, never marked in a text. `#` is a number (`v#`), `_*` any ending. */
  asked?: readonly string[];
  scope: Scope;
  /** Other meanings of the same letters. */
  not: readonly string[];
  related: readonly string[];
  /** Simulator id and scenario ids, best first; a scenario may say what must be near for it to be the one. */
  simulator?: string;
  scenarios: readonly { id: string; near?: readonly string[] }[];
  /** Kernel version in which it came, and what changed later. */
  since?: string;
  changed: readonly { version: string; what: string }[];
  sources: readonly string[];
  /** First paragraph, at most 60 words: what the hover shows first. Plain text. */
  summary: string;
  /** Everything after the front matter, first paragraph included. */
  markdown: string;
}

/** When a term means this concept. Absent members ask nothing. */
export interface Scope {
  /** Any of these words in the message, its subject or its paths makes the meaning likely. */
  near?: readonly string[];
  /** The term alone is not enough: without one of `near` there is no hover. */
  needsNear?: boolean;
  /** Spellings that are also plain words (node, quote): one of `near` must stand in the same paragraph. */
  ordinary?: readonly string[];
  /** Lists on which this is the likelier meaning; it comes with the note's pack. It orders meanings and puts none in scope. */
  lists?: readonly string[];
}

/** Where a term stands in a logical text (quote marks and line ends removed). UTF-16 offsets of that text. */
export interface TermMatch {
  start: number;
  end: number;
  text: string;
  /** Concepts that have this spelling. */
  concepts: readonly string[];
  /** The spelling as the notes write it, where they name the whole family (`RET_PF_*`) and not this member of it. */
  family?: string;
}

/** What is known about the place of a term, for choosing among meanings. */
export interface Surroundings {
  subject?: string;
  /** The subject of the message with which the thread begins, where that is another one. */
  threadSubject?: string;
  /** Lists by which it came: addresses or list ids. */
  lists?: readonly string[];
  /** Other lists among those it was sent to. Most patches go to several, so they say less. */
  sentTo?: readonly string[];
  /** Paths that the message's diffs touch. */
  paths: readonly string[];
  /** The paragraph of the term. */
  paragraph: string;
  /** The whole message, as lower-case words (also joined identifiers). */
  words: ReadonlySet<string>;
}

export interface Meaning {
  concept: Concept;
  /** Why this meaning was chosen, one clause: `"TDMR" and "TDX module" stand near`. Plain text; it may name a path of the mail. */
  because: string;
  scenario?: string;
  /** The note is of a whole family, spelled so (`RET_PF_*`); the term is a member of it that has no note of its own. */
  family?: string;
}
