import { describe, expect, test } from 'vitest';
import { folds, type MessageAnswer, messageAnswer, type OutlineItem, outline, readText } from '#features';
import { mail } from './threads.ts';

const PATCH = [
  'diff --git a/cold.c b/warm.c',
  'similarity index 90%',
  'rename from cold.c',
  'rename to warm.c',
  '--- a/cold.c',
  '+++ b/warm.c',
  '@@ -1,2 +1,2 @@ boil()',
  '-cold',
  '+warm',
  ' pot',
  'diff --git a/pot.png b/pot.png',
  'new file mode 100644',
  'GIT binary patch',
  'literal 3',
  'KcmZQzU|?imU',
  '',
  'diff --git a/run.sh b/run.sh',
  'old mode 100644',
  'new mode 100755',
  'diff --git a/old.c b/old.c',
  'deleted file mode 100644',
  '--- a/old.c',
  '+++ /dev/null',
  '@@ -1 +0,0 @@',
  '-old',
  '',
].join('\n');

const REPLY = [
  '> diff --git a/tea.c b/tea.c',
  '> --- a/tea.c',
  '> +++ b/tea.c',
  '> @@ -10,3 +10,5 @@ boil()',
  '>  fill',
  '> +heat',
  'Why?',
  '> +wait',
  '>  pour',
  '',
  'And this?',
  '',
  '>  rinse',
  '> @@ -50 +52,2 @@',
  '>  dry',
  '> +shelve',
  '',
  '> > +\tdrink(pot);',
  '',
].join('\n');

function answerTo(text: string): MessageAnswer {
  const reading = readText(text);
  const page = reading.page(0);
  if (!page) throw new Error('The mail was not read.');
  return messageAnswer(page, reading.mailbox.source, '0:0', undefined);
}

function rows(items: readonly OutlineItem[]): unknown[] {
  return items.map(({ kind, name, detail, children }) => [kind, name, detail, ...rows(children)]);
}

describe('the outline of a patch', () => {
  test('says what happens to each file', () => {
    const [message] = outline(readText(mail(PATCH).text));
    expect(rows(message?.children ?? [])).toEqual([
      ['file', 'warm.c', 'renamed from cold.c, +1 \u22121', ['hunk', 'boil()', 'line 1']],
      ['file', 'pot.png', 'new, binary'],
      ['file', 'run.sh', 'mode 100644 to 100755'],
      ['file', 'old.c', 'deleted, +0 \u22121', ['hunk', 'line 0', 'line 0']],
    ]);
  });

  test('says of a quoted hunk that it goes on behind the words of a reply, and at which line', () => {
    const [message] = outline(readText(mail(REPLY).text));
    expect(rows(message?.children ?? [])).toEqual([
      ['quote', 'Quote', '6 lines', ['file', 'tea.c', '+1 \u22120', ['hunk', 'boil()', 'line 10']]],
      [
        'quote',
        'Quote',
        '2 lines',
        ['file', 'tea.c', 'continued, +1 \u22120', ['hunk', 'boil()', 'continued, line 12']],
      ],
      [
        'quote',
        'Quote',
        '4 lines',
        [
          'file',
          'tea.c',
          'continued, +1 \u22120',
          ['hunk', 'boil()', 'continued, line 14'],
          ['hunk', 'line 52', 'line 52'],
        ],
      ],
      [
        'quote',
        'Quote',
        '1 line',
        [
          'quote',
          'Quote',
          '1 line',
          ['file', '(unnamed file)', '+1 \u22120', ['hunk', 'a hunk without its header', '']],
        ],
      ],
    ]);
  });
});

test('a piece of a quoted hunk folds once, and hides no word of the reply', () => {
  const { text } = mail(REPLY);
  const pieces = folds(readText(text)).filter((fold) => fold.kind === 'diff');
  const starts = pieces.map(({ place }) => place.start);
  expect(new Set(starts).size).toBe(starts.length);
  for (const { place } of pieces) {
    for (const line of text.slice(place.start, place.end).split('\n').slice(1)) expect(line).toMatch(/^>/);
  }
});

describe('the list of diffs of a message', () => {
  test('has each file of a patch with its lines, its hunks and whether it is binary', () => {
    const { diffs } = answerTo(mail(PATCH).text);
    expect(diffs).toEqual([
      { before: 'cold.c', after: 'warm.c', added: 1, removed: 1, hunks: 1, line: 1, depth: 0 },
      { after: 'pot.png', added: 0, removed: 0, hunks: 0, binary: true, line: 11, depth: 0 },
      { before: 'run.sh', after: 'run.sh', added: 0, removed: 0, hunks: 0, line: 17, depth: 0 },
      { before: 'old.c', added: 0, removed: 1, hunks: 1, line: 20, depth: 0 },
    ]);
  });

  test('has a quoted file once, also when words stand between its lines', () => {
    const { diffs, lines } = answerTo(mail(REPLY).text);
    expect(diffs).toEqual([
      { before: 'tea.c', after: 'tea.c', added: 3, removed: 0, hunks: 2, line: 1, depth: 1 },
      { added: 1, removed: 0, hunks: 1, damaged: 'the header of the hunk was left out', line: 18, depth: 2 },
    ]);
    const kinds = lines.map(({ kind }) => kind);
    expect(kinds.slice(3, 9)).toEqual(['hunk', 'context', 'added', 'text', 'added', 'context']);
    expect(kinds[17]).toBe('added');
  });
});
