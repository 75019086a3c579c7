import { align } from './alignment.ts';
import { difference } from './difference.ts';
import { followed, type Said, type Traced, withoutRepeats } from './followed.ts';
import { quotedRows, quotedStream } from './quoted-rows.ts';
import type { Found } from './row.ts';
import { Source } from './source.ts';
import { type JoinedStream, joinedStream, sourceStream } from './stream.ts';
import type { MailWords } from './words.ts';

/** A mail whose quotes are traced. Rows count from 0: row `i` is line `i + 1` of its body. */
export interface QuotingMail {
  key: string;
  /** The key of the mail that it answers, where that one is there. */
  parent?: string;
  /** In milliseconds since 1970. */
  sent?: number;
  /** Another mail of the thread is the same one: what this one says was said there. */
  copy?: true;
  words: MailWords;
}

/** The rows [row, lastRow] of a mail, where the words of a quoted row were said. */
export interface Origin {
  key: string;
  row: number;
  lastRow: number;
  /** The words as they were said and as they are quoted, where these differ in more than white space, marks and charset. */
  altered?: { was: string; now: string };
}

/**
 * What is known about a row. `own`: its author says it here. `traced`: it was said there. `ambiguous`: in one of several places, and nothing decides.
 * `unknown`: nobody whose mail is at hand said it. Rows without words are `blank`.
 */
export type RowTrace =
  | { state: 'own' | 'blank' | 'unknown' }
  | { state: 'traced'; origin: Origin }
  | { state: 'ambiguous'; candidates: readonly { key: string; row: number }[] };

/** A mail that answers an answer to an answer: so many of those are looked at for what the one it answers does not have. */
const MOST_ANCESTORS = 16;

/** Clocks of senders differ: a mail that was sent so much later (ms) than another one was not quoted by it. */
const SKEW = 24 * 60 * 60 * 1000;

/** What the mails of one thread said themselves. */
interface Joined {
  stream: JoinedStream;
  source: Source;
  keys: readonly string[];
}

/**
 * Where the quoted lines of a thread were said first. A mail is traced when it is asked about, and with it those that it answers: a quote in a quote is
 * first found in the mail that was answered, and from there it is followed to where it was said. What the thread does not have is looked for in the
 * other threads, which hold other versions of the same series.
 */
export class Provenance {
  readonly #threads: readonly (readonly string[])[];
  readonly #mailOf: (key: string) => QuotingMail | undefined;
  readonly #sources = new Map<string, Source>();
  readonly #traced = new Map<string, readonly Traced[]>();
  readonly #joined = new Map<readonly string[], Joined>();
  #threadOf: ReadonlyMap<string, readonly string[]> | undefined;
  #quotedBy: ReadonlyMap<string, readonly Quoting[]> | undefined;

  /** `threads` are the keys of their mails. `mailOf` is asked again and again and should keep what it read. */
  constructor(threads: readonly (readonly string[])[], mailOf: (key: string) => QuotingMail | undefined) {
    this.#threads = threads;
    this.#mailOf = mailOf;
  }

  /** What is known about each row of a mail. */
  rows(key: string): readonly RowTrace[] {
    const words = this.#mailOf(key)?.words;
    if (!words) return [];
    const traced = this.#trace(key);
    return Array.from({ length: words.rows }, (_, row) => this.#answer(words, row, traced[row]));
  }

  /** What is known about one row. */
  row(key: string, row: number): RowTrace {
    const words = this.#mailOf(key)?.words;
    return words ? this.#answer(words, row, this.#trace(key)[row]) : { state: 'unknown' };
  }

  /** The rows that quote a row which a mail said itself, in the order of the mails. Traces all threads. */
  quotedBy(key: string, row: number): { key: string; row: number; depth: number }[] {
    this.#quotedBy ??= this.#quotings();
    const found = this.#quotedBy.get(key) ?? [];
    return found
      .filter(({ first, last }) => first <= row && row <= last)
      .map(({ key: quoting, row: at }) => ({
        key: quoting,
        row: at,
        depth: this.#mailOf(quoting)?.words.depth(at) ?? 0,
      }));
  }

  #quotings(): ReadonlyMap<string, readonly Quoting[]> {
    const found = new Map<string, Quoting[]>();
    for (const key of this.#threads.flat()) {
      if (this.#mailOf(key)?.copy) continue;
      for (const [row, traced] of this.#trace(key).entries()) {
        if (!traced || 'candidates' in traced) continue;
        const said = this.#mailOf(traced.key)?.words;
        if (!said) continue;
        const quoting = { key, row, first: said.rowOf(traced.from), last: said.rowOf(traced.to - 1) };
        const known = found.get(traced.key);
        if (known) known.push(quoting);
        else found.set(traced.key, [quoting]);
      }
    }
    return found;
  }

  #answer(words: MailWords, row: number, traced: Traced): RowTrace {
    if (words.first(row) === words.first(row + 1)) return { state: 'blank' };
    if (words.depth(row) === 0) return { state: 'own' };
    if (!traced) return { state: 'unknown' };
    if ('candidates' in traced) return { state: 'ambiguous', candidates: traced.candidates };
    const said = this.#mailOf(traced.key)?.words;
    if (!said) return { state: 'unknown' };
    const origin = { key: traced.key, row: said.rowOf(traced.from), lastRow: said.rowOf(traced.to - 1) };
    const altered = traced.altered ? difference(said, traced, words, row) : undefined;
    return { state: 'traced', origin: altered ? { ...origin, altered } : origin };
  }

  /** Mails are traced from the oldest to the one that is asked about, not one within the other: a thread may be very deep. */
  #trace(key: string): readonly Traced[] {
    const waiting: string[] = [];
    const seen = new Set<string>();
    for (let next: string | undefined = key; next !== undefined && !seen.has(next) && !this.#traced.has(next); ) {
      seen.add(next);
      waiting.push(next);
      next = this.#mailOf(next)?.parent;
    }
    for (const next of waiting.reverse()) this.#traced.set(next, this.#traceOne(next));
    return this.#traced.get(key) ?? [];
  }

  #traceOne(key: string): readonly Traced[] {
    const mail = this.#mailOf(key);
    if (!mail) return [];
    const { words } = mail;
    const traced = new Array<Traced>(words.rows);
    let open = quotedRows(words);
    for (const [distance, ancestor] of this.#ancestors(mail).entries()) {
      if (open.length === 0) return traced;
      open =
        distance === 0 ? this.#inParent(words, open, ancestor, traced) : this.#inOther(words, open, ancestor, traced);
    }
    const thread = this.#threadsByKey().get(key) ?? [];
    if (open.length > 0) open = this.#inJoined(words, open, this.#join(thread), key, traced);
    if (open.length > 0 && this.#threads.length > 1) this.#inOtherThreads(mail, open, thread, traced);
    return traced;
  }

  #threadsByKey(): ReadonlyMap<string, readonly string[]> {
    this.#threadOf ??= new Map(this.#threads.flatMap((thread) => thread.map((key) => [key, thread] as const)));
    return this.#threadOf;
  }

  #ancestors(mail: QuotingMail): string[] {
    const found: string[] = [];
    for (
      let next = mail.parent;
      next !== undefined && found.length < MOST_ANCESTORS;
      next = this.#mailOf(next)?.parent
    ) {
      if (found.includes(next) || next === mail.key) break;
      found.push(next);
    }
    return found;
  }

  /** The mail that is answered: what it said stands there one mark less deep, and so does what it quoted. Gives the rows that are still open. */
  #inParent(words: MailWords, rows: readonly number[], key: string, traced: Traced[]): number[] {
    const parent = this.#mailOf(key)?.words;
    if (!parent) return [...rows];
    const places = this.#traced.get(key) ?? [];
    const source = this.#sourceOf(key, parent);
    const found = align(...quotedStream(words, rows, (row) => words.depth(row) - 1), source);
    return rows.filter((row) => {
      const one = found.get(row);
      if (one === undefined) return true;
      const all = ('candidates' in one ? one.candidates : [one.found]).map((place) =>
        followed(parent, key, places, place),
      );
      traced[row] = this.#oneOf(all);
      return traced[row] === undefined;
    });
  }

  /** One place, or several to choose from. */
  #oneOf(all: readonly Traced[]): Traced {
    const [only, other] = all;
    if (!other) return only;
    const rows = all.flatMap((one) => {
      if (!one) return [];
      if ('candidates' in one) return one.candidates;
      const words = this.#mailOf(one.key)?.words;
      return words ? [{ key: one.key, row: words.rowOf(one.from) }] : [];
    });
    return rows.length > 0 ? { candidates: withoutRepeats(rows) } : undefined;
  }

  /** An older mail, for what the answered one does not have: only what it said itself counts, whatever the number of marks. */
  #inOther(words: MailWords, rows: readonly number[], key: string, traced: Traced[]): number[] {
    const mail = this.#mailOf(key)?.words;
    if (!mail) return [...rows];
    const stream = joinedStream([mail]);
    return this.#inJoined(words, rows, { stream, source: new Source(stream), keys: [key] }, undefined, traced);
  }

  /** The other threads, each by itself: what several of them have was said in one of these, and nothing tells in which. */
  #inOtherThreads(mail: QuotingMail, rows: readonly number[], thread: readonly string[], traced: Traced[]): void {
    const found = new Map<number, Traced[]>();
    for (const other of this.#threads) {
      if (other === thread) continue;
      const there = new Array<Traced>(mail.words.rows);
      this.#inJoined(mail.words, rows, this.#join(other), mail.key, there);
      for (const row of rows) {
        const one = this.#saidBefore(mail, there[row]);
        if (one) found.set(row, [...(found.get(row) ?? []), one]);
      }
    }
    for (const [row, all] of found) traced[row] = this.#oneOf(all);
  }

  /** Without what was said later than the mail that seems to quote it. */
  #saidBefore({ sent }: QuotingMail, traced: Traced): Traced {
    const isEarlier = (key: string): boolean => (this.#mailOf(key)?.sent ?? 0) <= (sent ?? Infinity) + SKEW;
    if (!traced || !('candidates' in traced)) return traced && isEarlier(traced.key) ? traced : undefined;
    const candidates = traced.candidates.filter(({ key }) => isEarlier(key));
    return candidates.length > 0 ? { candidates } : undefined;
  }

  #join(thread: readonly string[]): Joined {
    const known = this.#joined.get(thread);
    if (known) return known;
    const mails = thread.flatMap((key) => {
      const mail = this.#mailOf(key);
      return mail && !mail.copy ? [{ key, words: mail.words }] : [];
    });
    const stream = joinedStream(mails.map(({ words }) => words));
    const joined = { stream, source: new Source(stream), keys: mails.map(({ key }) => key) };
    this.#joined.set(thread, joined);
    return joined;
  }

  #inJoined(
    words: MailWords,
    rows: readonly number[],
    { stream, source, keys }: Joined,
    except: string | undefined,
    traced: Traced[],
  ): number[] {
    const placed = ({ from, to, altered }: Found): Said => {
      const start = stream.origin(from);
      const end = stream.origin(Math.min(to, stream.count) - 1);
      const last = end.mail === start.mail ? end.word : start.word;
      return { key: keys[start.mail] ?? '', from: start.word, to: last + 1, altered };
    };
    const found = align(...quotedStream(words, rows, () => 0), source, 'passages');
    return rows.filter((row) => {
      const one = found.get(row);
      if (one === undefined) return true;
      const all = ('candidates' in one ? one.candidates : [one.found]).map(placed).filter(({ key }) => key !== except);
      traced[row] = this.#oneOf(all);
      return traced[row] === undefined;
    });
  }

  #sourceOf(key: string, words: MailWords): Source {
    const known = this.#sources.get(key) ?? new Source(sourceStream(words));
    this.#sources.set(key, known);
    return known;
  }
}

/** Words [first, last] of a mail that are quoted in one row of another. */
interface Quoting {
  key: string;
  row: number;
  first: number;
  last: number;
}
