import type { Complaint, Span } from '#mailast';
import type { Octets } from './octets.ts';
import { base64Body, quotedPrintable, type Unwrapped, uuencoded } from './transfer.ts';

/** The bytes of a body without their transfer encoding; no bytes where it has none and stands as it is written. */
export interface Body {
  octets?: Octets;
  /** `start` and `end` in the source. */
  complaints: Complaint[];
}

const AS_WRITTEN: ReadonlySet<string> = new Set(['', '7bit', '8bit', 'binary']);

/** `escapedFrom` is that of `MessageCut`; only quoted-printable text can hold such lines. */
type Decoder = (text: string, start: number, end: number, escapedFrom: boolean) => Unwrapped | undefined;

const DECODERS: Readonly<Record<string, Decoder>> = {
  'quoted-printable': quotedPrintable,
  base64: base64Body,
  uuencode: uuencoded,
  uue: uuencoded,
  'x-uuencode': uuencoded,
  'x-uue': uuencoded,
};

/** Takes a transfer encoding, in small letters, off the units of `body`. An encoding that nobody knows changes nothing, and is said. */
export function unwrap(text: string, body: Span & { escapedFrom?: boolean }, encoding = ''): Body {
  if (AS_WRITTEN.has(encoding)) return { complaints: [] };
  const decoder = Object.hasOwn(DECODERS, encoding) ? DECODERS[encoding] : undefined;
  const at = { start: body.start, end: body.start };
  if (!decoder) {
    const reason = `The transfer encoding "${encoding}" is not known; the text is read as it is written.`;
    return { complaints: [{ ruleId: 'transfer-encoding-unknown', reason, severity: 'info', ...at }] };
  }
  const unwrapped = decoder(text, body.start, body.end, body.escapedFrom ?? false);
  if (!unwrapped) {
    const reason = `The header says ${encoding}, and the text is not; it is read as it is written.`;
    return { complaints: [{ ruleId: 'transfer-encoding-wrong', reason, severity: 'warning', ...at }] };
  }
  return { octets: unwrapped.octets, complaints: complaintsOf(unwrapped, encoding) };
}

function complaintsOf({ damaged, firstDamage, footer }: Unwrapped, encoding: string): Complaint[] {
  const complaints: Complaint[] = [];
  if (damaged > 0) {
    const places = damaged === 1 ? 'One place' : `${damaged} places`;
    const reason = `${places} of the ${encoding} text could not be decoded, the first one here; the rest was read.`;
    const place = { start: firstDamage, end: firstDamage + 1 };
    complaints.push({ ruleId: 'transfer-encoding-damaged', reason, severity: 'warning', ...place });
  }
  if (footer !== undefined) {
    const reason = 'Text stands behind the encoded text, as mailing lists add it; it is shown as it is written.';
    complaints.push({ ruleId: 'text-behind-base64', reason, severity: 'info', start: footer, end: footer + 1 });
  }
  return complaints;
}
