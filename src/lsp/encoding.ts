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
    let bytes = 0;
    let units = 0;
    for (const sign of lineText(document, line)) {
      bytes += bytesOf(sign);
      if (bytes > character) break;
      units += sign.length;
    }
    return start + units;
  },
  positionAt(document, offset) {
    const { line, character } = document.positionAt(offset);
    let bytes = 0;
    for (const sign of lineText(document, line).slice(0, character)) bytes += bytesOf(sign);
    return { line, character: bytes };
  },
};

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
