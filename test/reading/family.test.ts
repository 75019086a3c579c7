import { describe, expect, it } from 'vitest';
import { textSource } from '#mailast';
import { familiesOf, openMailbox, type PostedTraits, traitsOf } from '#reading';

function posted(subject: string, lines: readonly string[], from = 'ada@example.org', trailers = ''): PostedTraits {
  const diff =
    lines.length === 0
      ? ''
      : `---\ndiff --git a/tea.c b/tea.c\n--- a/tea.c\n+++ b/tea.c\n@@ -1,1 +1,${lines.length + 1} @@\n boil();\n${lines.map((line) => `+${line}`).join('\n')}\n`;
  const text = `From: ${from}\nSubject: ${subject}\n\nWords.\n\n${trailers}${diff}`;
  return traitsOf(diff === '' ? 'cover' : 'patch', subject, from, openMailbox(textSource(text)).message(0).tree);
}

const LINES = ['warm(pot, 1);', 'pour(kettle, pot);', 'wait(pot, DRAWN);', 'stir(pot);', 'drink(pot, SLOWLY);'];

function related(one: PostedTraits[], other: PostedTraits[]): boolean {
  const [a, b] = familiesOf([one, other]);
  return a === b;
}

describe('two threads hold versions of one series', () => {
  it('when the author gave both one change-id, whatever else differs', () => {
    const id = 'change-id: 20240101-warm-pot-0123456789ab\n';
    const one = posted('[PATCH 0/2] tea: Warm', [], 'ada@example.org', id);
    expect(related([one], [posted('[PATCH v2 0/9] kettle', [], 'ben@example.org', id)])).toBe(true);
    const others = id.replace('0101', '0102');
    expect(related([one], [posted('[PATCH v2 0/9] kettle', [], 'ben@example.org', others)])).toBe(false);
  });

  it('when one author posts them under one subject, or under half of the subjects', () => {
    expect(related([posted('[PATCH 0/2] Tea', [])], [posted('[RFC PATCH v2 0/7] tea', [])])).toBe(true);
    expect(related([posted('[PATCH] tea', ['a();'])], [posted('[PATCH v2] tea', ['b();'], 'ben@example.org')])).toBe(
      false,
    );
    const series = (...titles: string[]) => titles.map((title) => posted(`[PATCH] ${title}`, [`${title}_only();`]));
    expect(related(series('a', 'b', 'c', 'd'), series('a', 'b', 'x', 'y'))).toBe(true);
    expect(related(series('a', 'b', 'c', 'd'), series('a', 'w', 'x', 'y'))).toBe(false);
  });

  it('when one author changes mostly the same lines under another subject', () => {
    const renamed = posted('[PATCH v2] kettle: Prepare', ['warm(pot, 2);', ...LINES.slice(1)]);
    expect(related([posted('[PATCH] tea: Warm the pot', LINES)], [renamed])).toBe(true);
    const other = posted('[PATCH v2] kettle: Prepare', [
      'warm(pot, 1);',
      'a(long);',
      'b(long);',
      'c(long);',
      'd(long);',
    ]);
    expect(related([posted('[PATCH] tea: Warm the pot', LINES)], [other])).toBe(false);
  });

  it('but not when they are for the trees of two older kernels', () => {
    expect(related([posted('[PATCH 6.1 1/9] tea', LINES)], [posted('[PATCH 5.10 1/4] tea', LINES)])).toBe(false);
    expect(related([posted('[PATCH 6.1 1/9] tea', LINES)], [posted('[PATCH 6.1 v2 1/4] tea', LINES)])).toBe(true);
  });
});

it('a custom of one author makes no family, and nor do lines that are in all of his patches', () => {
  const threads = Array.from({ length: 300 }, (_, at) => [
    posted('[PATCH] MAINTAINERS: Update', [`line_${at}();`, `more_${at}();`]),
    posted(`[PATCH] tea: ${at}`, [`tea_${at}();`, ...LINES]),
  ]);
  expect(new Set(familiesOf(threads)).size).toBe(300);
});
