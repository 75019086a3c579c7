import { describe, expect, test } from 'vitest';
import { readText, speakerHints, speakerPlaces } from '#features';
import { mail } from './threads.ts';

const { text } = mail(
  [
    'On Mon, Mar 4, 2024, Ben Okafor wrote:',
    '> On Sun, Mar 3, 2024, Chiara Moretti wrote:',
    '> > Why is it cold?',
    '> It was out all night.',
    '',
    'Then warm it.',
    '',
    '> And it is empty.',
    '>> Is it?',
    '',
  ].join('\n'),
);
const reading = readText(text);

describe('who speaks', () => {
  test('is told where a quote goes on or begins, unless the line above says it', () => {
    const hints = speakerHints(reading, 0, text.length);
    expect(hints.map(({ at, speaker, depth }) => [text.slice(at).split('\n')[0], speaker, depth])).toEqual([
      ['It was out all night.', 'Ben Okafor', 1],
      ['And it is empty.', 'Ben Okafor', 1],
      ['Is it?', 'Chiara Moretti', 2],
    ]);
  });

  test('is told of the stretch that is asked about, and of no more', () => {
    const start = text.indexOf('Then warm');
    expect(speakerHints(reading, start, text.length).map(({ at }) => text.slice(at).split('\n')[0])).toEqual([
      'And it is empty.',
      'Is it?',
    ]);
  });

  test('is one line of words, whatever the mail calls somebody', () => {
    const hostile = mail('> On Sun, Mar 3, 2024, Eve \u202eevil wrote:\n> > Why?\n> Because.\n>> And?\n').text;
    for (const { speaker } of speakerHints(readText(hostile), 0, hostile.length))
      expect(speaker).not.toMatch(/[\p{Cf}\p{Cc}]/u);
  });
});

describe('the places of a speaker', () => {
  const at = (place: string, shift = 0) =>
    speakerPlaces(reading, text.indexOf(place) + shift).map(({ start, end }) => text.slice(start, end));

  test('are the marks of all their quotes and their attribution, from a quote mark', () => {
    const places = at('> And it is empty');
    expect(places.filter((one) => one.startsWith('>'))).toHaveLength(3);
    expect(places).toContain('On Mon, Mar 4, 2024, Ben Okafor wrote:');
    expect(at('Ben Okafor')).toEqual(places);
  });

  test('are none from words, which have meanings of their own', () => {
    expect(at('empty')).toEqual([]);
    expect(at('Then warm')).toEqual([]);
    expect(at('From:')).toEqual([]);
  });

  test('are the name of the sender too, where the sender is quoted', () => {
    expect(at('Ada Lindqvist')).toEqual([' Ada Lindqvist <ada@example.org>']);
  });
});
