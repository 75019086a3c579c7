/** Door `#features/sharing`: what a reader makes of mail for others. Nobody who only reads loads it. */

export * from './reply/index.ts';
