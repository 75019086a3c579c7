import type { Place } from '../plain.ts';
import { messageAt, type Reading } from '../reading.ts';
import { type Argument, rowAt, type SourcePlace } from './argument.ts';

/** A line of a mail, in the source or in a companion of it. */
export interface SaidLine {
  place: SourcePlace;
  /** Who wrote the mail it stands in. */
  by?: string;
}

/** A line of a mail and where it was said: one place, or several when nothing decides between them. */
export interface QuotedLine {
  place: Place;
  origins: readonly SaidLine[];
}

/** Whether a line is a quote at all: that is known without its thread. */
export function isQuoted(reading: Reading, offset: number): boolean {
  const message = messageAt(reading, offset);
  const at = message === undefined ? undefined : rowAt(reading, message, offset);
  return (at?.page.body.lines[at.row]?.depth ?? 0) > 0;
}

/** The quoted line at an offset, where it is known, or nearly known, who said it; absent for what quotes nothing. */
export function quotedLineAt(argument: Argument, offset: number): QuotedLine | undefined {
  const at = argument.rowAt(offset);
  const place = at && argument.place(at.key, at.row);
  if (!at || !place) return undefined;
  const trace = argument.traces.line(at.key, at.row + 1);
  if (trace.state === 'traced') {
    const { key, row, lastRow } = trace.origin;
    return { place, origins: saidLine(argument, key, row, lastRow) };
  }
  if (trace.state !== 'ambiguous') return undefined;
  return { place, origins: trace.candidates.flatMap(({ key, row }) => saidLine(argument, key, row)) };
}

/** The line at an offset where it was said first, then all lines that quote it. Empty when nobody quotes it, and when it is not known where it was said. */
export function quotesOf(argument: Argument, offset: number): SaidLine[] {
  const at = argument.rowAt(offset);
  if (!at) return [];
  const trace = argument.traces.line(at.key, at.row + 1);
  if (trace.state !== 'own' && trace.state !== 'traced') return [];
  const { key, row } = trace.state === 'traced' ? trace.origin : at;
  const quotes = argument.traces.quotedBy(key, row + 1);
  if (quotes.length === 0) return [];
  return [...saidLine(argument, key, row), ...quotes.flatMap((quote) => saidLine(argument, quote.key, quote.line - 1))];
}

export function saidLine(argument: Argument, key: string, row: number, lastRow = row): SaidLine[] {
  const place = argument.place(key, row, lastRow);
  const by = argument.page(key)?.voices.author;
  return place ? [{ place, ...(by === undefined ? {} : { by }) }] : [];
}
