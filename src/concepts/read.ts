/** Second door `#concepts/read`: the reader of notes. It brings remark and YAML, so it is loaded only when it is needed. */
export { checkTogether } from './check-notes.ts';
export { longestSummary, type ReadNote, readNote } from './read-note.ts';
