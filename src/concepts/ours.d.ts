/**
 * Door `#concepts/ours`: our own notes as data. The module is `.cache/notes.json`, which `src/build/notes.mjs` compiles
 * from `notes/*.md`; import it with `await import('#concepts/ours')` where a hover first needs it.
 */
import type { Concept } from './concept.ts';

declare const notes: readonly Concept[];
export default notes;
