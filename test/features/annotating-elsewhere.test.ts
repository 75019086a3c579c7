import { describe, expect, test } from 'vitest';
import { type Annotation, anchor, newAnnotation } from '#annotations';
import { anchorAt, faintMarks, type NotePlacing, notedReading, notePlacings, readText } from '#features';

const mail = (id: string, subject: string, body: string, answers?: string) =>
  [
    'From ada@example.org Mon Jul  3 10:00:00 2023',
    'From: Ada Example <ada@example.org>',
    `Subject: ${subject}`,
    'Date: Mon, 3 Jul 2023 10:00:00 +0200',
    `Message-ID: <${id}@example.org>`,
    ...(answers === undefined ? [] : [`In-Reply-To: <${answers}@example.org>`, `References: <${answers}@example.org>`]),
    '',
    body,
    '',
  ].join('\n');

const patch = (message: string, line: number, added: string) => `${message}

Signed-off-by: Ada Example <ada@example.org>
---
 tea.c | 3 ++-
 1 file changed, 2 insertions(+), 1 deletion(-)

diff --git a/tea.c b/tea.c
--- a/tea.c
+++ b/tea.c
@@ -${line},3 +${line},4 @@ int main(void)
 	fill(kettle);
-	pour(kettle);
+	${added}
+	pour_slowly(kettle, cup);
 	drink(cup);
`;

const FIRST = mail(
  'v1',
  '[PATCH] tea: warm the pot',
  patch('A cold pot takes the heat out of the first cup.', 10, 'warm(pot);'),
);
const REPLY = mail(
  'r1',
  'Re: [PATCH] tea: warm the pot',
  `On Mon, Jul 3, 2023, Ada Example wrote:
> A cold pot takes the heat out of the first cup.

Only of the first?

> +	pour_slowly(kettle, cup);

How slowly?
`,
  'v1',
);
const AGAIN = mail(
  'r2',
  'Re: [PATCH] tea: warm the pot',
  `On Mon, Jul 3, 2023, Ben Sample wrote:
> On Mon, Jul 3, 2023, Ada Example wrote:
> > A cold pot takes the heat out of the first cup.
>
> Only of the first?

Yes.
`,
  'r1',
);
const SECOND = mail(
  'v2',
  '[PATCH v2] tea: heat the pot first',
  patch('A cold pot takes the heat out of all cups.', 37, 'warm(pot);'),
);

function noteOn(source: string, words: string): Annotation {
  const start = source.indexOf(words);
  const spot = anchorAt(readText(source), start, start + words.length);
  if (!spot) throw new Error('There is no such spot.');
  return newAnnotation({
    ...{ id: 'urn:example:1', textId: 'urn:example:2', now: '2023-07-04T09:00:00Z', kind: 'question', text: 'Why?' },
    target: anchor(spot),
  });
}

function placed(annotation: Annotation, ...sources: readonly string[]): NotePlacing {
  const [answer] = notePlacings([{ reading: readText(sources.join('\n')) }], [annotation]);
  if (!answer) throw new Error('There is no answer.');
  return answer;
}

function resultOf<Result>(steps: Generator<unknown, Result>): Result {
  for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value;
}

const PROSE = 'A cold pot takes the heat out of the first cup.';
const CODE = '+\tpour_slowly(kettle, cup);';

describe('a note shows where its words are quoted', () => {
  test('in each later reply, at its depth', () => {
    const { where, echoes } = placed(noteOn(FIRST, PROSE), FIRST, REPLY, AGAIN);
    expect(where).toMatchObject({ key: '0:0', line: 1 });
    expect(echoes).toEqual([
      { key: '0:1', line: 2, column: 3, endLine: 2, endColumn: 3 + PROSE.length, depth: 1 },
      { key: '0:2', line: 3, column: 5, endLine: 3, endColumn: 5 + PROSE.length, depth: 2 },
    ]);
  });

  test('and a note on a quote where the words were said', () => {
    const { where, echoes } = placed(noteOn(REPLY, PROSE), FIRST, REPLY, AGAIN);
    expect(where).toMatchObject({ key: '0:1', line: 2 });
    expect(echoes?.map(({ key, depth }) => ({ key, depth }))).toEqual([
      { key: '0:0', depth: 0 },
      { key: '0:2', depth: 2 },
    ]);
  });

  test('nowhere when nobody quotes them', () => {
    expect(placed(noteOn(FIRST, 'drink(cup);'), FIRST, REPLY).echoes).toBeUndefined();
  });
});

describe('a note on a patch is carried to its next version', () => {
  test('which is known by what it changes, though its lines moved and its subject is another', () => {
    const answer = placed(noteOn(FIRST, CODE), SECOND);
    expect(answer).toMatchObject({
      state: 'placed',
      where: { key: '0:0' },
      carried: { from: 'v1@example.org', fromVersion: 1, version: 2 },
    });
  });

  test('beside its place in the version it was written on', () => {
    const answer = placed(noteOn(FIRST, CODE), FIRST, REPLY, SECOND);
    expect(answer).toMatchObject({ state: 'placed', where: { key: '0:0' } });
    expect(answer.carried).toBeUndefined();
    expect(answer.carriedTo).toMatchObject([{ key: '0:2', version: 2, column: 1, endColumn: 1 + CODE.length }]);
  });

  test('only where the content is the same', () => {
    const other = mail('v2', '[PATCH v2] tea: warm the pot', patch('A cold pot is a cold pot.', 37, 'heat(water);'));
    expect(placed(noteOn(FIRST, PROSE), other).state).toBe('lost');
    expect(placed(noteOn(FIRST, '+\twarm(pot);'), FIRST, other).carriedTo).toBeUndefined();
  });

  test('a reply that quotes it is no version of it', () => {
    expect(placed(noteOn(FIRST, PROSE), REPLY)).toMatchObject({ state: 'placed', depthChange: 1 });
    expect(placed(noteOn(FIRST, PROSE), REPLY).carried).toBeUndefined();
  });
});

test('a note in a diff names its file, hunk and line, and the patch by what it changes', () => {
  const [one, other] = [FIRST, SECOND].map((source) => {
    const start = source.indexOf(CODE);
    return anchorAt(readText(source), start, start + CODE.length);
  });
  expect(one?.diff).toEqual({ file: 'tea.c', side: 'after', line: 12, section: 'int main(void)' });
  expect(other?.diff?.line).toBe(39);
  expect(one?.patchId).toMatch(/^[0-9a-f]{64}$/);
  expect(other?.patchId).toBe(one?.patchId);
  expect(anchorAt(readText(REPLY), REPLY.indexOf('Only'), REPLY.indexOf('Only') + 4)?.patchId).toBeUndefined();
});

test('what is shown faintly stands in the source at the quoted words', () => {
  const source = [FIRST, REPLY, AGAIN, SECOND].join('\n');
  const reading = readText(source);
  const notes = [noteOn(FIRST, PROSE), { ...noteOn(FIRST, CODE), id: 'urn:example:2' }];
  const noted = resultOf(notedReading(reading, notes));
  const [prose, code] = resultOf(faintMarks(noted, resultOf(noted.place(notes))));
  const textAt = ({ place }: { place: { start: number; end: number } }) => source.slice(place.start, place.end);
  expect(prose?.echoes.map(textAt)).toEqual([PROSE, PROSE]);
  expect(prose?.echoes.every(({ place }) => place.start > FIRST.length)).toBe(true);
  expect(code?.carriedTo.map((one) => ({ text: textAt(one), version: one.version }))).toEqual([
    { text: CODE, version: 2 },
  ]);
  expect(code?.echoes.map(textAt)).toEqual([CODE]);
});
