/** The glossary: what words mean, where they stand in a text, and which meaning is in scope there. */
export type * from './concept.ts';
export { type Glossary, glossary } from './glossary.ts';
export type { Lexicon } from './lexicon.ts';
export { wordsOf } from './words.ts';
