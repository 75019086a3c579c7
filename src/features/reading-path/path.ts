import type { JsonObject } from '#annotations';

/** Texts with a later version are not read. */
export const PATH_VERSION = 1;

/** A walk through a thread that somebody wrote down for others. All words are a stranger's: plain text, or Markdown nobody trusts. */
export interface ReadingPath {
  title: string;
  author?: string;
  /** What stands before the first stop. */
  words: string;
  stops: readonly PathStop[];
}

export interface PathStop {
  title: string;
  /** Where it is, as the target of a W3C annotation: a message and the words in it. Absent for a stop that is a simulator alone. */
  target?: JsonObject;
  words: string;
  /** `ID/SCENARIO?name=value` or `ID?scenario=SCENARIO&step=3`: what follows `simulator:` in a link. */
  simulator?: string;
  question?: string;
  answer?: string;
}
