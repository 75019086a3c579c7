export { type SpeakerHint, speakerHints } from './hints.ts';
export { speakerOfQuote, speakerPlaces } from './places.ts';
