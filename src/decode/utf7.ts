import type { Octets } from './octets.ts';
import type { ReadableText } from './way.ts';

const LONE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/**
 * Adds UTF-7 (RFC 2152), which no platform reads: `+` begins a run of base64 that holds UTF-16, `-` or anything else ends it. A run leads back whole.
 * `plain` adds the rest. Returns where in `into` the first thing stands that is no character, or -1.
 */
export function decodeUtf7(octets: Octets, into: ReadableText, plain: (from: number, to: number) => number): number {
  const { units } = octets;
  let firstInvalid = -1;
  for (let at = 0; at < units.length; ) {
    const plus = units.indexOf('+', at);
    const run = plus === -1 ? units.length : plus;
    const start = run > at ? plain(at, run) : -1;
    if (firstInvalid === -1) firstInvalid = start;
    if (run === units.length) break;
    let end = run + 1;
    while (end < units.length && BASE64.includes(units.charAt(end))) end++;
    const text = end === run + 1 ? '+' : unpacked(units.slice(run + 1, end));
    if (units.charAt(end) === '-') end++;
    if (text.includes('\ufffd') && firstInvalid === -1) firstInvalid = into.length + text.indexOf('\ufffd');
    into.push(text, octets.start(run), octets.end(end - 1), true);
    at = end;
  }
  return firstInvalid;
}

/** What a run holds; bits that are left over are nothing, a lone surrogate is U+FFFD. */
function unpacked(run: string): string {
  const units: string[] = [];
  let [bits, held] = [0, 0];
  for (const unit of run) {
    bits = ((bits << 6) | BASE64.indexOf(unit)) & 0x3fffff;
    held += 6;
    if (held < 16) continue;
    held -= 16;
    units.push(String.fromCharCode((bits >> held) & 0xffff));
  }
  return units.join('').replace(LONE, '\ufffd');
}
