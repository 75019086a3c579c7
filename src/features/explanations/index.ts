export { explanationsIn, type LocalExplanation, type SaidOfConcept } from './in-mail.ts';
export { explanationsOf } from './in-thread.ts';
export type { Said } from './said.ts';
