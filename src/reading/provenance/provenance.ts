import { align } from './alignment.ts';
import { difference } from './difference.ts';
import type { Found, QuotedRow } from './row.ts';
import { Source } from './source.ts';
import { type JoinedStream, joinedStream, rowsStream, sourceStream } from './stream.ts';
import type { MailWords } from './words.ts';

/** A mail whose quotes are traced. Rows count from 0: row `i` is line `i + 1` of its body. */
export interface QuotingMail {
  key: string;
  /** The key of the mail that it answers, where that one is there. */
  parent?: string;
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

/** The words [from, to) of a mail that said them itself. */
interface Said {
  key: string;
  from: number;
  to: number;
  altered: boolean;
}

type Traced = Said | { candidates: readonly { key: string; row: number }[] } | undefined;

/** A mail that answers an answer to an answer: so many of those are looked at for what the one it answers does not have. */
const MOST_ANCESTORS = 16;

/**
 * Where the quoted lines of a thread were said first. A mail is traced when it is asked about, and with it those that it answers: a quote in a quote is
 * first found in the mail that was answered, and from there it is followed to where it was said.
 */
export class Provenance {
  readonly #keys: readonly string[];
  readonly #mailOf: (key: string) => QuotingMail | undefined;
  readonly #sources = new Map<string, Source>();
  readonly #traced = new Map<string, readonly Traced[]>();
  #joined: { stream: JoinedStream; source: Source; keys: readonly string[] } | undefined;
  #quotedBy: ReadonlyMap<string, readonly Quoting[]> | undefined;

  /** `mailOf` is asked again and again and should keep what it read. */
  constructor(keys: readonly string[], mailOf: (key: string) => QuotingMail | undefined) {
    this.#keys = keys;
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

  /** The rows that quote a row which a mail said itself, in the order of the mails. Traces the whole thread. */
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
    for (const key of this.#keys) {
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
    if (open.length > 0) this.#inThread(key, words, open, traced);
    return traced;
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

  #inThread(key: string, words: MailWords, rows: readonly number[], traced: Traced[]): void {
    this.#joined ??= this.#joinAll();
    this.#inJoined(words, rows, this.#joined, key, traced);
  }

  #joinAll(): { stream: JoinedStream; source: Source; keys: readonly string[] } {
    const keys: string[] = [];
    const mails: MailWords[] = [];
    for (const key of this.#keys) {
      const mail = this.#mailOf(key);
      if (!mail) continue;
      keys.push(key);
      mails.push(mail.words);
    }
    const stream = joinedStream(mails);
    return { stream, source: new Source(stream), keys };
  }

  #inJoined(
    words: MailWords,
    rows: readonly number[],
    { stream, source, keys }: { stream: JoinedStream; source: Source; keys: readonly string[] },
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

function quotedRows(words: MailWords): number[] {
  const rows: number[] = [];
  for (let row = 0; row < words.rows; row++) {
    if (words.depth(row) > 0 && words.first(row) < words.first(row + 1)) rows.push(row);
  }
  return rows;
}

function quotedStream(
  words: MailWords,
  rows: readonly number[],
  depthOf: (row: number) => number,
): [ReturnType<typeof rowsStream>, QuotedRow[]] {
  let from = 0;
  const quoted = rows.map((row) => {
    const to = from + words.first(row + 1) - words.first(row);
    const one = { row, from, to };
    from = to;
    return one;
  });
  return [rowsStream(words, rows, depthOf), quoted];
}

/** Where words of a mail were said: where it quotes them itself, its own quote is followed. */
function followed(mail: MailWords, key: string, places: readonly Traced[], { from, to, altered }: Found): Traced {
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

function withoutRepeats(candidates: readonly { key: string; row: number }[]): { key: string; row: number }[] {
  const seen = new Set<string>();
  return candidates.filter(({ key, row }) => {
    const name = `${row} ${key}`;
    if (seen.has(name)) return false;
    seen.add(name);
    return true;
  });
}
