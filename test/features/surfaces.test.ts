import { describe, expect, test } from 'vitest';
import {
  commitAt,
  complaints,
  conceptPage,
  folds,
  isMail,
  links,
  messageAt,
  type OutlineItem,
  outline,
  readBytes,
  readingView,
  readText,
} from '#features';
import { mail } from './threads.ts';

const thread = [
  'From ada@example.org Mon Mar  4 08:12:40 2024',
  'From: Ada Lindqvist <ada@example.org>',
  'Subject: [PATCH v2 1/2] tea: warm the pot',
  'Date: Mon, 4 Mar 2024 09:12:31 +0100',
  'Message-ID: <20240304081231.1-1-ada@example.org>',
  '',
  'The pot is cold [1].',
  '',
  '[1] https://example.org/pots',
  '',
  'Signed-off-by: Ada Lindqvist <ada@example.org>',
  '---',
  'diff --git a/tea.c b/tea.c',
  '--- a/tea.c',
  '+++ b/tea.c',
  '@@ -1,2 +1,3 @@ static void boil(void)',
  ' fill();',
  '+heat();',
  ' wait();',
  '-- ',
  '2.43.0',
  '',
  'From ben@example.org Mon Mar  4 15:40:03 2024',
  'From: Ben Okafor <ben@example.org>',
  'Subject: Re: [PATCH v2 1/2] tea: warm the pot',
  '',
  'On Mon, Mar 4, 2024, Ada Lindqvist wrote:',
  '> On Sun, Mar 3, 2024, Chiara Moretti wrote:',
  '> > Why?',
  '> Because.',
  '',
  'Fine.',
  '',
].join('\n');

describe('the outline', () => {
  const [patch, reply] = outline(readText(thread));

  test('lists messages with their authors, files with their hunks, and the trailers', () => {
    expect(patch).toMatchObject({
      name: '[PATCH v2 1/2] tea: warm the pot',
      detail: 'Ada Lindqvist',
    });
    expect(patch?.children.map(({ kind, name, detail }) => [kind, name, detail])).toEqual([
      ['trailers', 'Trailers', 'Signed-off-by'],
      ['file', 'tea.c', '+1 \u22120'],
    ]);
    expect(patch?.children[1]?.children.map((hunk) => hunk.name)).toEqual(['static void boil(void)']);
  });

  test('names who speaks in each quote', () => {
    expect(reply?.children[0]).toMatchObject({ kind: 'quote', name: 'Ada Lindqvist', detail: '3 lines' });
    expect(reply?.children[0]?.children[0]).toMatchObject({ name: 'Chiara Moretti' });
  });

  test('keeps every item inside its parent, and its nameplate inside itself', () => {
    const check = (items: readonly OutlineItem[], start: number, end: number): void => {
      for (const item of items) {
        expect(item.place.start).toBeGreaterThanOrEqual(start);
        expect(item.place.end).toBeLessThanOrEqual(end);
        expect(item.nameplate.start).toBeGreaterThanOrEqual(item.place.start);
        expect(item.nameplate.end).toBeLessThanOrEqual(item.place.end);
        check(item.children, item.place.start, item.place.end);
      }
    };
    check(outline(readText(thread)), 0, thread.length);
  });
});

test('quotes, headers, diffs and signatures fold, and a fold never hides what is not quoted', () => {
  const found = folds(readText(thread));
  expect(new Set(found.map((fold) => fold.kind))).toEqual(new Set(['message', 'header', 'diff', 'signature', 'quote']));
  const quotes = found.filter((fold) => fold.kind === 'quote').map(({ place }) => thread.slice(place.start, place.end));
  expect(quotes).toHaveLength(1);
  for (const line of (quotes[0] ?? '').split('\n')) expect(line).toMatch(/^>/);
});

test('the changes of each version fold under their heading, and end before what is no word of theirs', () => {
  const { text } = mail(
    'Warm it.\n---\nChanges in v3:\n- warm\n\n- warmer\n\nChanges in v2:\n- fill\n\n tea.c | 2 +-\n 1 file changed\n',
  );
  const sections = folds(readText(text)).filter(({ kind }) => kind === 'section');
  expect(sections.map(({ place }) => text.slice(place.start, place.end))).toEqual([
    'Changes in v3:\n- warm\n\n- warmer',
    'Changes in v2:\n- fill',
  ]);
});

test('links lead to web addresses as they stand, and a footnote mark to its definition', () => {
  const found = links(readText(thread));
  expect(found.map(({ place, target }) => [thread.slice(place.start, place.end), target])).toEqual([
    ['[1]', `patchgloss:${thread.indexOf('[1] https')}`],
    ['https://example.org/pots', 'https://example.org/pots'],
  ]);
});

test('a Message-ID, and an address of an archive, lead to the mail when it is here, and say whose it is', () => {
  const first =
    'From x Mon Jan  1 00:00:00 2024\nFrom: Ada Example <ada@example.org>\nSubject: tea\nMessage-ID: <20240101120000.123-1-ada@example.org>\n\nWarm it.\n\n';
  const second =
    'From x Mon Jan  1 00:00:01 2024\nFrom: Ben Example <ben@example.org>\nSubject: pots\nMessage-ID: <2@example.org>\n\nSee <20240101120000.123-1-ada@example.org>, https://lore.kernel.org/all/20240101120000.123-1-ada@example.org/\nand https://lore.kernel.org/all/9-other@example.org/ too.\n';
  const found = links(readText(first + second));
  expect(found.map(({ target, tooltip }) => [target, tooltip])).toEqual([
    ['patchgloss:0', 'Ada Example \u00b7 tea'],
    ['patchgloss:0', 'Ada Example \u00b7 tea'],
    ['https://lore.kernel.org/all/9-other@example.org/', 'https://lore.kernel.org/all/9-other@example.org/'],
  ]);
});

test('a commit that the text names is known at its place, and nowhere else', () => {
  const { text } = mail('Since commit 0123456789ab ("tea: warm the pot") it is warm.\n');
  const at = text.indexOf('0123456789ab');
  const found = commitAt(readText(text), at + 3);
  expect(found?.hash).toBe('0123456789ab');
  expect(text.slice(found?.place.start, found?.place.end)).toContain('0123456789ab');
  expect(commitAt(readText(text), text.indexOf('it is warm'))).toBeUndefined();
});

test('a commit leads to the tree of the kernel, and says its title', () => {
  const { text } = mail('Since commit 0123456789ab ("tea: warm the pot") it is warm.\n');
  expect(links(readText(text)).map(({ target, tooltip }) => [target, tooltip])).toEqual([
    [
      'https://git.kernel.org/torvalds/c/0123456789ab',
      'tea: warm the pot \u00b7 https://git.kernel.org/torvalds/c/0123456789ab',
    ],
  ]);
});

test.each([
  ['a look-alike host is shown in ASCII', 'https://\u0435xample.org/x', 'https://xn--xample-2of.org/x'],
  [
    'a user name in front of the host stays visible',
    'https://lists.example.org@evil.example',
    'https://lists.example.org@evil.example/',
  ],
])('%s', (_what, address, shown) => {
  const { text } = mail(`See ${address} for more.\n`);
  expect(links(readText(text)).map((link) => link.tooltip)).toEqual([shown]);
});

test('a reading view has a short header, decoded text, and a way back for each line', () => {
  const encoded = thread
    .replace('Message-ID', 'Content-Transfer-Encoding: quoted-printable\nMessage-ID')
    .replace('cold', 'c=C3=B4ld=\n');
  const bytes = new TextEncoder().encode(encoded);
  const view = readingView(readBytes(bytes), 0);
  const lines = view?.text.split('\n') ?? [];
  expect(lines[0]).toBe('From: Ada Lindqvist <ada@example.org>');
  expect(lines).not.toContain('Content-Transfer-Encoding: quoted-printable');
  const line = lines.indexOf('The pot is c\u00f4ld [1].');
  expect(line).toBeGreaterThan(0);
  const place = view?.sourceOf(line);
  expect(new TextDecoder().decode(bytes.slice(place?.start, place?.end))).toBe('The pot is c=C3=B4ld=\n [1].');
  expect(readingView(readBytes(bytes), 7)).toBeUndefined();
});

test('a cursor is in the message it stands in', () => {
  const reading = readText(thread);
  expect(messageAt(reading, 10)).toBe(0);
  expect(messageAt(reading, thread.indexOf('Fine.'))).toBe(1);
  expect(messageAt(reading, thread.length)).toBe(1);
});

test('complaints stand where the trouble is', () => {
  const cut = 'From: Ada <ada@example.org>\nSubject: [PATCH] tea\nTo: be';
  const [found] = complaints(readText(cut));
  expect(found).toMatchObject({ ruleId: 'header-cut-off', severity: 'warning' });
  expect(cut.slice(found?.place.start)).toBe('To: be');
});

test('every note has a page with sources; an unknown one has none', () => {
  expect(conceptPage('pamt')).toMatch(/^# PAMT[\s\S]+## Sources\n\n- /);
  expect(conceptPage('no-such-note')).toBeUndefined();
  expect(conceptPage('__proto__')).toBeUndefined();
});

test('mail is told from other text by its first lines', () => {
  expect(isMail(thread)).toBe(true);
  expect(isMail('int main(void)\n{\n\treturn 0;\n}\n')).toBe(false);
  expect(isMail('Title: a note\nThis is a list: one\n')).toBe(false);
});
