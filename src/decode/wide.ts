import type { Octets } from './octets.ts';
import type { ReadableText } from './way.ts';

/**
 * Adds UTF-16 text, two bytes a unit; a byte order mark says which comes first and is no text. Without one, and without a label that says it,
 * the byte that is zero more often does. Returns where in `into` the first unit stands that is no character, or -1.
 */
export function decodeUtf16(octets: Octets, bigEndian: boolean | undefined, into: ReadableText): number {
  const { units } = octets;
  const mark = units.slice(0, 2);
  const marked = mark === '\u00fe\u00ff' || mark === '\u00ff\u00fe';
  const big = marked ? mark === '\u00fe\u00ff' : (bigEndian ?? looksBigEndian(units));
  const unitAt = (at: number): number => {
    const [first, second] = [units.charCodeAt(at), units.charCodeAt(at + 1)];
    return big ? first * 256 + second : second * 256 + first;
  };
  let firstInvalid = -1;
  for (let at = marked ? 2 : 0; at < units.length; ) {
    const unit = unitAt(at);
    const next = unitAt(at + 2);
    const pair = isHigh(unit) && isLow(next);
    const lineEnd = unit === 13 && next === 10;
    const valid = !Number.isNaN(unit) && (pair || !(isHigh(unit) || isLow(unit)));
    const length = Math.min(pair || lineEnd ? 4 : 2, units.length - at);
    if (!valid && firstInvalid === -1) firstInvalid = into.length;
    const text = pair ? String.fromCharCode(unit, next) : valid ? String.fromCharCode(lineEnd ? 10 : unit) : '\ufffd';
    into.push(text, octets.start(at), octets.end(at + length - 1));
    at += length;
  }
  return firstInvalid;
}

/** Without a mark big-endian is the rule (RFC 2781, 4.3), but what most mail holds has zeros in its high bytes. */
function looksBigEndian(units: string): boolean {
  let [even, odd] = [0, 0];
  for (let at = 0; at < Math.min(units.length, 2000); at++) {
    if (units.charCodeAt(at) !== 0) continue;
    if (at % 2 === 0) even++;
    else odd++;
  }
  return even >= odd;
}

function isHigh(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00;
}

function isLow(unit: number): boolean {
  return unit >= 0xdc00 && unit < 0xe000;
}
