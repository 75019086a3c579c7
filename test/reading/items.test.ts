import { describe, expect, test } from 'vitest';
import { itemAround, itemStarts } from '#reading';

const list = 'Two ways:\n1. CMA works and\nis wasted.\n2. CMA fails\nafter a long time.';

function itemOf(text: string, word: string): string {
  const { start, end } = itemAround(text, itemStarts(text), text.indexOf(word));
  return text.slice(start, end);
}

describe('a list inside one block', () => {
  test.each([
    ['ways', 'Two ways:\n'],
    ['wasted', '1. CMA works and\nis wasted.\n'],
    ['long time', '2. CMA fails\nafter a long time.'],
  ])('%s stands in its own item', (word, item) => {
    expect(itemOf(list, word)).toBe(item);
  });

  test('one dash at the start of a line makes no list', () => {
    const text = 'It works\n- mostly.';
    expect(itemOf(text, 'mostly')).toBe(text);
  });
});
