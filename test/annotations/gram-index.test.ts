import fc from 'fast-check';
import { expect, test } from 'vitest';
import { placeAll } from '#annotations';
import { MAIL, noteAt, page } from './samples.ts';

test('among many pages a note is placed as among the one that has its words', () => {
  const words = (from: number) => `${MAIL.slice(0, from % 200)}\nAnother mail, number ${from}, of other words.\n`;
  const others = Array.from({ length: 40 }, (_, number) => page(words(number * 7), { key: `0:${number + 1}` }));
  let placed = 0;
  fc.assert(
    fc.property(fc.nat(MAIL.length - 1), fc.integer({ min: 1, max: 120 }), fc.nat(40), (start, length, at) => {
      const note = noteAt(start, Math.min(start + length, MAIL.length));
      const alone = placeAll([note], [page(MAIL)]).get(note.id);
      const among = placeAll([note], [...others.slice(0, at), page(MAIL), ...others.slice(at)]).get(note.id);
      if (alone?.state !== 'placed') return;
      // The other pages begin as this one does, so that it may be one of several; it is never overlooked.
      expect(among?.state).not.toBe('lost');
      if (among?.state !== 'placed') return;
      placed++;
      expect(among.where).toEqual(alone.where);
    }),
    { seed: 31, numRuns: 400 },
  );
  expect(placed).toBeGreaterThan(100);
});
