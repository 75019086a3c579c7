import type { DiffFile, DiffHeader, Hunk } from '#mailast';
import { beginsContextHunk, beginsFile, beginsNames, isBinaryNotice, isOnlyIn } from './begins.ts';
import { readContextHunk } from './context-hunk.ts';
import { type OpenHunk, readHunk } from './hunk.ts';
import { beginsHunk, isBareHead } from './hunk-head.ts';
import type { DiffLines } from './lines.ts';
import { fileTold } from './paths.ts';
import { binaryEnd, propertiesEnd } from './verbatim.ts';

const HEADER =
  /^(?:diff --|index |--- |\+\+\+ |\*\*\* |old mode |new mode |deleted file |new file |copy (?:from|to) |rename (?:from|to|old|new) |(?:dis)?similarity index |mode \d|Binary files |Index: |={10,}$|RCS file: |retrieving revision |diff -|=== |Only in |Cannot display: |svn:mime-type = )/;

/** Longer headers are read so far. */
const MOST_UNITS = 4096;
/** No file has more lines of header that say something of it. */
const MOST_HEADERS = 40;

export interface FileRead {
  node: DiffFile;
  next: number;
  /** The last hunk, when it is one that may go on behind somebody's words. */
  last?: OpenHunk;
}

/** Reads a file's header lines and hunks. It ends where the next one begins, or at a line that can be no part of a diff. */
export function readFile(lines: DiffLines, line: number): FileRead {
  return new FileReading(lines, line).read();
}

class FileReading {
  #lines: DiffLines;
  #from: number;
  #next: number;
  #headers: string[] = [];
  #children: (DiffHeader | Hunk)[] = [];
  #hunks: Hunk[] = [];
  #last: OpenHunk | undefined;

  constructor(lines: DiffLines, from: number) {
    this.#lines = lines;
    this.#from = from;
    this.#next = from;
  }

  read(): FileRead {
    while (this.#lines.has(this.#next) && this.#take()) {
      // Each step takes at least one line.
    }
    const { start } = this.#lines.span(this.#from, this.#from + 1);
    const end = this.#children.at(-1)?.position.end ?? start;
    const told = fileTold(this.#headers, {
      addToNothing: this.#isOnly((hunk) => hunk.beforeStart === 0 && hunk.beforeLines === 0),
      leaveNothing: this.#isOnly((hunk) => hunk.afterStart === 0 && hunk.afterLines === 0),
    });
    const node: DiffFile = { type: 'diffFile', ...told, position: { start, end }, children: this.#children };
    return { node, next: this.#next, ...(this.#last ? { last: this.#last } : {}) };
  }

  #isOnly(test: (hunk: Hunk) => boolean): boolean {
    const [only] = this.#hunks;
    return this.#hunks.length === 1 && only !== undefined && test(only);
  }

  #take(): boolean {
    const lines = this.#lines;
    const head = lines.head(this.#next);
    if (beginsHunk(head) || (isBareHead(head) && this.#mayHaveBareHunk())) return this.#takeHunk();
    if (beginsContextHunk(lines, this.#next, head)) {
      const { node, next } = readContextHunk(lines, this.#next);
      this.#last = undefined;
      return this.#addHunk(node, next);
    }
    const properties = this.#propertiesAt();
    if (properties !== undefined) return this.#takeHeaders(propertiesEnd(lines, properties));
    if (head.startsWith('GIT binary patch') && this.#hunks.length === 0)
      return this.#takeHeaders(binaryEnd(lines, this.#next));
    if (this.#next > this.#from && this.#isNextFile(head)) return false;
    if (this.#hunks.length > 0 || !HEADER.test(head) || isOnlyIn(this.#headers[0] ?? ''))
      return this.#takeRestOfName(head);
    return this.#takeHeaders(this.#next + 1);
  }

  /** Hunks without numbers are read only where a file is named, or a hunk stands above: `@@` alone may mean anything. */
  #mayHaveBareHunk(): boolean {
    return (
      (this.#next > this.#from || this.#hunks.length > 0) && ' +-'.includes(this.#lines.mark(this.#next + 1) || 'x')
    );
  }

  #takeHunk(): boolean {
    const { open, next } = readHunk(this.#lines, this.#next);
    this.#last = open;
    return this.#addHunk(open.node, next);
  }

  #addHunk(node: Hunk, next: number): boolean {
    this.#children.push(node);
    this.#hunks.push(node);
    this.#next = next;
    return true;
  }

  #takeHeaders(to: number): boolean {
    for (; this.#next < to; this.#next++) {
      if (this.#lines.blank(this.#next)) continue;
      const value = this.#lines.own(this.#next);
      if (this.#headers.length < MOST_HEADERS) this.#headers.push(value.slice(0, MOST_UNITS));
      this.#children.push({ type: 'diffHeader', value, position: this.#lines.span(this.#next, this.#next + 1) });
    }
    return true;
  }

  /** `svn diff` says what happens to a file's properties behind an empty line. */
  #propertiesAt(): number | undefined {
    const at = this.#lines.blank(this.#next) ? this.#next + 1 : this.#next;
    const begins = this.#lines.head(at).startsWith('Property changes on: ');
    return begins && this.#lines.head(at + 1).startsWith('____') ? at : undefined;
  }

  /** `diff --git a/tea.c` was too long for a mail program, which has put `b/tea.c` on a line of its own. */
  #takeRestOfName(head: string): boolean {
    const first = this.#headers[0];
    if (this.#headers.length !== 1 || !first?.startsWith('diff --git ') || !/^"?b\/\S/.test(head)) return false;
    this.#takeHeaders(this.#next + 1);
    this.#headers[0] = `${first.trimEnd()} ${head.trimEnd()}`;
    return true;
  }

  /** Whether the header of another file begins here: what has been said of a file is not said again. */
  #isNextFile(head: string): boolean {
    const has = (prefix: string): boolean => this.#headers.some((one) => one.startsWith(prefix));
    const first = this.#headers[0] ?? '';
    if (this.#hunks.length > 0 || isOnlyIn(first) || isBinaryNotice(first)) return beginsFile(this.#lines, this.#next);
    if (/^(?:diff --|Index: |=== )/.test(head) || isOnlyIn(head)) return true;
    if (head.startsWith('diff -')) return has('diff -');
    if (head.startsWith('--- ')) return has('--- ') && !has('*** ') && beginsNames(this.#lines, this.#next, head);
    return isBinaryNotice(head) && (has('Binary files ') || has('--- '));
  }
}
