import { describe, expect, test } from 'vitest';
import { type Annotation, anchor, newAnnotation } from '#annotations';
import { anchorAt, notedReading, type PlacedNote, readText } from '#features';

const mail = (id: string | undefined, subject: string, body: string): string =>
  [
    'From ada@example.org Mon Jul  3 10:00:00 2023',
    'From: Ada Example <ada@example.org>',
    `Subject: ${subject}`,
    'Date: Mon, 3 Jul 2023 10:00:00 +0200',
    ...(id === undefined ? [] : [`Message-ID: <${id}@example.org>`]),
    '',
    body,
    '',
  ].join('\n');

const BODY = 'A cold pot takes the heat out of the first cup.\nSo it is warmed before the water is poured.';
const KETTLE = mail('kettle', '[PATCH] tea: warm the pot', BODY);
const WARMED = 'So it is warmed before the water is poured.';

function noteOn(source: string, words: string): Annotation {
  const start = source.indexOf(words);
  const spot = anchorAt(readText(source), start, start + words.length);
  if (!spot) throw new Error('There is no such spot.');
  return newAnnotation({
    ...{ id: 'urn:example:1', textId: 'urn:example:2', now: '2023-07-04T09:00:00Z', kind: 'question', text: 'Why?' },
    target: anchor(spot),
  });
}

function resultOf<Result>(steps: Generator<unknown, Result>): Result {
  for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value;
}

function look(source: string, note: Annotation): { placed: PlacedNote; concerns: boolean; text: string | undefined } {
  const noted = resultOf(notedReading(readText(source), [note]));
  const [placed] = resultOf(noted.place([note]));
  if (!placed) throw new Error('The note was dropped.');
  const { place } = placed;
  return { placed, concerns: noted.concerns(placed), text: place && source.slice(place.start, place.end) };
}

describe('in the editor a note', () => {
  const note = noteOn(KETTLE, WARMED);

  test('stands at its words', () => {
    expect(look(KETTLE, note).text).toBe(WARMED);
  });

  test('whose words are gone is lost, and that is of concern where its mail is', () => {
    const edited = KETTLE.replace(WARMED, 'And so on and so forth.');
    expect(look(edited, note)).toMatchObject({ placed: { placing: { state: 'lost' } }, concerns: true });
    expect(look(mail('other', 'Something else', 'Nothing.'), note).concerns).toBe(false);
  });

  test('of another mail of the thread is no concern of a view of one mail, but of a page that has no ids', () => {
    const answer = (id: string | undefined) => mail(id, 'Re: [PATCH] tea: warm the pot', 'Why so?');
    expect(look(answer('answer'), note).concerns).toBe(false);
    expect(look(answer(undefined), note).concerns).toBe(true);
  });

  test('that may stand in two places has both for candidates', () => {
    const twice = KETTLE.replace(BODY, `${BODY}\n\nOnce more:\n\n${BODY}`);
    const { placed } = look(twice, note);
    expect(placed.placing.state).toBe('ambiguous');
    expect(placed.candidates?.map(({ start, end }) => twice.slice(start, end))).toEqual([WARMED, WARMED]);
  });

  test('says that it stands in a quote of its line, and in another version', () => {
    const quote = mail('answer', 'Re: [PATCH] tea: warm the pot', `> ${BODY.replace('\n', '\n> ')}\n\nWhy so?`);
    expect(look(quote, note).placed.inQuote).toBe(true);
    const diff =
      '---\n tea.c | 1 +\n\ndiff --git a/tea.c b/tea.c\n--- a/tea.c\n+++ b/tea.c\n@@ -1,1 +1,2 @@\n a;\n+b;\n';
    const first = mail('v1', '[PATCH] tea: warm the pot', `${BODY}\n\n${diff}`);
    const second = mail('v2', '[PATCH v2] tea: warm the pot', `${BODY}\n\n${diff}`);
    const { placed } = look(second, noteOn(first, WARMED));
    expect(placed).toMatchObject({ carried: { from: 'v1@example.org', fromVersion: 1, version: 2 } });
    expect(placed.inQuote).toBeUndefined();
  });

  test('is found in a mailbox too large to be read as a whole, by the id of its mail', () => {
    const filler = mail('filler', 'Tea', 'A line of some words that say nothing at all.\n'.repeat(2000));
    const large = `${`${filler}\n`.repeat(48)}${KETTLE}`;
    const noted = resultOf(notedReading(readText(large), [note]));
    expect(large.length).toBeGreaterThan(4 * 2 ** 20);
    expect(noted.isPart).toBe(true);
    expect([...noted.mails.keys()]).toEqual(['0:48']);
    const [placed] = resultOf(noted.place([note]));
    expect(placed?.place && large.slice(placed.place.start, placed.place.end)).toBe(WARMED);
  });
});
