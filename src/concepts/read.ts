/** Second door `#concepts/read`: the reader of notes. It brings remark and YAML, so it is loaded only when it is needed. */
export { checkTogether, type Known } from './check-notes.ts';
export { longestSummary, type ReadNote, readNote } from './read-note.ts';
export { isNoteName, type NoteText, type ReadPack, readPack } from './read-pack.ts';
