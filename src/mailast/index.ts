export type { Complaint } from './complaint.ts';
export { type LineTable, lineTable } from './lines.ts';
export type * from './nodes.ts';
export { KEPT_UNITS, Recent } from './recent.ts';
export { bytesSource, type Source, type Span, textOfUnits, textSource, type WayBack } from './source.ts';
export { isParent, nodesAt, walk } from './walk.ts';
