import { describe, expect, test } from 'vitest';
import { hiddenSigns, readText } from '#features';

function patch(line: string, from = 'Ada Lindqvist <ada@example.org>', prose = 'The pot is cold.'): string {
  return [
    `From: ${from}`,
    'Subject: [PATCH] tea: warm the pot',
    '',
    prose,
    '---',
    'diff --git a/tea.c b/tea.c',
    '--- a/tea.c',
    '+++ b/tea.c',
    '@@ -1,1 +1,2 @@',
    ' fill();',
    `+${line}`,
    '',
  ].join('\n');
}

const found = (text: string) => hiddenSigns(readText(text), 0);

describe('characters that hide', () => {
  test('in a diff are told by their code point, at their place', () => {
    const text = patch('if (a\u200cb)');
    expect(found(text)).toEqual([
      {
        place: { start: text.indexOf('\u200c'), end: text.indexOf('\u200c') + 1 },
        code: 'U+200C',
        turns: false,
        where: 'diff',
      },
    ]);
  });

  test('are told where letters of another script stand beside them', () => {
    const signs = found(patch('/* \u4f60\u597d \u202e \u05e9\u05dc\u05d5\u05dd */ \u30ab\u200b'));
    expect(signs.map(({ code, turns }) => [code, turns])).toEqual([
      ['U+202E', true],
      ['U+200B', false],
    ]);
  });

  test('are not letters of other scripts, tabs, page breaks, or ends of lines', () => {
    expect(found(patch('\tprintf("\u0417\u0434\u0440\u0430\u0432 \u4f60 \u00e9 \u2615\ufe0f");\f'))).toEqual([]);
    expect(found(patch('crlf();\r\n+more();\r'))).toEqual([]);
  });

  test('are told in the name of the sender, the subject and trailers, and in prose they are not', () => {
    expect(found(patch('heat();', 'Ada \u202eLindqvist <ada@example.org>')).map(({ where }) => where)).toEqual([
      'name',
    ]);
    expect(found(patch('heat();', undefined, 'The \u200bpot\u2014\u202f'))).toEqual([]);
    expect(found(patch('heat();', undefined, 'Warm it.\n\nReviewed-by: B\u200ben <ben@example.org>'))).toHaveLength(1);
    expect(found(patch('heat();', '=?utf-8?q?A=E2=80=AEda?= <ada@example.org>')).map(({ code }) => code)).toEqual([
      'U+202E',
    ]);
  });

  test.each([
    ['\u061c', 'U+061C'],
    ['\u2066', 'U+2066'],
    ['\ufeff', 'U+FEFF'],
    ['\u00ad', 'U+00AD'],
    ['\u2028', 'U+2028'],
    ['\u3164', 'U+3164'],
    ['\u0007', 'U+0007'],
    ['\u{e0041}', 'U+E0041'],
  ])('%j is %s', (sign, code) => {
    expect(found(patch(`a${sign}b`)).map((one) => one.code)).toEqual([code]);
  });

  test('are bounded: a hundred a message', () => {
    expect(found(patch('\u200b'.repeat(100_000)))).toHaveLength(100);
  });
});
