import type { Where } from '#annotations';
import { ThreadTraces, threadsAnswer } from '../answers/index.ts';
import { QuoteTraces } from '../provenance.ts';
import type { NotedMail } from './candidate.ts';
import type { NotedFile } from './noted-file.ts';

/** A quote of a note's line in another mail: to be shown faintly. */
export interface Echo extends Pick<Where, 'key' | 'start' | 'end'> {
  /** Quote marks before it; 0 where it was said. */
  depth: number;
}

/** A thread with the traces of its quotes, as they are known. */
export interface QuotedThread {
  /** Of its mails, in the order of the thread. */
  keys: readonly string[];
  traces: Pick<QuoteTraces, 'line' | 'quotedBy'>;
}

/** The thread of each mail. Threads are read when one of their mails is asked for. */
export function threadsOfFiles(files: readonly (NotedFile | undefined)[]): (key: string) => QuotedThread {
  const readings = files.map((file) => file?.reading);
  const threads = new ThreadTraces(threadsAnswer(readings), readings);
  const known = new Map<readonly string[], QuotedThread>();
  return (key) => {
    const thread = threads.thread(key);
    const found = known.get(thread.keys) ?? { keys: thread.keys, traces: new QuoteTraces(thread) };
    known.set(thread.keys, found);
    return found;
  };
}

/** Where the lines that notes are on were said and are quoted. */
export class Echoes {
  readonly #mails: ReadonlyMap<string, NotedMail>;
  readonly #threadOf: (key: string) => QuotedThread | undefined;

  constructor(mails: ReadonlyMap<string, NotedMail>, threadOf: (key: string) => QuotedThread | undefined) {
    this.#mails = mails;
    this.#threadOf = threadOf;
  }

  /** The quotes of the lines at a place, and where they were said; not the place itself. In the order of the thread. */
  of({ key, start, end }: Pick<Where, 'key' | 'start' | 'end'>): Echo[] {
    const body = this.#mails.get(key)?.body;
    const thread = this.#threadOf(key);
    if (!body || !thread) return [];
    const { keys, traces } = thread;
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
    return keys.flatMap((other) => this.#echoesIn(other, rows.get(other), words));
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
