export { levelsAt } from './levels.ts';
export { nextRemark, nextStop, type StopKind } from './stops.ts';
