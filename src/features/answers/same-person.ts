/**
 * Whether two names, or addresses, may be one person's: all words of the one are words of the other (`Ada Example`, `Example, Ada M.`). Where a charset
 * or an archive left too little of a name to tell, they may.
 */
export function isSamePerson(one: string, other: string): boolean {
  const [left, right] = [wordsOf(one), wordsOf(other)];
  const [short, long] = left.length <= right.length ? [left, right] : [right, left];
  return short.every((word) => long.includes(word));
}

/** Of `ada@example.org` the part before the sign; of `Ada Example via tea-list` what stands before that. */
function wordsOf(name: string): string[] {
  const plain = name
    .replace(/\s(?:via|on behalf of)\s.*$/i, '')
    .replace(/@.*$/, '')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase();
  return plain.split(/[\s,."'()<>_-]+/).filter((word) => /^\p{L}{2,}$/u.test(word));
}
