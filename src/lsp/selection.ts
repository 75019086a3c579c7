import type { Position, SelectionRange } from 'vscode-languageserver/node';
import { levelsAt } from '#features';
import type { OpenMail } from './open-mail.ts';

/** What a selection grows to at each place: word, line, paragraph, each quote, part, message. */
export function selectionRanges(mail: OpenMail, positions: readonly Position[]): SelectionRange[] {
  return positions.map((position) => {
    const levels = levelsAt(mail.reading, mail.offsetAt(position));
    // Every place is answered for, in order: where there is no mail, with an empty range.
    const here = { range: { start: position, end: position } };
    return (
      levels.reduceRight<SelectionRange | undefined>((parent, level) => {
        const range = mail.rangeOf(level);
        return parent ? { range, parent } : { range };
      }, undefined) ?? here
    );
  });
}
