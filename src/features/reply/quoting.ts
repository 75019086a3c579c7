import type { BodyLine } from '#reading';
import type { Page } from '../reading.ts';

/** Lines of a body, from 1, both included. */
export interface LineRange {
  first: number;
  last: number;
}

/** A note of the reader that goes under the line that it is on, from 1. */
export interface NoteUnder {
  line: number;
  /** As the reader wrote it. */
  text: string;
}

/** Where a line that was sent as several is broken again; the columns of the answer, without the new mark. */
const COLUMNS = 72;
/** What an editor or a mail program would take for the end of a line, and what moves a cursor: behind it stood words that nobody seems to quote. */
const CONTROLS = /(?!\t)[\p{Cc}\p{Zl}\p{Zp}]/gu;

/**
 * The lines of an answer: those of a mail with `> ` before them, deeper quotes with one mark more, and notes under their lines, unquoted. Only
 * whole lines are quoted. Without a range it is all of the mail but its signature.
 */
export function quotedLines(page: Page, range: LineRange | undefined, notes: readonly NoteUnder[] = []): string[] {
  const { lines } = page.body;
  const [first, last] = withoutBlank(page, range ? rowsOf(range) : [0, withoutSignature(lines)]);
  const under = new Map<number, string[]>();
  for (const { line, text } of notes) under.set(line - 1, [...(under.get(line - 1) ?? []), text]);
  const wasJoined = joinedTest(page);
  const quoted: string[] = [];
  for (let row = first; row < last; row++) {
    const line = lines[row];
    if (!line) continue;
    quoted.push(...quotedLine(page, line, wasJoined(line)));
    for (const note of under.get(row) ?? []) quoted.push('', ...noteLines(note), '');
  }
  return quoted;
}

/** First row, and the one behind the last. */
type Rows = [first: number, end: number];

function rowsOf({ first, last }: LineRange): Rows {
  return [first - 1, last];
}

/** The signature at the end of a mail and what stands below it, such as the footer of a list. */
function withoutSignature(lines: readonly BodyLine[]): number {
  const at = lines.findLastIndex(({ kind, depth }) => kind === 'signature' && depth === 0);
  if (at === -1) return lines.length;
  let first = at;
  while (lines[first - 1]?.kind === 'signature') first--;
  return lines.slice(at + 1).every(({ kind }) => kind === 'blank') ? first : lines.length;
}

function withoutBlank(page: Page, [from, to]: Rows): Rows {
  const { lines } = page.body;
  const isBlank = (row: number): boolean => lines[row]?.kind === 'blank';
  let [first, end] = [Math.max(from, 0), Math.min(to, lines.length)];
  while (first < end && isBlank(first)) first++;
  while (end > first && isBlank(end - 1)) end--;
  return [first, end];
}

/** Whether a line was sent as several (format=flowed). Lines are asked in order. */
function joinedTest({ message }: Page): (line: BodyLine) => boolean {
  const { sent } = message.readable;
  let next = 0;
  return ({ start, end }) => {
    while ((sent[next]?.end ?? Number.POSITIVE_INFINITY) < end) next++;
    return start >= (sent[next]?.start ?? Number.POSITIVE_INFINITY);
  };
}

function quotedLine({ message }: Page, line: BodyLine, wasJoined: boolean): string[] {
  const text = message.text.slice(line.start, line.end).replace(CONTROLS, ' ').trimEnd();
  const marks = message.text.slice(line.start, line.own).trimEnd();
  const own = message.text.slice(line.own, line.end).replace(CONTROLS, ' ').trimEnd();
  if (!wasJoined || text.length <= COLUMNS + 8) return [marked(text)];
  return wrapped(own, COLUMNS - marks.length).map((piece) => marked(marks === '' ? piece : `${marks} ${piece}`));
}

/** `> ` before words, `>` before a quote and before nothing. */
function marked(text: string): string {
  return text === '' || text.startsWith('>') ? `>${text}` : `> ${text}`;
}

/** A note is Markdown, which is plain text that others may read as it is; its long lines are wrapped, its code is not. */
function noteLines(text: string): string[] {
  let inFence = false;
  return text
    .trim()
    .split(/\r\n?|\n/)
    .flatMap((written) => {
      const line = written.replace(CONTROLS, ' ').trimEnd();
      const isFence = /^ {0,3}(?:```|~~~)/.test(line);
      if (isFence) inFence = !inFence;
      return inFence || isFence || /^(?: {4}|\t)/.test(line) ? [line] : wrapped(line, COLUMNS);
    });
}

/** Breaks a line at its spaces; a longer word has a line of its own. */
function wrapped(text: string, columns: number): string[] {
  const most = Math.max(columns, 20);
  const lines: string[] = [];
  let rest = text;
  while (rest.length > most) {
    const within = rest.lastIndexOf(' ', most);
    const at = within > 0 ? within : rest.indexOf(' ', most);
    if (at <= 0) break;
    lines.push(rest.slice(0, at).trimEnd());
    rest = rest.slice(at + 1).trimStart();
  }
  return [...lines, rest];
}
