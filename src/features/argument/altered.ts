import { keyOf } from '../answers/threads.ts';
import type { Place } from '../plain.ts';
import type { Argument } from './argument.ts';
import { type SaidLine, saidLine } from './said.ts';

/** A quoted line whose words are not those that were said. */
export interface AlteredQuote {
  /** What stands there in place of what was said; the line where something is missing only. */
  place: Place;
  was: string;
  now: string;
  origin: SaidLine;
}

/** The altered quotes of one message of the thread. */
export function alteredQuotes(argument: Argument, message: number): AlteredQuote[] {
  const key = keyOf(0, message);
  const page = argument.page(key);
  if (!page) return [];
  return argument.traces.linesOf(key).flatMap((trace, row): AlteredQuote[] => {
    const line = page.body.lines[row];
    if (trace.state !== 'traced' || !trace.origin.altered || !line) return [];
    const { altered } = trace.origin;
    const [origin] = saidLine(argument, trace.origin.key, trace.origin.row, trace.origin.lastRow);
    const text = page.message.text.slice(line.own, line.end);
    const { start, end } = changed(altered.was, text);
    return origin ? [{ place: page.place({ start: line.own + start, end: line.own + end }), ...altered, origin }] : [];
  });
}

/** The words of `now` between the first and the last that differ from those of `was`; all of it where nothing is left between them. */
function changed(was: string, now: string): Place {
  const said = was.match(/\S+/g) ?? [];
  const quoted = [...now.matchAll(/\S+/g)];
  const most = Math.min(said.length, quoted.length);
  let before = 0;
  while (before < most && said[before] === quoted[before]?.[0]) before++;
  let after = 0;
  while (after < most - before && said.at(-1 - after) === quoted.at(-1 - after)?.[0]) after++;
  const first = quoted[before];
  const last = quoted[quoted.length - after - 1];
  const all = quoted[0]?.index ?? 0;
  if (!first || !last || first.index > last.index) return { start: all, end: now.trimEnd().length };
  return { start: first.index, end: last.index + last[0].length };
}
