/**
 * How wide a text is drawn, without a page to ask: estimated for a wide sans-serif face, so that what fits by this estimate
 * fits in narrower faces too. The same text gives the same width on every machine.
 */

/** Widths in pixels at 12 px, by the letters that have them; everything else is `OTHER`. */
const WIDTHS: readonly [number, string][] = [
  [3.5, "ijlIJ'|"],
  [4, ' .,·/:;'],
  [4.9, 'frt-()[]!"'],
  [6.6, 'csz*_?'],
  [8.5, 'ABCEFKLPRSTVXYZ'],
  [9.5, 'DGHNOQUw&'],
  [10.4, 'M+=→<>#~›'],
  [12, 'mW%@'],
];
const OTHER = 7.7;
const BY_LETTER = new Map(WIDTHS.flatMap(([width, letters]) => [...letters].map((letter) => [letter, width] as const)));
/** From here on letters are as wide as they are high. */
const FULL_WIDTH = 0x2e80;

export type Face = 'plain' | 'small' | 'bold' | 'title';

const SCALE: Readonly<Record<Face, number>> = { plain: 1, small: 11 / 12, bold: 1.12, title: (13 / 12) * 1.12 };

/** In CSS pixels. */
export function widthOf(text: string, face: Face = 'plain'): number {
  let width = 0;
  for (const letter of text) {
    width += BY_LETTER.get(letter) ?? ((letter.codePointAt(0) ?? 0) >= FULL_WIDTH ? 12 : OTHER);
  }
  return width * SCALE[face];
}

/** The width of the widest of some texts; 0 when there are none. */
export function widest(texts: readonly string[], face: Face = 'plain'): number {
  return texts.reduce((most, text) => Math.max(most, widthOf(text, face)), 0);
}

/** The text in lines of at most `width` pixels: broken at blanks, long names after `_`, `(`, `.`, `/` or `-`, or anywhere. */
export function foldTo(text: string, width: number, face: Face = 'plain'): string[] {
  if (widthOf(text, face) <= width) return [text];
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).flatMap((each) => pieces(each, width, face))) {
    const longer = line === '' ? word.text : `${line}${word.joined ? '' : ' '}${word.text}`;
    if (line === '' || widthOf(longer, face) <= width) line = longer;
    else {
      lines.push(line);
      line = word.text;
    }
  }
  return [...lines, line];
}

/** A word that has no room, in pieces that have; `joined` ones follow the one before without a blank. */
function pieces(word: string, width: number, face: Face): { text: string; joined: boolean }[] {
  if (widthOf(word, face) <= width) return [{ text: word, joined: false }];
  const found: string[] = [];
  let piece = '';
  for (const part of word.split(/(?<=[_(./-])/)) {
    if (widthOf(piece + part, face) <= width) {
      piece += part;
      continue;
    }
    if (piece !== '') found.push(piece);
    piece = '';
    for (const letter of part) {
      if (piece !== '' && widthOf(piece + letter, face) > width) {
        found.push(piece);
        piece = '';
      }
      piece += letter;
    }
  }
  return [...found, piece].map((text, index) => ({ text, joined: index > 0 }));
}
