import type { FieldCut } from '#cut';
import type { Complaint, Source } from '#mailast';
import type { Charset } from './charset.ts';
import { decodeIdentity } from './identity.ts';
import { invalidBytes, type LeafComplaints } from './leaf.ts';
import type { ReadableText } from './way.ts';
import { decodeWords } from './words.ts';

/** The charset of what a header has written out in bytes. */
export const HEADER_CHARSET: Charset = { kind: 'utf-8' };

/** Adds the value of a header field to `into`, its encoded words decoded. */
export function decodeValue(source: Source, field: FieldCut, into: ReadableText): LeafComplaints {
  const inText: Complaint[] = [];
  const plain = (from: number, to: number): void => {
    const invalid = decodeIdentity(source, from, to, HEADER_CHARSET, into);
    if (invalid !== -1) inText.push(invalidBytes(invalid));
  };
  const left = decodeWords(source.text, field.valueStart, field.end, into, plain);
  if (!left) return { inSource: [], inText };
  const reason = 'An encoded word in the header is broken or of an unknown charset; it stands as it is written.';
  return { inSource: [{ ruleId: 'encoded-word-unreadable', reason, severity: 'warning', ...left }], inText };
}
