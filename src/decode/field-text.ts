import type { FieldCut } from '#cut';
import type { Complaint, Source } from '#mailast';
import type { Charset } from './charset.ts';
import { chooseCharset } from './charset-choice.ts';
import { decodeIdentity } from './identity.ts';
import { invalidBytes, type LeafComplaints } from './leaf.ts';
import type { ReadableText } from './way.ts';
import { decodeWords } from './words.ts';

/** The charset of what a header has written out in bytes (RFC 6532). */
export const HEADER_CHARSET: Charset = { kind: 'utf-8' };

/** Adds the value of a header field to `into`, its encoded words decoded. */
export function decodeValue(source: Source, field: FieldCut, into: ReadableText): LeafComplaints {
  const inText: Complaint[] = [];
  const plain = (from: number, to: number): void => {
    const start = into.length;
    const { charset, complaint } = charsetOfBytes(source, from, to);
    const invalid = decodeIdentity(source, from, to, charset, into);
    if (complaint) inText.push({ ...complaint, start, end: into.length });
    if (invalid !== -1) inText.push(invalidBytes(invalid));
  };
  return { inSource: decodeWords(source.text, field.valueStart, field.end, into, plain), inText };
}

/** Bytes that are not UTF-8 are from old mailers, which did not say what they are. */
function charsetOfBytes(source: Source, start: number, end: number): { charset: Charset; complaint?: Complaint } {
  if (source.units !== 'bytes') return { charset: HEADER_CHARSET };
  const { charset } = chooseCharset(undefined, source.text, start, end);
  if (charset.kind === 'utf-8') return { charset };
  const [ruleId, as] = ['header-charset-guessed', charset.kind === 'escapes' ? 'iso-2022-jp' : 'windows-1252'];
  const reason = `This header field holds bytes that no encoded word explains; they are read as ${as}.`;
  return { charset, complaint: { ruleId, reason, severity: 'warning' } };
}
