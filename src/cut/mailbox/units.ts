/**
 * The units of a source, wherever they are: the text of a document, the bytes in memory, or a file that is looked at piece by piece. The rules
 * of a mailbox are written once against this.
 */
export interface Units {
  readonly length: number;
  /** Where the next line that begins with `From ` starts, at or behind `from`; -1 when there is none. */
  nextFromLine(from: number): number;
  /** Units [start, end) as text with one UTF-16 unit for each; both ends are brought inside the source. */
  slice(start: number, end: number): string;
}

const FROM = 'From ';

/** The units of a text that is at hand. */
export function unitsOf(text: string): Units {
  return {
    length: text.length,
    nextFromLine(from) {
      if ((from === 0 || text.charCodeAt(from - 1) === LF) && text.startsWith(FROM, from)) return from;
      const found = text.indexOf(`\n${FROM}`, from);
      return found === -1 ? -1 : found + 1;
    },
    slice: (start, end) => text.slice(Math.max(start, 0), end),
  };
}

const LF = 10;
