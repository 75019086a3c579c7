/**
 * Door `#concepts/ours`: our own packs as data. The module is `.cache/packs.json`, which `src/build/notes.mjs` compiles from
 * `notes/*.md` and `packs/*`. In the bundles of the editor it is empty (`none.ts`, by the condition `editor`): there the packs are files
 * of their own, read on first use and handed in.
 */
import type { Pack } from './pack.ts';

declare const packs: readonly Pack[];
export default packs;
