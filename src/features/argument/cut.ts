import type { Argument, SourcePlace } from './argument.ts';

/** Lines of a mail that a quote leaves out, between two of its lines. */
export interface CutLines {
  /** How many there are, without empty ones. */
  lines: number;
  /** Where they stand in the mail that said them. */
  place: SourcePlace;
  by?: string;
}

/** What was left out above the line at an offset, or above the nearest quoted line below it in the same message: `at` is where that line begins. */
export function cutNear(argument: Argument, offset: number): (CutLines & { at: number }) | undefined {
  const from = argument.rowAt(offset);
  const rows = from?.page.body.lines ?? [];
  for (let row = from?.row ?? 0; from && row < rows.length; row++) {
    if (rows[row]?.depth === 0 || rows[row]?.kind === 'blank') continue;
    const at = argument.place(from.key, row)?.start;
    const cut = at === undefined ? undefined : cutAbove(argument, at);
    return cut && at !== undefined ? { ...cut, at } : undefined;
  }
  return undefined;
}

/**
 * What was left out between the quoted line at an offset and the line of the same mail that is quoted above it. Absent when nothing was, and where the
 * lines above are another mail's.
 */
export function cutAbove(argument: Argument, offset: number): CutLines | undefined {
  const at = argument.rowAt(offset);
  const traces = at && argument.traces.linesOf(at.key);
  const here = at && traces?.[at.row];
  if (!at || !traces || here?.state !== 'traced') return undefined;
  const { key, row } = here.origin;
  const above = traces.slice(0, at.row).findLast(({ state }) => state === 'traced' || state === 'ambiguous');
  if (above?.state !== 'traced' || above.origin.key !== key) return undefined;
  const page = argument.page(key);
  const rows = page?.body.lines.slice(above.origin.lastRow + 1, row) ?? [];
  const first = rows.findIndex(({ kind }) => kind !== 'blank');
  const last = rows.findLastIndex(({ kind }) => kind !== 'blank');
  const from = above.origin.lastRow + 1;
  const place = first === -1 ? undefined : argument.place(key, from + first, from + last);
  if (!place) return undefined;
  const by = page?.voices.author;
  return { lines: rows.filter(({ kind }) => kind !== 'blank').length, place, ...(by === undefined ? {} : { by }) };
}
