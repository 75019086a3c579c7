import { describe, expect, it, test } from 'vitest';
import { browserAddress, readText, type SourceBrowser, sourceBrowserOf, sourceLinks, sourceNameAt } from '#features';

const mail = (body: string) => `From: a@example.org\nSubject: Use pour_tea() in mm/tea.c\n\n${body}`;

function linked(body: string): string[] {
  const text = mail(body);
  const steps = sourceLinks(readText(text));
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value.map(({ place }) => text.slice(place.start, place.end));
  }
}

describe('in running text a link is', () => {
  test.each([
    ['a file, with its line', 'See mm/tea.c:42, then drivers/tea/Kconfig.', ['mm/tea.c:42', 'drivers/tea/Kconfig']],
    ['a function that is written as one', 'warm_pot() calls boil(), not water_level.', ['warm_pot()', 'boil()']],
    ['an option of Kconfig', 'Without CONFIG_TEA=y nothing is warm.', ['CONFIG_TEA']],
    ['a name in a quote', '> It is in mm/tea.c, in pour_tea().\n\nYes.', ['mm/tea.c', 'pour_tea()']],
    [
      'a file that a diff is about, once',
      '--- a/mm/tea.c\n+++ b/mm/tea.c\n@@ -1 +1 @@\n-pour();\n+boil();\n',
      ['b/mm/tea.c'],
    ],
  ])('%s', (_what, body, names) => {
    expect(linked(body).toSorted()).toEqual(names.toSorted());
  });

  test.each([
    ['two words with a stroke', 'Reading and/or writing, x86/tea: 1/2.'],
    ['a part of an address', 'See https://example.org/mm/tea.c and ada@example.org.'],
    ['a trailer', 'Warm it.\n\nFixes: 0123456789ab ("mm/tea.c: use warm_pot()")\n'],
    ['a family of options', 'All of CONFIG_TEA_* is on.'],
    ['a way out of the tree', 'See ../mm/tea.c and a/../../tea.c.'],
    ['a signature', 'Warm it.\n\n-- \nwarm_pot() forever'],
    ['a term that a note explains', 'It calls add_memory_resource() there.'],
  ])('not %s', (_what, body) => {
    expect(linked(body)).toEqual([]);
  });
});

describe('in a diff of a Kconfig file an option needs no prefix', () => {
  const text = mail(
    'diff --git a/mm/Kconfig b/mm/Kconfig\n--- a/mm/Kconfig\n+++ b/mm/Kconfig\n@@ -1,3 +1,5 @@\n config TEA\n+\tdepends on POT && (CUP || !ICE)\n+\tselect WATER if HOT\n \thelp\n \t  Makes TEA.\n',
  );
  const option = (words: string, into = 0) => sourceNameAt(readText(text), text.indexOf(words) + into)?.option;

  it('where the line says that it is one', () => {
    expect(option('config TEA', 8)).toBe('TEA');
    expect(option('POT')).toBe('POT');
    expect(option('ICE')).toBe('ICE');
    expect(option('WATER')).toBe('WATER');
    expect(option('HOT')).toBe('HOT');
  });

  it('and not in its help', () => {
    expect(option('TEA.')).toBeUndefined();
  });

  it('also where a quote was cut so that the file is not known', () => {
    const quote = mail('> +\tselect WATER_POT\n> -\tdepends on POT\n> @@ -1,2 +1,2 @@\n> +\tselect CUP_OF\n');
    expect(sourceNameAt(readText(quote), quote.indexOf('CUP_OF'))?.option).toBe('CUP_OF');
  });
});

const elixir = [
  'https://example.org/source/{path}#L{line}',
  'https://example.org/A/{name}',
  'https://example.org/K/{config}',
];
const place = { start: 0, end: 1 };

describe('the address in a browser', () => {
  const { browser, wrong } = sourceBrowserOf(elixir);

  it('is made of the template for the kind of name', () => {
    expect(wrong).toEqual([]);
    expect(browserAddress(browser, { place, path: ['mm', 'tea.c'], line: 42 })).toBe(
      'https://example.org/source/mm/tea.c#L42',
    );
    expect(browserAddress(browser, { place, path: ['mm', 'tea.c'] })).toBe('https://example.org/source/mm/tea.c');
    expect(browserAddress(browser, { place, symbol: 'warm_pot' })).toBe('https://example.org/A/warm_pot');
    expect(browserAddress(browser, { place, option: 'TEA' })).toBe('https://example.org/K/CONFIG_TEA');
  });

  it('keeps what a mail says within one part of it', () => {
    expect(browserAddress(browser, { place, path: ['a?b', '#c%2f..', '{name}'] })).toBe(
      'https://example.org/source/a%3Fb/%23c%252f../%7Bname%7D',
    );
  });

  it('asks by name for an option, where there is no template for options, and for nothing else than what was configured', () => {
    const { browser: few }: { browser: SourceBrowser } = sourceBrowserOf(['https://example.org/?q={name}&line={line}']);
    expect(browserAddress(few, { place, option: 'TEA' })).toBe('https://example.org/?q=CONFIG_TEA&line=1');
    expect(browserAddress(few, { place, path: ['mm', 'tea.c'] })).toBeUndefined();
    expect(browserAddress(sourceBrowserOf([]).browser, { place, symbol: 'tea' })).toBeUndefined();
  });
});

test.each([
  'http://example.org/{path}',
  'file:///{path}',
  'command:run?{name}',
  'javascript:alert({name})',
  'https://{name}.example.org/',
  'https://example.org{path}',
  'https://ada@example.org/{name}',
  'https://example.org\\{path}',
  'https://example.org/',
  '{path}',
  '',
  42,
  `https://example.org/{path}${'x'.repeat(2000)}`,
])('%j is no template', (template) => {
  expect(sourceBrowserOf([template])).toEqual({ browser: {}, wrong: [template] });
});
