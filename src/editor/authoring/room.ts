/** What the editor asks about a note that is being written: one adapter a feature. Evaluated with the first Markdown document. */
export { newNoteFromSelection } from './new-note.ts';
export { provideNoteCompletions } from './note-completion.ts';
export { provideNoteFixes } from './note-fixes.ts';
export { provideNoteDefinition, provideNoteHover, provideNoteLinks } from './note-links.ts';
export { showNoteProblems } from './note-problems.ts';
