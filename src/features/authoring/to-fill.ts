import type { NoteProblem } from './note-problem.ts';
import { headPlace } from './note-text.ts';

/** What a new note says where its writer has to say something. Left as it is, it would be shown to a reader as a meaning. */
export const toFill = {
  summary: 'Say here what it is, in at most 60 words that do not need the word itself.',
  field: 'where it belongs, such as KVM x86',
  source: 'file, function and version, or message and date',
  near: 'a word that stands near when this is meant',
} as const;

/** Words of a new note that its writer has not put own ones in place of. */
export function unfilled(text: string): NoteProblem[] {
  if (!headPlace(text)) return [];
  return Object.values(toFill).flatMap((words) => {
    const start = text.indexOf(words);
    if (start < 0) return [];
    const place = { start, end: start + words.length };
    const message = 'This still stands as the new note had it: put your own words in its place';
    return [{ place, code: 'to-fill', message, mistake: true, others: [], fixes: [] }];
  });
}
