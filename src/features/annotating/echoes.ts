import type { Where } from '#annotations';
import { ThreadTraces, threadsAnswer } from '../answers/index.ts';
import { QuoteTraces, type TracedThread } from '../provenance.ts';
import type { NotedMail } from './candidate.ts';
import type { NotedFile } from './place.ts';

/** A quote of a note's line in another mail: to be shown faintly. */
export interface Echo extends Pick<Where, 'key' | 'start' | 'end'> {
  /** Quote marks before it; 0 where it was said. */
  depth: number;
}

/** Where the lines that notes are on were said and are quoted. Threads are read when one of their mails is asked for. */
export class Echoes {
  readonly #mails: ReadonlyMap<string, NotedMail>;
  readonly #threads: ThreadTraces;
  readonly #traces = new Map<readonly string[], { thread: TracedThread; traces: QuoteTraces }>();

  constructor(files: readonly (NotedFile | undefined)[], mails: ReadonlyMap<string, NotedMail>) {
    const readings = files.map((file) => file?.reading);
    this.#mails = mails;
    this.#threads = new ThreadTraces(threadsAnswer(readings), readings);
  }

  /** The quotes of the lines at a place, and where they were said; not the place itself. In the order of the thread. */
  of({ key, start, end }: Pick<Where, 'key' | 'start' | 'end'>): Echo[] {
    const body = this.#mails.get(key)?.body;
    if (!body) return [];
    const { thread, traces } = this.#threadOf(key);
    const words = body.text.slice(start, end).trim();
    const rows = new Map<string, Map<number, number>>();
    const add = (other: string, row: number, depth: number): void => {
      if (other === key) return;
      const known = rows.get(other) ?? new Map<number, number>();
      rows.set(other, known.set(row, depth));
    };
    for (let row = body.point(start).row; row <= body.point(end).row; row++) {
      const trace = traces.line(key, row + 1);
      if (trace.state !== 'own' && trace.state !== 'traced') continue;
      const said = trace.state === 'traced' ? trace.origin : { key, row, lastRow: row };
      for (let at = said.row; at <= said.lastRow; at++) {
        if (trace.state === 'traced') add(said.key, at, 0);
        for (const quote of traces.quotedBy(said.key, at + 1)) add(quote.key, quote.line - 1, quote.depth);
      }
    }
    return thread.keys.flatMap((other) => this.#echoesIn(other, rows.get(other), words));
  }

  #threadOf(key: string): { thread: TracedThread; traces: QuoteTraces } {
    const thread = this.#threads.thread(key);
    const known = this.#traces.get(thread.keys) ?? { thread, traces: new QuoteTraces(thread) };
    this.#traces.set(thread.keys, known);
    return known;
  }

  /** Rows that follow each other at one depth are one echo; of a line that has the note's words, those alone. */
  #echoesIn(key: string, rows: ReadonlyMap<number, number> | undefined, words: string): Echo[] {
    const body = this.#mails.get(key)?.body;
    if (!rows || !body) return [];
    const groups: { first: number; last: number; depth: number }[] = [];
    for (const [row, depth] of [...rows].sort(([a], [b]) => a - b)) {
      const open = groups.at(-1);
      if (open?.last === row - 1 && open.depth === depth) open.last = row;
      else groups.push({ first: row, last: row, depth });
    }
    return groups.map(({ first, last, depth }) => {
      const { start, end } = body.rows(first, last);
      const text = body.text.slice(start, end);
      const at = words === '' ? -1 : text.indexOf(words);
      if (at !== -1 && text.indexOf(words, at + 1) === -1)
        return { key, start: start + at, end: start + at + words.length, depth };
      return { key, start: start + (/^[> ]*/.exec(text)?.[0].length ?? 0), end, depth };
    });
  }
}
