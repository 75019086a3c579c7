import { describe, expect, it } from 'vitest';
import { present } from './corpus.ts';
import { hoverAt, isThere, wordAt } from './precision/places.ts';
import { tableOf } from './precision/table.ts';

const positions = tableOf('positions.tsv');

/** What the hover gives there; for a row that wants no note, any note but none is told. */
function mistakes(kind: string): { all: number; wrong: string[] } {
  const rows = positions.filter((row) => row.kind === kind);
  const wrong = rows.flatMap(({ file = '', place = '', concept = '', what = '' }) => {
    const found = isThere(file) ? hoverAt(file, place).concepts : ['the file is missing'];
    const right = concept === '-' ? found.length === 0 : found[0] === concept;
    return right ? [] : [`${file} ${place} ${what}, at ${wordAt(file, place)}: ${found}, not ${concept}`];
  });
  return { all: rows.length, wrong };
}

describe.skipIf(!present)('a reader who points at a place of a mail', () => {
  it('has 150 places or more to try, in all seeds and in mails of many subsystems', () => {
    const files = new Set(positions.map(({ file = '' }) => file));
    const count = (start: string): number => [...files].filter((file) => file.startsWith(start)).length;
    expect(positions.length).toBeGreaterThanOrEqual(150);
    expect(positions.filter(({ file = '' }) => file.startsWith('seeds/')).length).toBeGreaterThanOrEqual(70);
    expect([count('seeds/'), count('threads/') >= 12, count('mails/') >= 20]).toEqual([5, true, true]);
  });

  it('gets the meaning of a term there, none of another, and nothing on what is no term', () => {
    const [hits, alike, none] = [mistakes('hit'), mistakes('look-alike'), mistakes('non-term')];
    const told = ({ all, wrong }: { all: number; wrong: string[] }): string => `${all - wrong.length}/${all}`;
    console.log(`positions: hits ${told(hits)}, look-alikes ${told(alike)}, non-terms ${told(none)}`);
    expect([...hits.wrong, ...alike.wrong, ...none.wrong]).toEqual([]);
  });
});
