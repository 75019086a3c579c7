import type { Hunk, HunkLine, Position } from '#mailast';
import type { Run } from '../construct.ts';

const HEADER = /^@@ -(\d{1,20})(?:,(\d{1,20}))? \+(\d{1,20})(?:,(\d{1,20}))? @@(?: (.*))?/;

/** No hunk has more lines; numbers up to so many behind the first must be exact. */
const MOST_NUMBERED = 1e9;

/**
 * One hunk. Its header says how many lines belong to it, so a footer `-- ` behind it is not taken for a removed line; a hunk in a trimmed quote
 * ends early and says so.
 *
 *     @@ -10,3 +10,4 @@ static void boil(struct kettle *k)
 *      	fill(k);
 *     +	heat(k);
 */
export function readHunk(run: Run, line: number): { node: Hunk; next: number } {
  return new HunkReading(run, line).read();
}

class HunkReading {
  #run: Run;
  #line: number;
  #lines: HunkLine[] = [];
  #before = 0;
  #after = 0;
  #beforeLeft = 0;
  #afterLeft = 0;
  #lostSpace = false;
  #numbered = true;

  constructor(run: Run, line: number) {
    this.#run = run;
    this.#line = line;
  }

  read(): { node: Hunk; next: number } {
    const header = this.#run.heads.own(this.#line);
    const match = HEADER.exec(header.slice(0, 1000));
    const [beforeStart, beforeLines, afterStart, afterLines] = [1, 2, 3, 4].map((group) => Number(match?.[group] ?? 1));
    this.#before = beforeStart ?? 1;
    this.#after = afterStart ?? 1;
    this.#beforeLeft = beforeLines ?? 1;
    this.#afterLeft = afterLines ?? 1;
    this.#numbered = Number.isSafeInteger(this.#before + this.#after + MOST_NUMBERED);
    let next = this.#line + 1;
    while (next < this.#run.to && this.#take(next)) next++;
    const section = match?.[5]?.trim();
    const damaged = match ? this.#damage() : 'the hunk header cannot be read';
    return {
      node: {
        type: 'hunk',
        beforeStart: beforeStart ?? 1,
        beforeLines: beforeLines ?? 1,
        afterStart: afterStart ?? 1,
        afterLines: afterLines ?? 1,
        ...(section ? { section } : {}),
        ...(damaged ? { damaged } : {}),
        position: this.#run.placing.span(this.#line, next),
        children: this.#lines,
      },
      next,
    };
  }

  #damage(): string | undefined {
    if (!this.#numbered) return 'the line numbers of its header are too large';
    if (this.#lostSpace) return 'white space at the start of lines was lost';
    return this.#beforeLeft > 0 || this.#afterLeft > 0 ? 'the hunk ends before its header says' : undefined;
  }

  /** Takes a line if it belongs to the hunk. */
  #take(line: number): boolean {
    const { heads } = this.#run;
    const mark = heads.text.charAt(heads.start(line));
    const empty = heads.start(line) >= heads.end(line);
    if (mark === '\\' && !empty) return this.#add(line, 'note', 1);
    if (this.#beforeLeft === 0 && this.#afterLeft === 0) return false;
    if (empty) return this.#emptyLine(line);
    if (mark === '+' && this.#afterLeft > 0) return this.#add(line, 'added', 1);
    if (mark === '-' && this.#beforeLeft > 0 && !this.#isFooter(line)) return this.#add(line, 'removed', 1);
    if (mark === ' ') return this.#add(line, 'context', 1);
    if (this.#endsHunk(line) || this.#beforeLeft === 0 || this.#afterLeft === 0) return false;
    this.#lostSpace = true;
    return this.#add(line, 'context', 0);
  }

  /** An empty line is context whose one space was trimmed, unless the hunk was cut off here. */
  #emptyLine(line: number): boolean {
    const { heads, to } = this.#run;
    if (this.#beforeLeft === 0 || this.#afterLeft === 0) return false;
    const next = line + 1 < to ? heads.text.charAt(heads.start(line + 1)) : '';
    const goesOn = line + 1 < to && (' +-\\'.includes(next) || heads.blank(line + 1)) && !this.#isFooter(line + 1);
    return (goesOn || (this.#beforeLeft === 1 && this.#afterLeft === 1)) && this.#add(line, 'context', 0);
  }

  /** `-- ` with nothing behind it, or a few lines that are none of a hunk, is the footer that git puts under a patch. */
  #isFooter(line: number): boolean {
    const { heads, to } = this.#run;
    if (heads.own(line) !== '-- ' || to - line > 6) return false;
    return line + 1 >= to || heads.blank(line + 1) || !' +-\\@'.includes(heads.text.charAt(heads.start(line + 1)));
  }

  #endsHunk(line: number): boolean {
    return (
      /^(?:diff --|@@ |--- |Index: |-- $|\[|\.\.\.|<snip|\u2026)/.test(this.#run.heads.own(line).slice(0, 20)) ||
      this.#isProse(line)
    );
  }

  /** A trimmed quote goes on in prose: words and a full stop, with no sign of code. */
  #isProse(line: number): boolean {
    return /^[A-Z][a-z]+,? [a-z]+ [a-z]+/.test(this.#run.heads.own(line).slice(0, 200));
  }

  #add(line: number, change: HunkLine['change'], mark: number): boolean {
    const { heads, placing } = this.#run;
    const start = Math.min(heads.start(line) + mark, heads.end(line));
    const value = heads.text.slice(start, heads.end(line));
    const first = placing.span(line, line + 1);
    const position: Position = {
      start: { line: first.start.line, column: first.start.column + (start - heads.start(line)), offset: start },
      end: first.end,
    };
    const node: HunkLine = { type: 'hunkLine', change, value, position };
    if (change === 'context' || change === 'removed') {
      if (this.#numbered) node.beforeNumber = this.#before++;
      this.#beforeLeft = Math.max(0, this.#beforeLeft - 1);
    }
    if (change === 'context' || change === 'added') {
      if (this.#numbered) node.afterNumber = this.#after++;
      this.#afterLeft = Math.max(0, this.#afterLeft - 1);
    }
    this.#lines.push(node);
    return true;
  }
}
