export type { Complaint } from './complaint.ts';
export type * from './nodes.ts';
export type { Source, Span, WayBack } from './source.ts';
