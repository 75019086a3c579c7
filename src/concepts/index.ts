/** The glossary: what words mean, where they stand in a text, and which meaning is in scope there. */
export type * from './concept.ts';
export { type Glossary, glossary } from './glossary.ts';
export type { Lexicon } from './lexicon.ts';
export type { Pack, PackHead } from './pack.ts';
export { type Conflict, type JoinedPacks, joinPacks } from './packs.ts';
export { wordsOf } from './words.ts';
