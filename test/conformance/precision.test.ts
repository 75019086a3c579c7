import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { present } from './corpus.ts';
import { drawSample } from './precision/draw.ts';
import { hoverAt, isThere } from './precision/places.ts';
import { tableOf } from './precision/table.ts';

const sample = tableOf('sample.tsv');
/** A row is wrong when a reader of the kernel would not give this meaning here. Fewer than one in this many may be. */
const oneIn = 200;

describe.skipIf(!present)('the terms that a reader sees in mails of many subsystems', () => {
  it('are the labelled ones: at least 400, half of them from other subsystems, none too often', () => {
    expect(sample.length).toBeGreaterThanOrEqual(400);
    expect(sample.filter(({ home }) => home === 'no').length * 2).toBeGreaterThanOrEqual(sample.length);
    const counts = new Map<string, number>();
    for (const { concepts = '' } of sample) counts.set(concepts, (counts.get(concepts) ?? 0) + 1);
    expect(Math.max(...counts.values())).toBeLessThanOrEqual(6);
    for (const { A } of sample) expect(A).toMatch(/^(?:right|wrong|both-fine)$/);
  });

  it('still have the meaning that was labelled, but where a longer term was noted since', () => {
    const longer: string[] = [];
    const changed = sample.flatMap((row) => {
      const { file = '', place = '', term = '', concepts = '' } = row;
      if (!isThere(file)) return [`${file}: the file is missing`];
      const [wanted] = concepts.split(' ');
      const found = hoverAt(file, place);
      const text = found.text?.replace(/\s+/g, ' ') ?? '';
      if (text === term && found.concepts[0] === wanted) return [];
      const said = `${file} ${place} ${term}: ${text || 'nothing'} ${found.concepts}, was ${concepts}`;
      if (text.length <= term.length || !text.includes(term)) return [said];
      longer.push(said);
      return [];
    });
    for (const said of longer) console.log(`precision, to be labelled again: ${said}`);
    expect(changed).toEqual([]);
    expect(sample.length - longer.length).toBeGreaterThanOrEqual(400);
  });

  it('are right, but for fewer than 1 in 200', () => {
    const wrong = sample.filter(({ A }) => A === 'wrong').length;
    console.log(`precision: ${sample.length} mentions, ${wrong} wrong`);
    expect(wrong * oneIn).toBeLessThan(sample.length);
  });

  const second = sample.filter(({ B }) => B !== '');
  it.runIf(second.length > 0)('are right to a second reader as well, where that reader judged', () => {
    const wrong = second.filter(({ B }) => B === 'wrong');
    console.log(`precision, second reader: ${second.length} mentions, ${wrong.length} wrong`);
    for (const { file, place, term } of wrong) console.log(`  ${file} ${place} ${term}`);
    expect(wrong.length * oneIn).toBeLessThan(second.length);
  });

  // PATCHGLOSS_PRECISION_SEED=7 npx vitest run ... test/conformance/precision.test.ts
  it.runIf(process.env.PATCHGLOSS_PRECISION_SEED)('are drawn anew, without labels', () => {
    const head = ['file', 'message', 'place', 'term', 'concepts', 'home', 'A', 'B'];
    const rows = drawSample(Number(process.env.PATCHGLOSS_PRECISION_SEED)).map((one) =>
      [one.file, one.message, one.place, one.term, one.concepts.join(' '), one.home ? 'yes' : 'no', '', ''].join('\t'),
    );
    writeFileSync(join(import.meta.dirname, 'precision/sample.tsv'), `${[head.join('\t'), ...rows].join('\n')}\n`);
  });
});
