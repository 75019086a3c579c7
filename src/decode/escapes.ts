import type { MultiByte } from './multi-byte.ts';
import type { Octets } from './octets.ts';
import type { ReadableText } from './way.ts';

/** What the 7-bit bytes behind an escape sequence mean; absent for ASCII. */
interface Designation {
  escape: string;
  read?: (run: string) => string;
}

/** The charsets that lend their characters to escape sequences. */
export type Lender = (label: 'euc-jp' | 'euc-kr' | 'gb18030') => MultiByte | undefined;

/**
 * RFC 1468, RFC 1554, and RFC 1557, where Korean stands between Shift Out and Shift In. JIS X 0201's Roman set is read as ASCII: mail that says
 * it means that.
 */
function designations(lend: Lender): readonly Designation[] {
  const japanese = lend('euc-jp');
  const korean = lend('euc-kr');
  return [
    { escape: '\u001b(B' },
    { escape: '\u001b(J' },
    { escape: '\u001b(H' },
    { escape: '\u001b(I', read: katakana },
    { escape: '\u001b$@', read: pairs(japanese) },
    { escape: '\u001b$B', read: pairs(japanese) },
    { escape: '\u001b$(D', read: pairs(japanese, '\u008f') },
    { escape: '\u001b$A', read: pairs(lend('gb18030')) },
    { escape: '\u001b$(C', read: pairs(korean) },
    { escape: '\u001b$)C' },
    { escape: '\u000e', read: pairs(korean) },
    { escape: '\u000f' },
  ];
}

/** Two 7-bit bytes are a character of a charset that has the same ones with their high bits set. */
function pairs(lender: MultiByte | undefined, lead = ''): (run: string) => string {
  return (run) => {
    let text = '';
    for (let at = 0; at < run.length; at += 2) {
      const bytes = lead + [...run.slice(at, at + 2)].map(withHighBit).join('');
      const read = lender?.read(bytes, 0);
      text += read?.length === bytes.length && bytes.length === lead.length + 2 ? read.text : '\ufffd';
    }
    return text;
  };
}

function withHighBit(unit: string): string {
  return unit > ' ' && unit < '\u007f' ? String.fromCharCode(unit.charCodeAt(0) | 0x80) : '\0';
}

/** The half-width katakana of JIS X 0201, U+FF61 and on. */
function katakana(run: string): string {
  return [...run].map((unit) => (unit > ' ' && unit < '`' ? shifted(unit, 0xff40) : '\ufffd')).join('');
}

function shifted(unit: string, by: number): string {
  return String.fromCharCode(unit.charCodeAt(0) + by);
}

/**
 * Adds text of iso-2022-jp and its kin. Each run behind an escape sequence leads back whole, with that sequence, because its bytes mean nothing without
 * it. A line begins in ASCII, which `plain` adds. Returns where in `into` the first byte stands that is no character, or -1.
 */
export function decodeEscapes(
  octets: Octets,
  lend: Lender,
  into: ReadableText,
  plain: (from: number, to: number) => number,
): number {
  const { units } = octets;
  const known = designations(lend);
  let firstInvalid = -1;
  let current: Designation | undefined;
  for (let at = 0; at < units.length; ) {
    const found = known.find((one) => units.startsWith(one.escape, at));
    const from = at + (found?.escape.length ?? 0);
    current = found ?? current;
    const end = runEnd(units, from, found !== undefined);
    const lineEnd = units.charAt(from) === '\n' || units.startsWith('\r\n', from);
    if (lineEnd) current = undefined;
    const start = into.length;
    let invalid = -1;
    if (!current?.read) invalid = plain(from, lineEnd ? units.indexOf('\n', from) + 1 : end);
    else if (end > from) {
      const text = current.read(units.slice(from, end));
      into.push(text, octets.start(at), octets.end(end - 1), true);
      invalid = text.includes('\ufffd') ? start + text.indexOf('\ufffd') : -1;
    }
    if (firstInvalid === -1) firstInvalid = invalid;
    at = lineEnd ? units.indexOf('\n', from) + 1 : end;
  }
  return firstInvalid;
}

/** The next escape sequence or line end behind `from`; right at `from` when something stands before it. */
function runEnd(units: string, from: number, may: boolean): number {
  let at = may ? from : from + 1;
  while (at < units.length && !endsRun(units, at)) at++;
  return at;
}

function endsRun(units: string, at: number): boolean {
  const unit = units.charCodeAt(at);
  return unit === 27 || unit === 14 || unit === 15 || unit === 10 || (unit === 13 && units.charCodeAt(at + 1) === 10);
}
