import { completeHover } from '../hover/index.ts';
import type { HoverAnswer, HoverMeaning, Place } from '../plain.ts';
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
  /** Who explained the first meaning in the thread, and who said it first. */
  inThread?: HoverAnswer['inThread'];
  /** What the letters stand for as the thread itself writes it out, where that is not what the note says. */
  local?: HoverAnswer['local'];
  markdown?: string;
}

export function hoverReport(reading: Reading, position: AskedPosition): HoverReport {
  const answer = position.offset === undefined ? undefined : completeHover(reading, position.offset);
  if (!answer) return { schemaVersion: SCHEMA_VERSION, found: false, position, meanings: [] };
  const { text, spans, meanings, inThread, local, markdown } = answer;
  return {
    schemaVersion: SCHEMA_VERSION,
    found: true,
    position,
    text,
    spans,
    meanings,
    ...(inThread && { inThread }),
    ...(local && { local }),
    markdown,
  };
}
