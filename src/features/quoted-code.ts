import type { CodeLine, LineKind } from '#reading';
import type { QuoteTraces } from './provenance.ts';
import type { Page } from './reading.ts';

/** What a quoted line is by the mail that it was taken from. */
export interface WholeLine {
  kind: LineKind;
  /** Of a line of a hunk: file, function and numbers. */
  code?: CodeLine;
}

/**
 * A quote of a diff that was trimmed has neither head nor numbers, and a list in prose may look like one: what a quoted line is, the line says that it was
 * taken from. By row; only rows that were traced and not altered into something else.
 */
export function wholeLines(
  key: string,
  traces: QuoteTraces,
  pageOf: (key: string) => Page | undefined,
): ReadonlyMap<number, WholeLine> {
  const whole = new Map<number, WholeLine>();
  for (const [row, trace] of traces.linesOf(key).entries()) {
    if (trace.state !== 'traced') continue;
    const page = pageOf(trace.origin.key);
    const kind = page?.body.lines[trace.origin.row]?.kind;
    if (!page || kind === undefined || kind === 'blank') continue;
    const code = page.code.get(trace.origin.row);
    whole.set(row, { kind, ...(code ? { code } : {}) });
  }
  return whole;
}
