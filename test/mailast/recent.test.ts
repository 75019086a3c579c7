import { expect, test } from 'vitest';
import { Recent } from '#mailast';

/** What had to be made, in order, when these were asked for; each weighs as much as its number. */
function made(room: number, ...asked: number[]): number[] {
  const recent = new Recent<string>(room);
  const log: number[] = [];
  for (const index of asked) {
    const value = recent.at(index, index, () => {
      log.push(index);
      return `value ${index}`;
    });
    expect(value).toBe(`value ${index}`);
  }
  return log;
}

test('what fits into the room is made once', () => {
  expect(made(6, 1, 2, 3, 1, 2, 3, 3, 2, 1)).toEqual([1, 2, 3]);
});

test('what was asked longest ago is dropped first', () => {
  expect(made(6, 1, 2, 3, 1, 4, 1, 2)).toEqual([1, 2, 3, 4, 2]);
});

test('what is larger than the room is kept until the next one', () => {
  expect(made(2, 9, 9, 1, 1, 9)).toEqual([9, 1, 9]);
});
