import { expect, test } from 'vitest';
import { type Placing, place } from '#annotations';
import { type Fate, PLAIN, prose, randomFrom, VARIANTS, type Variant, write } from './generated.ts';
import { noteAt } from './samples.ts';

const CASES_EACH = 150;

type Verdict = 'right' | 'wrong' | 'ambiguous' | 'lost';

/** One mail, one note on a few words of it, one variant of the mail, and whether the note is where these words now are. */
function judge(variant: Variant, seed: number): Verdict {
  const random = randomFrom(seed);
  const paragraphs = prose(random);
  const original = write(paragraphs, PLAIN);
  const paragraph = paragraphs[random(paragraphs.length)] ?? [];
  const from = random(paragraph.length - 1);
  const words = paragraph.slice(from, from + 2 + random(12));
  const first = words[0];
  const last = words.at(-1);
  if (first === undefined || last === undefined) throw new Error('A paragraph has no words.');
  const spanIn = (starts: ReadonlyMap<number, number>): { start: number; end: number } => ({
    start: starts.get(first.id) ?? -1,
    end: (starts.get(last.id) ?? -1) + last.text.length,
  });
  const { start, end } = spanIn(original.starts);
  const note = noteAt(start, end, { messageId: 'm1@example.org', text: original.text });
  const changed = variant.make(paragraphs, new Set(words.map((word) => word.id)), random);
  return verdictOn(place(note, [variant.candidate(changed.text)]), variant.fate, spanIn(changed.starts));
}

function verdictOn(placing: Placing, fate: Fate, truth: { start: number; end: number }): Verdict {
  if (placing.state !== 'placed') return placing.state;
  const { start, end } = placing.where;
  return fate !== 'gone' && start === truth.start && end === truth.end ? 'right' : 'wrong';
}

function tally(variant: Variant, offset: number): Record<Verdict, number> {
  const counts = { right: 0, wrong: 0, ambiguous: 0, lost: 0 };
  for (let count = 0; count < CASES_EACH; count++) counts[judge(variant, offset * 10_000 + count)]++;
  return counts;
}

const tallies = VARIANTS.map((variant, index) => ({ variant, counts: tally(variant, index + 1) }));

test.each(tallies)('no note is ever put in a wrong place: $variant.name', ({ counts }) => {
  expect(counts).toMatchObject({ wrong: 0 });
});

test('at least 95 of 100 notes whose words are still there are placed', () => {
  const stays = tallies.filter(({ variant }) => variant.fate === 'stays');
  const right = stays.reduce((sum, { counts }) => sum + counts.right, 0);
  expect(right / (stays.length * CASES_EACH)).toBeGreaterThanOrEqual(0.95);
  expect(tallies.length * CASES_EACH).toBeGreaterThanOrEqual(2000);
});

test('words that are still there are never called lost', () => {
  const stays = tallies.filter(({ variant }) => variant.fate === 'stays' || variant.fate === 'twice');
  expect(stays.map(({ counts }) => counts.lost)).toEqual(stays.map(() => 0));
});

if (process.env.SHOW_TABLE !== undefined) {
  console.table(Object.fromEntries(tallies.map(({ variant, counts }) => [variant.name, counts])));
}
