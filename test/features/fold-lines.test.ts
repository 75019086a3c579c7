import { expect, test } from 'vitest';
import { foldLines, folds, quotesBelow, readText } from '#features';
import { mail } from './threads.ts';

const { text } = mail(
  '>> deep\n>> deeper still\n>> and more\n> shallow\n> too\n\nNew.\n\n> one\n> > two\n> > > three\n> > > drei\n> > zwei\n> eins\n',
);
const lines = text.split('\n');

function foldsOf(source: string) {
  const reading = readText(source);
  return foldLines(folds(reading), (offset) => {
    const line = reading.lines.at(offset);
    return { line, character: offset - reading.lines.start(line) };
  });
}

test('a deep quote on the first line of a shallow one folds by itself, from its next line on', () => {
  const found = foldsOf(text).filter(({ kind }) => kind === 'quote');
  const [shallow, deep] = found;
  expect(lines[shallow?.first ?? 0]).toBe('>> deep');
  expect(lines[shallow?.last ?? 0]).toBe('> too');
  expect(lines[deep?.first ?? 0]).toBe('>> deeper still');
  expect(lines[deep?.last ?? 0]).toBe('>> and more');
});

test('no two folds begin on one line, and none hides what is not quoted', () => {
  const found = foldsOf(text);
  expect(new Set(found.map(({ first }) => first)).size).toBe(found.length);
  for (const { first, last, kind } of found)
    if (kind === 'quote') for (const line of lines.slice(first, last + 1)) expect(line).toMatch(/^>/);
});

test('quotes older than a depth are those one deeper', () => {
  const at = (depth: number) => quotesBelow(foldsOf(text), depth).map((line) => lines[line]);
  expect(at(0)).toEqual(['>> deep', '> one']);
  expect(at(1)).toEqual(['>> deeper still', '> > two']);
  expect(at(2)).toEqual(['> > > three']);
  expect(at(9)).toEqual([]);
});
