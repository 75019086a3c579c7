import type { Outcome, Verdict } from '#reading';
import type { CollectedTrailerAnswer } from './collected.ts';

/** A line of a mail's text, from 1. */
export interface LinePlace {
  key: string;
  line: number;
}

/** A remark on a patch: every cell has the line that proves it. */
export interface RemarkAnswer extends LinePlace {
  lastLine: number;
  by?: string;
  /** The first sentence. */
  text: string;
  about: LinePlace & { path?: string; section?: string; fileLine?: number; whole?: true };
  answers: (LinePlace & { by?: string; text: string; verdict?: Verdict })[];
  /** What the author of the patch says in words. */
  resolved?: LinePlace & { verdict: Verdict };
  /** It asks, and nobody answered. */
  open?: true;
  /** It says that the patch is good, or was taken, and asks for nothing. */
  approves?: true;
  next?: { outcome: Outcome; version: number; evidence?: LinePlace };
}

export interface LedgerAnswer {
  key: string;
  version: number;
  subject: string;
  remarks: RemarkAnswer[];
  /** Trailers that others gave. */
  given: readonly CollectedTrailerAnswer[];
  /** Nobody but the author said anything about it. */
  unreviewed?: true;
}
