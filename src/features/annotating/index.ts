export { anchorAt } from './anchor-at.ts';
export { type NotePlace, type NotePlacing, notePlacings } from './answer.ts';
export { type NotedFile, type PlacedNote, placeAnnotations } from './place.ts';
