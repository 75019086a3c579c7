import { hover } from '../hover.ts';
import type { HoverMeaning, Place } from '../plain.ts';
import type { Reading } from '../reading.ts';
import { SCHEMA_VERSION } from './version.ts';

/** Where was asked: line and column as an editor shows them, from 1; `offset` is the byte, absent outside the file. */
export interface AskedPosition {
  line: number;
  column: number;
  offset?: number;
}

export interface HoverReport {
  schemaVersion: number;
  found: boolean;
  position: AskedPosition;
  text?: string;
  /** Bytes of the file, one for each line the term is broken over. */
  spans?: readonly Place[];
  /** Best first. */
  meanings: readonly HoverMeaning[];
  markdown?: string;
}

export function hoverReport(reading: Reading, position: AskedPosition): HoverReport {
  const answer = position.offset === undefined ? undefined : hover(reading, position.offset);
  if (!answer) return { schemaVersion: SCHEMA_VERSION, found: false, position, meanings: [] };
  const { text, spans, meanings, markdown } = answer;
  return { schemaVersion: SCHEMA_VERSION, found: true, position, text, spans, meanings, markdown };
}
