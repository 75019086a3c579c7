/** One way to say what is wrong with a note, for the command line, the Problems view and quick fixes alike. */
import type { Point, Position } from 'unist';
import type { VFile } from 'vfile';

export interface Complaint {
  ruleId: string;
  reason: string;
  /** Where it stands. With `expected` it is exactly the text that may be replaced. */
  place?: Point | Position | undefined;
  /** What may stand there instead, likeliest first. */
  expected?: readonly string[];
  /** What to do, where no text can be put in place of another. */
  note?: string;
  /** Not a mistake: the note is used as it is. */
  advice?: boolean;
}

/** Writes it to the file: `fatal` is true for a mistake and false for advice. */
export function complain(file: VFile, { ruleId, reason, place, expected, note, advice }: Complaint): void {
  const message = file.message(reason, { ...(place && { place }), ruleId, source: 'note' });
  message.fatal = !advice;
  if (expected !== undefined && expected.length > 0) message.expected = [...expected];
  if (note !== undefined) message.note = note;
}
