/** Door `#features/sharing`: what a reader makes of mail for others. Nobody who only reads in the editor loads it. */

export * from './brief/index.ts';
export * from './reading-path/index.ts';
export * from './reply/index.ts';
