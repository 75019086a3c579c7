/** What the colors of a terminal stand for here. The words say the same without them. */
export type Ink = 'title' | 'faint' | 'added' | 'removed' | 'hunk' | 'term' | 'link' | 'warning' | `quote${1 | 2 | 3}`;

export type Paint = (ink: Ink, text: string) => string;

/** Select Graphic Rendition (ECMA-48, 8.3.117): how to begin, and how to end what was begun. */
const CODES: Readonly<Record<Ink, readonly [begin: number, end: number]>> = {
  title: [1, 22],
  faint: [2, 22],
  added: [32, 39],
  removed: [31, 39],
  hunk: [36, 39],
  term: [4, 24],
  link: [4, 24],
  warning: [33, 39],
  quote1: [36, 39],
  quote2: [35, 39],
  quote3: [33, 39],
};

export const plain: Paint = (_, text) => text;

const colored: Paint = (ink, text) => {
  const [begin, end] = CODES[ink];
  return text === '' ? '' : `\u001b[${begin}m${text}\u001b[${end}m`;
};

/** Colors only on a terminal, and not where `NO_COLOR` asks for none (no-color.org). */
export function paintFor(
  stream: { isTTY?: boolean },
  environment: Readonly<Record<string, string | undefined>>,
): Paint {
  const asked = (environment.NO_COLOR ?? '') === '' && environment.TERM !== 'dumb';
  return stream.isTTY === true && asked ? colored : plain;
}
