/** Needles up to this length are left to the engine's search, whose worst case is length times text. */
const SHORT = 256;

export interface Occurrences {
  at: number[];
  /** The search stopped at its limit: there may be more. */
  cut: boolean;
}

/**
 * Where `needle` stands in `text`, overlapping ones too, at most `limit` of them. The cost is linear in both: a long needle,
 * which a stranger may have made of one letter, is searched for by Knuth, Morris and Pratt's method.
 */
export function occurrences(text: string, needle: string, limit: number): Occurrences {
  if (needle === '' || needle.length > text.length) return { at: [], cut: false };
  return needle.length <= SHORT ? byEngine(text, needle, limit) : byBorders(text, needle, limit);
}

function byEngine(text: string, needle: string, limit: number): Occurrences {
  const at: number[] = [];
  for (let found = text.indexOf(needle); found !== -1; found = text.indexOf(needle, found + 1)) {
    if (at.length === limit) return { at, cut: true };
    at.push(found);
  }
  return { at, cut: false };
}

function byBorders(text: string, needle: string, limit: number): Occurrences {
  const at: number[] = [];
  const borders = bordersOf(needle);
  let matched = 0;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    while (matched > 0 && needle.charCodeAt(matched) !== unit) matched = borders[matched - 1] ?? 0;
    if (needle.charCodeAt(matched) === unit) matched++;
    if (matched < needle.length) continue;
    if (at.length === limit) return { at, cut: true };
    at.push(index - needle.length + 1);
  }
  return { at, cut: false };
}

/** For each beginning of the needle, the length of its longest proper beginning that is also its end. */
function bordersOf(needle: string): Int32Array {
  const borders = new Int32Array(needle.length);
  let length = 0;
  for (let index = 1; index < needle.length; index++) {
    while (length > 0 && needle.charCodeAt(length) !== needle.charCodeAt(index)) length = borders[length - 1] ?? 0;
    if (needle.charCodeAt(length) === needle.charCodeAt(index)) length++;
    borders[index] = length;
  }
  return borders;
}
