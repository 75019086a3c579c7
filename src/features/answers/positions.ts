import { displayName } from '#reading';
import type { LedgerAnswer, LinePlace } from './ledger-plain.ts';
import { isOpen } from './ledger-table.ts';

/** What one person said about the patches of a thread, counted. */
export interface Position {
  who: string;
  /** Remarks that ask for something or say something, and what came of them. */
  remarks: number;
  changed: number;
  open: number;
  /** Remarks that say a patch is good and ask for nothing. */
  approves: number;
  /** Tags that were given, `Reviewed-by`, with how many patches got it. */
  tags: ReadonlyMap<string, number>;
  /** The first remark. */
  first?: LinePlace;
}

interface Draft extends Position {
  tags: Map<string, number>;
}

/** Who took part, who said the most first. Silence is no position: who said nothing is not told. */
export function positionsOf(ledger: readonly LedgerAnswer[]): Position[] {
  const found = new Map<string, Draft>();
  const of = (who: string): Draft => {
    const key = who.toLowerCase();
    const known = found.get(key) ?? { who, remarks: 0, changed: 0, open: 0, approves: 0, tags: new Map() };
    found.set(key, known);
    return known;
  };
  for (const { remarks, given } of ledger) {
    for (const remark of remarks) {
      const { by = 'Somebody who is not named', key, line, approves, next } = remark;
      const position = of(by);
      position.first ??= { key, line };
      if (approves) position.approves++;
      else position.remarks++;
      if (isOpen(remark)) position.open++;
      if (next?.outcome === 'changed') position.changed++;
    }
    for (const { token, value } of given) {
      const { tags } = of(displayName(value) ?? value);
      tags.set(token, (tags.get(token) ?? 0) + 1);
    }
  }
  return [...found.values()].sort((one, other) => other.remarks + other.approves - one.remarks - one.approves);
}

/** `14 remarks: 9 taken up, 3 asked and not answered. Nothing asked for in 2 more. Reviewed-by on 3 patches.` */
export function positionWords({ remarks, changed, open, approves, tags }: Position): string {
  const came = [changed > 0 ? `${changed} taken up` : '', open > 0 ? `${open} asked and not answered` : ''];
  const told = came.filter((one) => one !== '').join(', ');
  return [
    ...(remarks > 0 ? [`${counted(remarks, 'remark')}${told === '' ? '' : `: ${told}`}.`] : []),
    ...(approves > 0 ? [`${counted(approves, 'patch', 'patches')} found good, with nothing asked for.`] : []),
    ...[...tags].map(([token, count]) => `${token} on ${counted(count, 'patch', 'patches')}.`),
  ].join(' ');
}

function counted(count: number, one: string, several = `${one}s`): string {
  return `${count} ${count === 1 ? one : several}`;
}
