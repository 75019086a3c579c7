import type { Note, NoteText } from '#annotations';
import { plainLine } from '../markdown.ts';
import type { FaintNote, UnplacedNote } from './brief-notes.ts';

/** `Question, resolved, by Grace Example, 2024-03-06` and its tags; plain words. */
export function noteHead(note: Note): string {
  const kind = note.kind.charAt(0).toUpperCase() + note.kind.slice(1);
  const said = saidBy(note);
  return [kind, ...(note.status === 'resolved' ? ['resolved'] : []), ...(said === '' ? [] : [said])].join(', ');
}

/** `by Grace Example, 2024-03-06`, or what of it is known. */
export function saidBy({ creator, created }: Pick<NoteText, 'creator' | 'created'>): string {
  const day = created?.slice(0, 10);
  const name = creator === undefined ? '' : plainLine(creator);
  return [...(name === '' ? [] : [`by ${name}`]), ...(day === undefined ? [] : [day])].join(', ');
}

/** The first line of a note. */
export function noteName(note: Note): string {
  const [line = ''] = (note.texts[0]?.value ?? '').split('\n').filter((one) => one.trim() !== '');
  const words = plainLine(line);
  if (words === '') return 'a note without words';
  return words.length <= 80 ? words : `${words.slice(0, 80)} \u2026`;
}

/** Why a note shows at a place that is not its own. */
export function faintWords({ as }: FaintNote): string {
  if (as === 'quoted') return 'A line with a note is quoted here';
  if (as === 'said') return 'This line is quoted in another mail, with a note';
  return `The same line stands here in v${as}, with a note from an earlier version`;
}

export function whyUnplaced({ reason, candidates }: UnplacedNote): string {
  return candidates.length === 0 ? reason : `${reason} It may stand at:`;
}

/** How many notes of a workspace are about other mail; empty when none is. */
export function othersWords(others: number): string {
  if (others === 0) return '';
  return others === 1 ? 'One more note is about other mail.' : `${others} more notes are about other mail.`;
}
