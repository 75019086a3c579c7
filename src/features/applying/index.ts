export { type AppliedVersions, appliedVersions, namesBase } from './applied-versions.ts';
export { type AppliedPatch, type ApplyReport, type ApplyState, type ScratchGit, tryApplying } from './apply.ts';
export type { ApplyProblem } from './problems.ts';
