export { pathText } from './format.ts';
export { pathFromNotes } from './from-notes.ts';
export type { PathStop, ReadingPath } from './path.ts';
export { isPath, type PathProblem, type ReadPath, readPath } from './read.ts';
export { stopNote, stopSource, stopState } from './stops.ts';
