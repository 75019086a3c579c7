import type { Found } from './row.ts';
import type { MailWords } from './words.ts';

/** The words [from, to) of a mail that said them itself. */
export interface Said {
  key: string;
  from: number;
  to: number;
  altered: boolean;
}

export type Traced = Said | { candidates: readonly { key: string; row: number }[] } | undefined;

/** Where words of a mail were said: where it quotes them itself, its own quote is followed. */
export function followed(
  mail: MailWords,
  key: string,
  places: readonly Traced[],
  { from, to, altered }: Found,
): Traced {
  const end = Math.min(to, mail.count);
  if (mail.depth(mail.rowOf(from)) === 0) return { key, from, to: end, altered };
  const first = places[mail.rowOf(from)];
  const last = places[mail.rowOf(end - 1)];
  if (!first || 'candidates' in first) return first;
  const start = into(mail, first, from);
  const stop = last && 'key' in last && last.key === first.key ? into(mail, last, end - 1) : start;
  const changed = altered || first.altered || (last !== undefined && 'key' in last && last.altered);
  return { key: first.key, from: start, to: Math.max(start, stop) + 1, altered: changed };
}

/** Where a word stands that is quoted in a traced row. */
function into(mail: MailWords, place: Said, at: number): number {
  return place.from + Math.min(at - mail.first(mail.rowOf(at)), place.to - place.from - 1);
}

export function withoutRepeats(candidates: readonly { key: string; row: number }[]): { key: string; row: number }[] {
  const seen = new Set<string>();
  return candidates.filter(({ key, row }) => {
    const name = `${row} ${key}`;
    if (seen.has(name)) return false;
    seen.add(name);
    return true;
  });
}
