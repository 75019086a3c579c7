import type { CodeLine } from '../code-lines.ts';
import type { Interdiff, InterdiffLine } from '../interdiff/index.ts';
import type { MessageKind } from '../kind.ts';
import type { RowTrace } from '../provenance/index.ts';
import { asks, type LedgerRow, onlyApproves, type Segment, segmentsOf, type Verdict, verdictOf } from './remarks.ts';

/** A mail of a thread as the ledger looks at it. */
export interface LedgerMail {
  key: string;
  kind: MessageKind;
  author?: string;
  /** The key of the mail that it answers. */
  parent?: string;
  rows: readonly LedgerRow[];
  /** Where its quoted rows were said. */
  traces: readonly RowTrace[];
  /** Which of its rows are lines of a diff. */
  code: ReadonlyMap<number, CodeLine>;
}

/** A row of a mail. */
export interface Place {
  key: string;
  row: number;
}

/** What a remark is about: a line of the patch's diff, a line of its message, or the patch as a whole. */
export interface About extends Place {
  code?: CodeLine;
  whole?: true;
}

export interface Answer extends Place {
  by?: string;
  text: string;
  verdict?: Verdict;
}

/**
 * What the next version did about a remark. `changed`: the lines it is about are other ones there. `answered`: they are not, but somebody answered. `silent`: neither.
 * `unclear`: the versions cannot be compared there.
 */
export type Outcome = 'changed' | 'answered' | 'silent' | 'unclear';

export interface Remark extends Place {
  lastRow: number;
  by?: string;
  text: string;
  about: About;
  answers: readonly Answer[];
  /** What the author of the patch says in words, and where. */
  resolved?: Answer & { verdict: Verdict };
  /** It asks, and nobody answered. */
  open?: true;
  /** It says that the patch is good; nothing was asked for. */
  approves?: true;
  /** Absent when there is no next version, and when nothing was asked for. */
  next?: { outcome: Outcome; evidence?: Place };
}

/** What was said about one patch. */
export interface PatchLedger {
  key: string;
  remarks: readonly Remark[];
}

/** The next version of a patch and what changed to it; absent members of the map have none. */
export interface NextVersion {
  key: string;
  interdiff: Interdiff;
  /** Of the newer mail. */
  rows: readonly Pick<LedgerRow, 'text'>[];
  /** The row of a line of the older mail that went, or of the newer mail that came, by its readable offset. */
  rowOf(side: '-' | '+', at: number): number | undefined;
}

/**
 * The remarks on the patches of a thread, each with its answers and what the next version did. Mails come in the order in which they were sent. A remark is what somebody else than
 * the author says below a quote of the patch, or in answer to it without a quote; what is said below a quote of a remark is an answer to it. Pauses
 * after each mail.
 */
export function* ledgerOf(
  mails: readonly LedgerMail[],
  next: ReadonlyMap<string, NextVersion>,
): Generator<void, PatchLedger[]> {
  const book = new Book(mails);
  for (const mail of mails) {
    book.enter(mail);
    yield;
  }
  const ledger: PatchLedger[] = [];
  for (const { key, kind } of mails) {
    if (kind !== 'patch' && kind !== 'cover') continue;
    ledger.push({ key, remarks: book.of(key).map((remark) => settled(remark, book, next.get(key))) });
    yield;
  }
  return ledger;
}

interface Draft {
  key: string;
  segment: Segment;
  by: string | undefined;
  about: About;
  answers: Answer[];
}

/** Remarks while they are gathered, found again by the rows in which they stand. */
class Book {
  readonly #mails: ReadonlyMap<string, LedgerMail>;
  /** By the key of the patch. */
  readonly #drafts = new Map<string, Draft[]>();
  /** Which remark the words in a row belong to, as the remark itself or as an answer to it: `row key`. */
  readonly #at = new Map<string, Draft>();

  constructor(mails: readonly LedgerMail[]) {
    this.#mails = new Map(mails.map((mail) => [mail.key, mail]));
  }

  /** What the author of a mail says in it. Mails are entered in the order in which they were sent. */
  enter(mail: LedgerMail): void {
    if (mail.kind === 'patch' || mail.kind === 'cover') return;
    for (const segment of segmentsOf(mail.rows)) this.#enter(mail, segment);
  }

  of(patch: string): readonly Draft[] {
    return this.#drafts.get(patch) ?? [];
  }

  mail(key: string): LedgerMail | undefined {
    return this.#mails.get(key);
  }

  #enter(mail: LedgerMail, segment: Segment): void {
    const origin = this.#origin(mail, segment);
    const answered = origin && this.#at.get(name(origin));
    if (answered) {
      const verdict = verdictOf(segment.text);
      answered.answers.push({
        key: mail.key,
        row: segment.first,
        text: segment.text,
        ...(mail.author === undefined ? {} : { by: mail.author }),
        ...(verdict === undefined ? {} : { verdict }),
      });
      this.#claim(mail.key, segment, answered);
      return;
    }
    const about = this.#about(mail, origin);
    if (!about || this.#mails.get(about.key)?.author === mail.author) return;
    const draft = { key: mail.key, segment, by: mail.author, about, answers: [] };
    this.#drafts.set(about.key, [...this.of(about.key), draft]);
    this.#claim(mail.key, segment, draft);
  }

  /** Where the last quoted row above a segment was said; without a quote the mail that is answered is meant. */
  #origin(mail: LedgerMail, { quoted }: Segment): Place | undefined {
    if (quoted === undefined) return mail.parent === undefined ? undefined : { key: mail.parent, row: -1 };
    // Some rows above the last one may tell when that one is not found: a closing bracket is everywhere.
    for (let row = quoted; row >= 0 && row > quoted - 6 && (mail.rows[row]?.depth ?? 0) > 0; row--) {
      const trace = mail.traces[row];
      if (trace?.state === 'traced') return { key: trace.origin.key, row: trace.origin.lastRow };
    }
    return undefined;
  }

  #about(mail: LedgerMail, origin: Place | undefined): About | undefined {
    const patch = origin && this.#mails.get(origin.key);
    if (patch && (patch.kind === 'patch' || patch.kind === 'cover')) {
      if (origin.row < 0) return { key: patch.key, row: 0, whole: true };
      const code = patch.code.get(origin.row);
      return { ...origin, ...(code ? { code } : {}) };
    }
    // Below a quote that nobody can place, in a direct answer to a patch: it is about the patch.
    const parent = mail.parent === undefined ? undefined : this.#mails.get(mail.parent);
    const answersPatch = parent && (parent.kind === 'patch' || parent.kind === 'cover');
    return answersPatch && !origin ? { key: parent.key, row: 0, whole: true } : undefined;
  }

  #claim(key: string, { first, last }: Segment, draft: Draft): void {
    for (let row = first; row <= last; row++) this.#at.set(name({ key, row }), draft);
    // An answer without a quote is about the last thing that its mail says.
    this.#at.set(name({ key, row: -1 }), draft);
  }
}

function name({ key, row }: Place): string {
  return `${row} ${key}`;
}

function settled(draft: Draft, book: Book, next: NextVersion | undefined): Remark {
  const { key, segment, by, about, answers } = draft;
  const author = book.mail(about.key)?.author;
  const resolved = answers.find(
    (answer): answer is Answer & { verdict: Verdict } => answer.by === author && answer.verdict !== undefined,
  );
  const approves = onlyApproves(segment.text);
  const outcome = next && !approves && outcomeOf(about, answers, next, book);
  return {
    key,
    row: segment.first,
    lastRow: segment.last,
    ...(by === undefined ? {} : { by }),
    text: segment.text,
    about,
    answers,
    ...(resolved ? { resolved } : {}),
    ...(asks(segment.text) && answers.length === 0 ? { open: true as const } : {}),
    ...(approves ? { approves: true as const } : {}),
    ...(outcome ? { next: outcome } : {}),
  };
}

/** So many rows above and below what is remarked on belong to it. */
const NEAR = 3;

function outcomeOf(
  about: About,
  answers: readonly Answer[],
  next: NextVersion,
  book: Book,
): NonNullable<Remark['next']> {
  const [answer] = answers;
  const unchanged: NonNullable<Remark['next']> = answer
    ? { outcome: 'answered', evidence: { key: answer.key, row: answer.row } }
    : { outcome: 'silent' };
  const { interdiff } = next;
  if (interdiff.state === 'unknown' || interdiff.state === 'dropped') return { outcome: 'unclear' };
  if (about.whole) return interdiff.state === 'changed' || interdiff.message ? { outcome: 'unclear' } : unchanged;
  const evidence = about.code ? changeNear(about, next) : messageChange(about, book, next);
  return evidence ? { outcome: 'changed', evidence } : unchanged;
}

/** Of a line of the message that went, the line that came in its place. */
function messageChange(about: About, book: Book, { key, interdiff, rows }: NextVersion): Place | undefined {
  const was = book.mail(about.key)?.rows[about.row]?.text.trim();
  const lines = interdiff.message ?? [];
  const gone = lines.findIndex(({ side, text }) => side === '-' && text.trim() === was);
  if (gone === -1) return undefined;
  const came = lines.slice(gone).find(({ side }) => side !== '-') ?? lines.findLast(({ side }) => side !== '-');
  const row = rows.findIndex(({ text }) => text.trim() === came?.text.trim());
  return row === -1 ? undefined : { key, row };
}

/** A line of the newer version that came where the remark points, or in whose place one went. */
function changeNear(about: About, { key, interdiff, rowOf }: NextVersion): Place | undefined {
  for (const { path, lines } of interdiff.hunks) {
    if (path !== about.code?.path) continue;
    for (const [index, { side, at }] of lines.entries()) {
      if (side === ' ' || !isNear(about.row, lines, index, rowOf)) continue;
      const came =
        side === '+'
          ? at
          : (lines.slice(index).find((line) => line.side !== '-') ?? lines.findLast((line) => line.side !== '-'))?.at;
      const row = came === undefined ? undefined : rowOf('+', came);
      if (row !== undefined) return { key, row };
    }
  }
  return undefined;
}

/** Whether a line that went stands near a row of the older mail, or one came next to a line that does. */
function isNear(wanted: number, lines: readonly InterdiffLine[], index: number, rowOf: NextVersion['rowOf']): boolean {
  const line = lines[index];
  const offsets = line?.side === '-' ? [line.at] : [lines[index - 1]?.was, lines[index + 1]?.was];
  return offsets.some((at) => {
    const row = at === undefined ? undefined : rowOf('-', at);
    return row !== undefined && Math.abs(row - wanted) <= NEAR;
  });
}
