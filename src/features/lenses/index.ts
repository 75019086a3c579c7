export { type MessagePlace, messagePlace } from './place.ts';
export { type MessageSummary, messageSummary } from './summary.ts';
