import type { Place } from '../plain.ts';

/** Something to say about a note while it is written. */
export interface NoteProblem {
  place: Place;
  /** Stable: `no-sources`, `link`. */
  code: string;
  message: string;
  /** With a mistake the note is not used, or not as it is meant; the rest is advice. */
  mistake: boolean;
  /** Ids of the notes that it is about: the other owners of a spelling. */
  others: readonly string[];
  /** What would mend it, likeliest first. */
  fixes: readonly NoteFix[];
}

/** One way to mend a note. */
export interface NoteFix {
  title: string;
  place: Place;
  /** What stands there afterwards. As an editor's snippet the caret stops in it where the writer goes on. */
  insert: string;
  isSnippet: boolean;
  /** The likeliest one, and it loses nothing of what was written. */
  preferred: boolean;
}
