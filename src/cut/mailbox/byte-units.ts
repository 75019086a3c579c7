import { textOfUnits } from '#mailast';
import type { Units } from './units.ts';

const [LF, UPPER_F, LOWER_R, LOWER_O, LOWER_M, SPACE] = [10, 70, 114, 111, 109, 32];

/** The units of bytes in memory; they never become one string. */
export function unitsOfBytes(bytes: Uint8Array): Units {
  return {
    length: bytes.length,
    nextFromLine(from) {
      for (let at = bytes.indexOf(UPPER_F, from); at !== -1; at = bytes.indexOf(UPPER_F, at + 1)) {
        if (isFromLine(bytes, at)) return at;
      }
      return -1;
    },
    slice: (start, end) => textOfUnits(bytes.subarray(Math.max(start, 0), Math.max(end, 0))),
  };
}

function isFromLine(bytes: Uint8Array, at: number): boolean {
  return (
    bytes[at + 4] === SPACE &&
    (at === 0 || bytes[at - 1] === LF) &&
    bytes[at + 1] === LOWER_R &&
    bytes[at + 2] === LOWER_O &&
    bytes[at + 3] === LOWER_M
  );
}
