export { type SpeakerHint, speakerHints } from './hints.ts';
export { speakerPlaces } from './places.ts';
