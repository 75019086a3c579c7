import type { Position, TextDocument } from 'vscode-languageserver-textdocument';

/** What the characters of a position count. Editors that speak the protocol agree on one when they connect. */
export interface Encoding {
  readonly name: 'utf-16' | 'utf-8';
  /** UTF-16 offset of a position; one beyond its line is the end of the line. */
  offsetAt(document: TextDocument, position: Position): number;
  positionAt(document: TextDocument, offset: number): Position;
}

/** UTF-16 where it is offered, for every editor must offer it; an editor that names UTF-8 alone gets that. */
export function encodingFor(offered: readonly string[] | undefined): Encoding {
  return offered?.includes('utf-8') && !offered.includes('utf-16') ? utf8 : utf16;
}

const utf16: Encoding = {
  name: 'utf-16',
  offsetAt: (document, position) => document.offsetAt(position),
  positionAt: (document, offset) => document.positionAt(offset),
};

const utf8: Encoding = {
  name: 'utf-8',
  offsetAt(document, { line, character }) {
    const start = document.offsetAt({ line, character: 0 });
    const { text, marks } = measured(document, line);
    let { units, bytes } = markBefore(marks, ({ bytes: before }) => before <= character);
    for (const sign of pieceOf(text, units)) {
      bytes += bytesOf(sign);
      if (bytes > character) break;
      units += sign.length;
    }
    return start + units;
  },
  positionAt(document, offset) {
    const { line, character } = document.positionAt(offset);
    const { text, marks } = measured(document, line);
    let { units, bytes } = markBefore(marks, ({ units: before }) => before <= character);
    for (const sign of pieceOf(text, units, character)) bytes += bytesOf(sign);
    return { line, character: bytes };
  },
};

/** Between two signs of a line: how much of it stands before. */
interface Mark {
  units: number;
  bytes: number;
}

interface MeasuredLine {
  text: string;
  /** One for each `STEP` units or a little more; the first at the beginning. */
  marks: readonly Mark[];
}

/** UTF-16 units. A shorter line is counted anew each time. */
const STEP = 1024;
const BEGINNING: Mark = { units: 0, bytes: 0 };

/** Long lines of a document that were measured: a mail without line ends is asked about at thousands of its places. */
const known = new WeakMap<TextDocument, { content: string; lines: Map<number, MeasuredLine> }>();

function measured(document: TextDocument, line: number): MeasuredLine {
  const content = document.getText();
  const kept = known.get(document);
  // Several changes may come under one version: the text itself says whether it is the same.
  const lines = kept?.content === content ? kept.lines : new Map<number, MeasuredLine>();
  if (lines !== kept?.lines) known.set(document, { content, lines });
  const found = lines.get(line);
  if (found) return found;
  const text = lineText(document, line);
  if (text.length <= STEP) return { text, marks: [BEGINNING] };
  const marks = marksOf(text);
  lines.set(line, { text, marks });
  return { text, marks };
}

function marksOf(text: string): Mark[] {
  const marks = [BEGINNING];
  let units = 0;
  let bytes = 0;
  for (const sign of text) {
    if (units >= marks.length * STEP) marks.push({ units, bytes });
    units += sign.length;
    bytes += bytesOf(sign);
  }
  return marks;
}

/** The last mark that is not behind the place looked for. */
function markBefore(marks: readonly Mark[], isBefore: (mark: Mark) => boolean): Mark {
  let low = 0;
  let high = marks.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (isBefore(marks[middle] ?? BEGINNING)) low = middle;
    else high = middle - 1;
  }
  return marks[low] ?? BEGINNING;
}

/** What follows a mark, as far as the next one is or a little further; up to `end`, a unit of the line. */
function pieceOf(text: string, units: number, end = Number.POSITIVE_INFINITY): string {
  return text.slice(units, Math.min(end, units + 2 * STEP));
}

function lineText(document: TextDocument, line: number): string {
  const end = { line: line + 1, character: 0 };
  return document.getText({ start: { line, character: 0 }, end }).replace(/[\r\n]+$/, '');
}

/** Of one code point; half a surrogate pair is sent as U+FFFD. */
function bytesOf(sign: string): number {
  const code = sign.codePointAt(0) ?? 0;
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  return code < 0x10000 ? 3 : 4;
}
