/** Door `#features/authoring`: what helps somebody who writes notes. It brings remark and YAML, so it is loaded only when a note is written. */
export { linkCompletions, type NoteCompletion, noteCompletions } from './completions.ts';
export { builtInNotes, conceptOf, type KnownNote, type KnownNotes } from './known.ts';
export { type NewNote, newNote } from './new-note.ts';
export type { NoteFix, NoteProblem } from './note-problem.ts';
export { looksLikeNote, type NoteText } from './note-text.ts';
export { noteProblems } from './problems.ts';
export { aboutReference, type NoteReference, noteReferences, referenceAt } from './references.ts';
