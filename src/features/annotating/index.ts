export { anchorAt } from './anchor-at.ts';
export { type NotePlace, type NotePlacing, notePlacings } from './answer.ts';
export { type FaintMarks, faintMarks } from './elsewhere.ts';
export { type PlacedNote, placeAnnotations } from './place.ts';
