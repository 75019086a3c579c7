import type { Complaint } from '#mailast';
import { type Charset, sequenceLength } from './charset.ts';
import { charsetOf, promisesAscii } from './charset-labels.ts';

export interface CharsetChoice {
  charset: Charset;
  /** What was guessed and why; it has no place yet. */
  complaint?: Complaint;
  /** Units of a byte order mark at the start, which is no text. */
  mark: number;
}

const UTF8_MARK = '\u00ef\u00bb\u00bf';

/** What the bytes say themselves. */
interface Evidence {
  /** Characters of UTF-8 beyond ASCII. */
  sequences: number;
  /** Bytes above 0x7f that are in none of them. */
  strays: number;
  /** Whether a sequence stands there that begins Japanese. */
  escapes: boolean;
}

/**
 * The charset to read bytes [start, end) by: what the label says, where it is known and the bytes can be that; else what the bytes look like. A label
 * of another charset than ASCII and UTF-8 is believed: nearly any bytes can be text in it.
 */
export function chooseCharset(label: string | undefined, units: string, start: number, end: number): CharsetChoice {
  if (units.startsWith(UTF8_MARK, start) && start + 3 <= end) return { charset: { kind: 'utf-8' }, mark: 3 };
  const charset = charsetOf(label);
  if (charset && charset.kind !== 'utf-8') return { charset, mark: 0 };
  const seen = evidence(units, start, end);
  if (!charset) return { ...unknown(label ?? '', seen), mark: 0 };
  const beyond = seen.sequences + seen.strays > 0;
  const contradicted = promisesAscii(label) ? beyond || seen.escapes : beyond && seen.sequences === 0;
  const { charset: likely, because } = guessed(seen);
  // No label means UTF-8 to us, so nothing is guessed when it is that.
  if (!contradicted || (label === undefined && likely.kind === 'utf-8')) return { charset, mark: 0 };
  const said = label === undefined ? 'No charset is named for this text' : `This text is labelled ${label}, and is not`;
  return { charset: likely, mark: 0, complaint: complaintOf('charset-guessed', `${said}; ${because}.`, seen) };
}

function unknown(label: string, seen: Evidence): { charset: Charset; complaint: Complaint } {
  const { charset, because } = guessed(seen);
  return {
    charset,
    complaint: complaintOf('charset-unknown', `The charset "${label}" is not known; ${because}.`, seen),
  };
}

/** A warning where other characters may stand than the author wrote. */
function complaintOf(ruleId: string, reason: string, { strays }: Evidence): Complaint {
  return { ruleId, reason, severity: strays > 0 ? 'warning' : 'info' };
}

function guessed({ sequences, strays, escapes }: Evidence): { charset: Charset; because: string } {
  const utf8: Charset = { kind: 'utf-8' };
  if (sequences + strays === 0) {
    const japanese = escapes ? charsetOf('iso-2022-jp') : undefined;
    if (japanese) return { charset: japanese, because: 'it has escape sequences of iso-2022-jp, and is read as that' };
    return { charset: utf8, because: 'it is ASCII, and is read as that' };
  }
  if (strays === 0) return { charset: utf8, because: 'it is valid UTF-8, and is read as that' };
  // Text in another charset has sequences of UTF-8 by rare chance only.
  if (sequences * 4 > strays)
    return { charset: utf8, because: 'it holds UTF-8 and bytes that are not, and is read as UTF-8' };
  const western = charsetOf('windows-1252') ?? utf8;
  return { charset: western, because: 'it is not UTF-8, and is read as windows-1252' };
}

/** What stands behind the escape sign where Japanese begins. */
const JAPANESE: ReadonlySet<string> = new Set(['$B', '$@', '(J', '(I']);

/** One pass; stops nowhere, because one stray byte at the end decides. */
function evidence(units: string, start: number, end: number): Evidence {
  const seen: Evidence = { sequences: 0, strays: 0, escapes: false };
  for (let at = start; at < end; at++) {
    const unit = units.charCodeAt(at);
    if (unit === 27) seen.escapes ||= JAPANESE.has(units.slice(at + 1, at + 3));
    if (unit < 0x80 || unit > 0xff) continue;
    const length = sequenceLength(units, at);
    if (length === 0 || at + length > end) seen.strays++;
    else seen.sequences++;
    at += Math.max(length, 1) - 1;
  }
  return seen;
}

/** The charset of a text that an editor has decoded already. Only what was written in ASCII can still be read: escape sequences, and UTF-7. */
export function chooseForDocument(label: string | undefined, text: string, start: number, end: number): CharsetChoice {
  const charset = charsetOf(label);
  const mark = text.charCodeAt(start) === 0xfeff && start < end ? 1 : 0;
  const sevenBit = charset?.kind === 'escapes' || charset?.kind === 'utf-7';
  if (sevenBit && !/[\u0080-\u00ff]/.test(text.slice(start, end))) return { charset, mark };
  if (charset) return { charset: { kind: 'utf-8' }, mark };
  const reason = `The charset "${label}" is not known; the text is shown as the editor has read it.`;
  return { charset: { kind: 'utf-8' }, mark, complaint: { ruleId: 'charset-unknown', reason, severity: 'info' } };
}
