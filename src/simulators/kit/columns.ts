/**
 * The widest columns are cut to one width, so that all together have `room`. A column keeps at least its `least`, such as its
 * longest word, while that is possible; none becomes narrower than 1.
 */
export function narrowed(widths: readonly number[], room: number, least: readonly number[] = []): number[] {
  const floor = widths.map((width, index) => Math.min(width, least[index] ?? 1));
  const floors = floor.reduce((sum, each) => sum + each, 0) <= room ? floor : floor.map(() => 1);
  const cut = (cap: number) => widths.map((width, index) => Math.max(floors[index] ?? 1, Math.min(width, cap)));
  let low = 1;
  let high = Math.max(1, ...widths);
  while (low < high) {
    const cap = Math.ceil((low + high) / 2);
    if (cut(cap).reduce((sum, each) => sum + each, 0) <= room) low = cap;
    else high = cap - 1;
  }
  return cut(low);
}

/** The longest word of a text. */
export function longestWord(text: string): number {
  return text.split(/\s+/).reduce((most, word) => Math.max(most, word.length), 0);
}
