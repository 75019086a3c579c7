import type { Complaint, Source } from '#mailast';
import { isControls } from './controls.ts';

/** How many units decide whether a source is text. */
const HEAD = 8192;

/** Why a source holds no mail at all, when it does not: it is empty, binary, or in an encoding whose bytes are no mail. */
export function refusalOf(source: Source): Complaint | undefined {
  const { text, units } = source;
  if (!/\S/.test(text)) {
    return {
      ...refusal('empty-source', 'There is nothing to read here: the file is empty. Open an mbox, a mail or a patch.'),
      severity: 'warning',
    };
  }
  if (units === 'bytes' && /^(?:\u00ff\u00fe|\u00fe\u00ff)/.test(text)) {
    return refusal(
      'utf16-source',
      'This file is UTF-16 text, which mail never is. Save it as UTF-8, or open it in the editor, and read that.',
    );
  }
  if (!isBinary(text.slice(0, HEAD))) return undefined;
  return refusal(
    'binary-source',
    'This is not mail text: the file holds binary data. Open an mbox, a mail, a patch or a saved archive page.',
  );
}

function refusal(ruleId: string, reason: string): Complaint {
  return { ruleId, reason, severity: 'error', start: 0, end: 0 };
}

/** What files that are no text begin with: ELF, PNG, ZIP, gzip, PDF. They hold few control characters now and then. */
const MAGIC = ['\u007fELF', '\u0089PNG', '\ufffdPNG', 'PK\u0003\u0004', '\u001f\u008b', '\u001f\ufffd', '%PDF-'];

/** Whether a text begins as a file that is no text does, or is mostly control characters. A few NULs in a mail are data. */
export function isBinary(head: string): boolean {
  return MAGIC.some((beginning) => head.startsWith(beginning)) || isControls(head);
}
