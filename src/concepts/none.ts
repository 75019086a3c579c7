/** What stands behind `#concepts/ours` where packs are read as files: none. */
import type { Pack } from './pack.ts';

const packs: readonly Pack[] = [];
export default packs;
