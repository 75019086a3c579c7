import type { Rewriting } from './rewriting.ts';

/** One line as it was sent: its quote marks, and what stands behind them. */
interface SentLine {
  start: number;
  /** Behind the last quote mark. */
  content: number;
  end: number;
  depth: number;
}

/**
 * Joins the lines of format=flowed (RFC 3676): a line that ends in a space goes on in the next one of the same depth. Quote marks are counted
 * first, so lines of different depth are never joined; a space that was put before a line is taken back where no quote mark stands. `delSp` says
 * that the space at the end was put there too. Returns whether anything changed. Marks with spaces between them count as marks: to the standard they are text,
 * but mailers that write them mean a quote.
 *
 * A patch is not prose. Inside a hunk a line goes on only in one that could be no line of the hunk: mailers wrap long lines of a patch, and they also send
 * patches as they are, with spaces at the ends of lines.
 */
export function unflow(text: string, delSp: boolean, into: Rewriting): boolean {
  const lines = sentLines(text);
  const goesOn = softBreaks(text, lines);
  const stuffed = isStuffed(text, lines);
  let changed = false;
  for (const [index, line] of lines.entries()) {
    const joins = goesOn[index - 1] === true;
    const soft = goesOn[index] === true;
    const space = text.charAt(line.content) === ' ' && line.content < line.end;
    const isUnstuffed = space && (joins ? line.depth > 0 || stuffed : line.depth === 0 && stuffed);
    const start = joins ? line.content : line.start;
    const from = isUnstuffed ? (joins ? line.content + 1 : line.start + 1) : start;
    const to = soft && delSp ? line.end - 1 : line.end;
    const behind = soft || index === lines.length - 1 ? to : line.end + 1;
    if (behind > from) into.keep(from, behind);
    changed ||= from > line.start || soft;
  }
  return changed;
}

function sentLines(text: string): SentLine[] {
  const lines: SentLine[] = [];
  for (let start = 0; start <= text.length; ) {
    const lf = text.indexOf('\n', start);
    const end = lf === -1 ? text.length : lf;
    let [content, depth] = [start, 0];
    for (let at = start; at < end; at++) {
      if (text.charAt(at) !== '>') {
        if (depth > 0 && text.charAt(at) === ' ' && text.charAt(at + 1) === '>') continue;
        break;
      }
      depth++;
      content = at + 1;
    }
    lines.push({ start, content, end, depth });
    start = end + 1;
  }
  return lines;
}

/** For each line, whether it goes on in the next one. */
function softBreaks(text: string, lines: readonly SentLine[]): boolean[] {
  const goesOn: boolean[] = [];
  const hunk = new OpenHunk();
  for (const [index, line] of lines.entries()) {
    const next = lines[index + 1];
    if (goesOn[index - 1] !== true) hunk.take(saidIn(text, line), line.depth);
    goesOn.push(
      next !== undefined &&
        isFlowed(text, line) &&
        next.depth === line.depth &&
        !isSeparator(text, next) &&
        !(hunk.isOpen(line.depth) && isHunkLine(saidIn(text, next))),
    );
  }
  return goesOn;
}

/** What a line says: of a quoted one without the space behind its marks. */
function saidIn(text: string, { content, end, depth }: SentLine): string {
  const from = depth > 0 && text.charAt(content) === ' ' && content < end ? content + 1 : content;
  return text.slice(from, end);
}

/** Ends in a space and holds more than spaces; `-- ` is the separator of a signature, quoted or not, and stands alone. */
function isFlowed(text: string, line: SentLine): boolean {
  return (
    line.end > line.content && text.charAt(line.end - 1) === ' ' && !isSeparator(text, line) && !isBlank(text, line)
  );
}

function isBlank(text: string, { content, end }: SentLine): boolean {
  for (let at = content; at < end; at++) if (text.charAt(at) !== ' ') return false;
  return true;
}

function isSeparator(text: string, { content, end }: SentLine): boolean {
  const said = text.slice(content, Math.min(end, content + 5));
  return said === '-- ' || said === ' -- ';
}

function isHunkLine(said: string): boolean {
  return said === '' || ' +-\\'.includes(said.charAt(0));
}

/** The hunk of a patch that a line may stand in, by the numbers in its header. */
class OpenHunk {
  #depth = 0;
  #before = 0;
  #after = 0;

  isOpen(depth: number): boolean {
    return depth === this.#depth && (this.#before > 0 || this.#after > 0);
  }

  take(said: string, depth: number): void {
    const header = /^@@ -\d{1,9}(?:,(\d{1,9}))? \+\d{1,9}(?:,(\d{1,9}))? @@/.exec(said);
    if (header) {
      this.#depth = depth;
      this.#before = Number(header[1] ?? 1);
      this.#after = Number(header[2] ?? 1);
      return;
    }
    if (!this.isOpen(depth) || !isHunkLine(said)) {
      this.#before = 0;
      this.#after = 0;
      return;
    }
    const sign = said.charAt(0);
    if (sign !== '+' && sign !== '\\') this.#before--;
    if (sign !== '-' && sign !== '\\') this.#after--;
  }
}

/**
 * Whether a space was put before the lines that begin with one, as the standard wants. A patch tells where it was not: its context lines begin with one
 * space and something else, and none with two.
 */
function isStuffed(text: string, lines: readonly SentLine[]): boolean {
  const hunk = new OpenHunk();
  let [single, double] = [0, 0];
  for (const line of lines) {
    if (line.depth === 0 && hunk.isOpen(0)) {
      const said = text.slice(line.content, Math.min(line.end, line.content + 3));
      if (/^ [^ ]/.test(said)) single++;
      else if (/^ {2}[^ ]/.test(said)) double++;
    }
    hunk.take(saidIn(text, line), line.depth);
  }
  return single === 0 || double > 0;
}
