export type * from './plain.ts';
