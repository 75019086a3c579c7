export { completeHover, hover } from './hover.ts';
