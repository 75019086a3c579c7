export {
  comparePatches,
  type Interdiff,
  type InterdiffHunk,
  type InterdiffLine,
  type PatchState,
  type TextChange,
} from './compare.ts';
export { matchInSteps, matchPatches, type Pair } from './match.ts';
export { type Patch, patchOf } from './patch.ts';
