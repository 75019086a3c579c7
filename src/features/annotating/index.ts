export { anchorAt } from './anchor-at.ts';
export { type NotePlace, type NotePlacing, notePlacings } from './answer.ts';
export { type FaintMarks, faintMarks } from './elsewhere.ts';
export { type NotedReading, notedReading, type PlacedNote } from './noted-reading.ts';
export { groupNotes, matchesNotes, type NoteGroup, type NoteGrouping, type NoteRow, noteRow } from './overview.ts';
export { placeAnnotations } from './place.ts';
