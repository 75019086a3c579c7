import {
  type BodyLines,
  mailWords,
  type Origin,
  Provenance,
  type QuotingMail,
  type RowTrace,
  Vocabulary,
} from '#reading';
import type { Page } from './reading.ts';

/** Mails among which quotes are traced, by their keys. `pageOf` may read a page again each time it is asked. */
export interface TracedThread {
  keys: readonly string[];
  /** Threads that hold other versions of the same series, each by the keys of its mails. */
  others?: readonly (readonly string[])[];
  /** Whether another mail is the same one: it stands twice in the sources. */
  isCopy?(key: string): boolean;
  parentOf(key: string): string | undefined;
  pageOf(key: string): Page | undefined;
}

/** Where the quoted lines of a thread were said. Nothing is read before the first question. */
export class QuoteTraces {
  readonly #provenance: Provenance;
  readonly #mailOf: (key: string) => QuotingMail | undefined;

  constructor({ keys, others = [], isCopy, parentOf, pageOf }: TracedThread) {
    const vocabulary = new Vocabulary();
    const mails = new Map<string, QuotingMail>();
    this.#mailOf = (key) => {
      const known = mails.get(key);
      if (known) return known;
      const page = pageOf(key);
      if (!page) return undefined;
      const mail = {
        ...quotingMail(key, parentOf(key), page, vocabulary),
        ...(isCopy?.(key) ? { copy: true as const } : {}),
      };
      mails.set(key, mail);
      return mail;
    };
    this.#provenance = new Provenance([keys, ...others], this.#mailOf);
  }

  /** Reads the words of a mail ahead of the first question: who reads one after the other can pause between them. */
  read(key: string): void {
    this.#mailOf(key);
  }

  /** What is known about each line of a mail's body, in order. */
  linesOf(key: string): readonly RowTrace[] {
    return this.#provenance.rows(key);
  }

  /** What is known about line `line` of a mail's body, from 1. */
  line(key: string, line: number): RowTrace {
    return this.#provenance.row(key, line - 1);
  }

  /** The lines, from 1, that quote a line which a mail said itself. */
  quotedBy(key: string, line: number): { key: string; line: number; depth: number }[] {
    return this.#provenance.quotedBy(key, line - 1).map(({ row, ...rest }) => ({ ...rest, line: row + 1 }));
  }
}

function quotingMail(key: string, parent: string | undefined, page: Page, vocabulary: Vocabulary): QuotingMail {
  const { body } = page;
  const words = mailWords(body, page.message.text, vocabulary, tailsOf(page, body));
  const sent = Date.parse(page.fields.get('date')?.[0] ?? '');
  return {
    key,
    ...(parent === undefined ? {} : { parent }),
    ...(Number.isNaN(sent) ? {} : { sent }),
    words,
  };
}

/** Ends of quoted lines that lost their mark belong to the quote above them. */
function tailsOf(page: Page, body: BodyLines): ReadonlyMap<number, number> {
  const tails = new Map<number, number>();
  for (const [paragraph, quote] of page.voices.tails) {
    const line = body.point(paragraph.position.start.offset)?.line;
    if (line !== undefined) tails.set(line - 1, quote.depth);
  }
  return tails;
}

/** A traced place as an answer gives it: lines from 1. */
export interface OriginAnswer {
  key: string;
  line: number;
  lastLine?: number;
}

export function originAnswer({ key, row, lastRow }: Origin): OriginAnswer {
  return { key, line: row + 1, ...(lastRow === row ? {} : { lastLine: lastRow + 1 }) };
}

/** Where a quoted line was said, and where else. Lines are of the bodies of mails, from 1. */
export interface TraceAnswer {
  /** Whether it is known where the line was said; a line that quotes nothing is said where it stands. */
  found: boolean;
  /** Who said it. Of a line whose origin is not known, whom the mail that quotes it names. */
  speaker?: string;
  origin?: OriginAnswer & { altered?: Alteration };
  /** All lines that quote it, in the order of the mails. */
  quotedBy: { key: string; line: number; depth: number }[];
  /** Where it may have been said, when nothing decides. */
  candidates: { key: string; line: number }[];
}

/** The words as they were said and as they are quoted. */
export interface Alteration {
  was: string;
  now: string;
}

/** What is known about line `line`, from 1, of a mail of the thread. */
export function traceAnswer(thread: TracedThread, traces: QuoteTraces, key: string, line: number): TraceAnswer {
  const trace = traces.line(key, line);
  const answer: TraceAnswer = { found: false, quotedBy: [], candidates: [] };
  if (trace.state === 'blank') return answer;
  const origin = originOf(trace, key, line);
  const speaker = origin ? thread.pageOf(origin.key)?.voices.author : claimedSpeaker(thread.pageOf(key), line);
  if (speaker !== undefined) answer.speaker = speaker;
  if (trace.state === 'ambiguous')
    answer.candidates = trace.candidates.map(({ row, ...rest }) => ({ ...rest, line: row + 1 }));
  if (!origin) return answer;
  answer.found = true;
  answer.origin = { ...originAnswer(origin), ...(origin.altered ? { altered: origin.altered } : {}) };
  answer.quotedBy = traces.quotedBy(origin.key, origin.row + 1);
  return answer;
}

function originOf(trace: RowTrace, key: string, line: number): Origin | undefined {
  if (trace.state === 'own') return { key, row: line - 1, lastRow: line - 1 };
  return trace.state === 'traced' ? trace.origin : undefined;
}

function claimedSpeaker(page: Page | undefined, line: number): string | undefined {
  const start = page?.body.lines[line - 1]?.own;
  return start === undefined ? undefined : page?.speakerAt(start);
}

/** The line and column of the body, from 1, of a place in the source; absent in headers and in what is no text. */
export function pointInBody(page: Page, offset: number): { line: number; column: number } | undefined {
  const readable = page.message.way.toReadable(offset);
  return readable === undefined ? undefined : page.body.point(readable);
}
