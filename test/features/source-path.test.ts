import { describe, expect, it, test } from 'vitest';
import { pathInside, readText, sourceNameAt } from '#features';

test.each([
  '/etc/passwd',
  '../x.c',
  'a/../../x.c',
  'a/..',
  '..',
  '.',
  './x.c',
  'a/./x.c',
  'a//x.c',
  '',
  'a/',
  '/',
  '.git/config',
  'a/.git/hooks/post-checkout',
  '.GIT/config',
  'git~1/config',
  'C:/windows/x.c',
  'c:x.c',
  'a\\b.c',
  '..\\x.c',
  '\\\\host\\share',
  'file:///etc/passwd',
  'https://example.org/x.c',
  'a\u0000b.c',
  'a\nb.c',
  'a\u007f.c',
  'con',
  'a/NUL.c',
  'com1.c',
  'lpt9',
  'x.c.',
  'x.c ',
  'a /x.c',
  'a./x.c',
  'a\u202egnp.exe',
  'a\u2066b.c',
  'x?.c',
  'x*.c',
  'a|b',
  'a"b',
  'a<b',
  '\uff0egit/config',
  'x'.repeat(2000),
])('%j leads nowhere', (label) => {
  expect(pathInside(label)).toBeUndefined();
});

test.each([
  ['mm/memory.c'],
  ['Documentation/virt/kvm/x86/mmu.rst'],
  ['.gitignore'],
  ['arch/x86/.clang-format'],
  ['a b/c.txt'],
  ['tools/\u00e4.c'],
])('%j leads down', (label) => {
  expect(pathInside(label)).toEqual(label.split('/'));
});

describe('a name in a mail', () => {
  const mail =
    'From: a@example.org\nSubject: tea\n\nSee mm/tea.c:42 and warm_pot(), kettle, https://example.org/mm/cup.c here.\n\n> In b/mm/pot.c we call pour_tea().\n\ndiff --git a/mm/tea.c b/mm/tea.c\n--- a/mm/tea.c\n+++ b/mm/tea.c\n@@ -1,2 +1,2 @@\n fill(pot);\n-pour(pot);\n+pour(cup);\n';
  const nameAt = (words: string, into = 1) => {
    const found = sourceNameAt(readText(mail), mail.indexOf(words) + into);
    return found && { ...found, place: mail.slice(found.place.start, found.place.end) };
  };

  it('may be a file, with a line', () => {
    expect(nameAt('mm/tea.c:42')).toEqual({ place: 'mm/tea.c:42', path: ['mm', 'tea.c'], line: 42 });
    expect(nameAt('b/mm/pot.c')).toEqual({ place: 'b/mm/pot.c', path: ['mm', 'pot.c'] });
    expect(nameAt('+++ b/mm/tea.c', 6)).toEqual({ place: 'b/mm/tea.c', path: ['mm', 'tea.c'] });
  });

  it('with line 0, which no file has, is the file', () => {
    const text = 'From: a@example.org\nSubject: tea\n\nSee mm/tea.c:0 here.\n';
    const found = sourceNameAt(readText(text), text.indexOf('mm/tea.c'));
    expect(found).toMatchObject({ path: ['mm', 'tea.c'] });
    expect(found).not.toHaveProperty('line');
  });

  it('may be a function; a plain word is none, and an address is none', () => {
    expect(nameAt('warm_pot()')).toEqual({ place: 'warm_pot()', symbol: 'warm_pot' });
    expect(nameAt('kettle')).toBeUndefined();
    expect(nameAt('mm/cup.c')).toBeUndefined();
    expect(nameAt('fill(pot)')).toMatchObject({ symbol: 'fill' });
  });
});

it('a line of paths without an end is read in time that grows with it', () => {
  const mail = `From: a@example.org\nSubject: tea\n\n${'a/'.repeat(200_000)}\n`;
  expect(sourceNameAt(readText(mail), 100)?.path?.length).toBeLessThanOrEqual(21);
});
