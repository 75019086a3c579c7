/** One word with one `@` in it. */
const ID = /^[^\s<>@,;]{1,450}@[^\s<>@,;]{1,450}$/;

/**
 * The id in what stands behind a `<`, where that is none as it stands: a program folded it, or `closed` is false, since no `>` follows, and what comes behind the id is
 * another word.
 */
export function mendedId(text: string, closed: boolean): string | undefined {
  const words = text.trim().split(/\s+/);
  const [first = '', second = ''] = words;
  if (!closed && ID.test(first)) return first;
  const joined = first + second;
  return words.length <= 2 && ID.test(joined) ? joined : undefined;
}

/** The ids of a field that leaves the brackets out: every word is one, or none is. */
export function bareIds(text: string): string[] {
  const words = text.split(/[\s,]+/).filter((word) => word !== '');
  return words.every((word) => ID.test(word)) ? words : [];
}
