import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addReply, anchor, newAnnotation } from '#annotations';
import { anchorAt, placeAnnotations, readText } from '#features';
import {
  isPath,
  pathFromNotes,
  pathText,
  type ReadingPath,
  readPath,
  stopNote,
  stopSource,
  stopState,
} from '#features/sharing';

const MAIL = `From: Ada Example <ada@example.org>
Subject: [PATCH 1/1] tea: warm the pot
Date: Mon, 4 Mar 2024 09:12:31 +0100
Message-ID: <1@example.org>

A cold pot cools the water, they say.
Nobody has measured it so far.
`;
const reading = readText(MAIL);

function note(words: string, kind: 'question' | 'remark', text: string) {
  const at = MAIL.indexOf(words);
  const spot = anchorAt(reading, at, at + words.length);
  if (!spot) throw new Error('no place');
  return newAnnotation({
    id: `urn:example:${words}`,
    textId: 'urn:example:t',
    now: '2024-03-06T09:00:00Z',
    kind,
    text,
    target: anchor(spot),
  });
}

const target = JSON.parse(JSON.stringify(note('cools the water', 'remark', 'x').target));

describe('a reading path made of notes', () => {
  const asked = addReply(
    note('Nobody has measured', 'question', 'Who could? Try [this](simulator:tdmr-pamt/one-chunk?nodes=2).'),
    {
      textId: 'urn:example:a',
      now: '2024-03-07T09:00:00Z',
      text: 'Anybody.',
    },
  );
  const path = pathFromNotes(
    [asked, note('cools the water', 'remark', 'It *does*.')],
    'How tea is made',
    'Grace Example',
  );

  test('has their order; a question is one to the reader, with its answer and its simulator', () => {
    expect(path.stops).toMatchObject([
      {
        title: 'Nobody has measured',
        words: '',
        question: expect.stringContaining('Who could?'),
        answer: 'Anybody.',
        simulator: 'tdmr-pamt/one-chunk?nodes=2',
      },
      { title: 'cools the water', words: 'It *does*.' },
    ]);
  });

  test('is one file that people can read, and that is read again as the same', () => {
    const text = pathText(path);
    expect(text).toMatch(
      /^---\npatchgloss-path: 1\ntitle: "How tea is made"\nauthor: "Grace Example"\n---\n\n## 1\. Nobody has measured\n/,
    );
    expect(text).toContain('\n> cools the water\n');
    expect(text).toContain('<details><summary>Answer</summary>\n\nAnybody.\n\n</details>');
    expect(isPath(text)).toBe(true);
    expect(readPath(text)).toEqual({ path, problems: [] });
  });

  test('its stops are found again as notes are', () => {
    const notes = readPath(pathText(path)).path.stops.flatMap((stop, at) => stopNote(stop, at) ?? []);
    const placed = placeAnnotations(reading, notes).map(({ place }) => place && MAIL.slice(place.start, place.end));
    expect(placed).toEqual(['Nobody has measured', 'cools the water']);
    const elsewhere = placeAnnotations(
      readText(MAIL.replaceAll('1@example.org', '2@example.org').replace('measured', 'seen')),
      notes,
    );
    expect(elsewhere[0]?.placing.state).not.toBe('placed');
    expect(stopSource(path.stops[0] ?? { title: '', words: '' })).toEqual({
      messageId: '1@example.org',
      quote: 'Nobody has measured',
      subject: '[PATCH 1/1] tea: warm the pot',
    });
  });
});

describe('a path from a stranger', () => {
  test('what is wrong is said at its line, and the rest is read', () => {
    const text = [
      '---',
      'patchgloss-path: 2',
      'title: Tea',
      '---',
      'Hello',
      '## 1. One',
      '```json place',
      '{broken',
      '```',
      'words',
      '## Two',
      'more',
      '```c',
      'open',
    ].join('\n');
    const { path, problems } = readPath(text);
    expect(problems.map(({ line }) => line)).toEqual([1, 7, 6, 13, 11]);
    expect(path).toMatchObject({
      title: 'Tea',
      words: 'Hello',
      stops: [{ title: 'One', words: 'words' }, { title: 'Two' }],
    });
  });

  test('other Markdown is no path', () => {
    for (const text of ['', '# A text', '---\ntitle: x\n---\n', 'patchgloss-path: 1']) expect(isPath(text)).toBe(false);
    expect(readPath('# A text').problems.length).toBeGreaterThan(0);
  });

  test('the state of a simulator is checked', () => {
    expect(stopState('tdmr-pamt/one-chunk?nodes=2')).toHaveProperty('shared');
    expect(stopState('tdmr-pamt')).toHaveProperty('shared');
    for (const wrong of ['nothing', 'tdmr-pamt/no-such', 'a/b/c', 'tdmr-pamt?step=99999', '../x', '%zz?%zz'])
      expect(stopState(wrong)).toHaveProperty('problem');
  });

  test('reading never throws, and what was written is what is read', () => {
    const piece = fc.constantFrom(
      '## 1. x',
      '```json place',
      '```',
      '~~~~',
      '{"a":1}',
      '**Question:**',
      '**Question:** why',
      '<details><summary>Answer</summary>',
      '</details>',
      '[a](simulator:tdmr-pamt)',
      '> q',
      '\\## y',
      '\\\\```json place',
      '---',
      '    ## z',
      'words',
      '',
      '`x` ```',
      '\u2028',
    );
    const text = fc.array(piece, { maxLength: 8 }).map((lines) => lines.join('\n'));
    const optional = fc.option(text, { nil: undefined });
    const trimmed = (written: string) =>
      written
        .split('\n')
        .map((line) => line.trimEnd())
        .join('\n')
        .trim();
    fc.assert(
      fc.property(
        fc.array(fc.record({ words: text, question: optional, answer: optional, placed: fc.boolean() }), {
          minLength: 1,
          maxLength: 3,
        }),
        text,
        (stops, words) => {
          expect(() => readPath(words)).not.toThrow();
          const path: ReadingPath = {
            title: 'T "x"',
            words,
            stops: stops.map(({ placed, question, answer, words: said }) => ({
              title: 'One',
              words: said,
              ...(placed ? { target } : { simulator: 'tdmr-pamt' }),
              ...(question === undefined ? {} : { question }),
              ...(answer === undefined ? {} : { answer }),
            })),
          };
          const { path: again, problems } = readPath(pathText(path));
          expect(problems).toEqual([]);
          expect(again.stops).toHaveLength(stops.length);
          for (const [at, stop] of again.stops.entries()) {
            const { words: said = '', question, answer } = stops[at] ?? {};
            expect(withoutClosing(stop.words, said)).toBe(trimmed(said));
            expect(stop.question && withoutClosing(stop.question, question ?? '')).toBe(question && trimmed(question));
            expect(stop.answer && withoutClosing(stop.answer, answer ?? '')).toBe(answer && trimmed(answer));
          }
        },
      ),
      { seed: 9, numRuns: 300 },
    );
  });

  test('costs time linear in its text', () => {
    const start = performance.now();
    for (const line of ['## x', '> ', '```', '\\', '**Question:** ', '[', '<details><summary>Answer</summary>'])
      readPath(`---\npatchgloss-path: 1\n---\n${`${line}\n`.repeat(100_000)}`);
    expect(performance.now() - start).toBeLessThan(4000);
  });
});

/** A fence that was left open is closed when it is written. */
function withoutClosing(read: string, written: string): string {
  const lines = read.split('\n');
  const trimmed = written
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .trim();
  return read !== trimmed && /^(?:`{3,}|~{3,})$/.test(lines.at(-1) ?? '') ? lines.slice(0, -1).join('\n').trim() : read;
}

test('of a path with very many mistakes the first are told, and that there are more', () => {
  const { problems } = readPath(`---\npatchgloss-path: 1\n---\n${'## A stop without a place\n\n'.repeat(5000)}`);
  expect(problems.length).toBe(101);
  expect(problems.at(-1)?.message).toMatch(/^More is wrong/);
});
