/**
 * A text without its white space and without the quote marks at the head of its lines, with the way back.
 *
 *     > The table is found          Thetableisfoundthroughtheregister.
 *     > through the register.   ->
 *
 * Mail that was re-wrapped, quoted, sent with other line ends or copied from an archive page that lost white space has the
 * same bare text.
 */
export interface BareText {
  text: string;
  /** Offset in the full text of each unit of the bare text. */
  offsets: Int32Array;
  /** How many quote marks stand at the head of the line that holds this offset of the full text. */
  depthAt(offset: number): number;
}

interface LineDepth {
  start: number;
  depth: number;
}

const LF = 10;
const MARK = 62;
const OTHER_WHITE = new Set([0xa0, 0x1680, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000, 0xfeff]);

/** `headed`: the text begins at the head of a line, so that quote marks there are marks. */
export function bareText(full: string, headed = true): BareText {
  const kept: string[] = [];
  const offsets = new Int32Array(full.length);
  let line: LineDepth = { start: 0, depth: 0 };
  const lines = [line];
  let count = 0;
  let from = 0;
  let atHead = headed;
  for (let at = 0; at < full.length; at++) {
    const unit = full.charCodeAt(at);
    const mark = atHead && unit === MARK;
    if (!mark && !isWhite(unit)) {
      atHead = false;
      offsets[count++] = at;
      continue;
    }
    if (from < at) kept.push(full.slice(from, at));
    from = at + 1;
    if (mark) line.depth++;
    if (unit !== LF) continue;
    atHead = true;
    line = { start: at + 1, depth: 0 };
    lines.push(line);
  }
  kept.push(full.slice(from));
  return { text: kept.join(''), offsets: offsets.subarray(0, count), depthAt: (offset) => depthOf(lines, offset) };
}

function depthOf(lines: readonly LineDepth[], offset: number): number {
  let low = 0;
  let high = lines.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((lines[middle]?.start ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return lines[low]?.depth ?? 0;
}

/** White space as ECMAScript's `\s` has it. */
export function isWhite(unit: number): boolean {
  if (unit <= 32) return unit === 32 || (unit >= 9 && unit <= 13);
  if (unit < 0xa0) return false;
  return (unit >= 0x2000 && unit <= 0x200a) || OTHER_WHITE.has(unit);
}

/** Where the first character stands that is neither white space nor a quote mark. */
export function firstBare(text: string, from: number, to: number): number {
  let at = from;
  while (at < to && (isWhite(text.charCodeAt(at)) || text.charCodeAt(at) === MARK)) at++;
  return at;
}
