import { describe, expect, it, test } from 'vitest';
import { commitAt, links, mailTarget, messageIdAt, readText } from '#features';

const mail = (body: string) =>
  `From: Ada Example <ada@example.org>\nSubject: tea\nMessage-ID: <20240101120000.1-1-ada@example.org>\n\n${body}\n`;

describe('a mail that is not here', () => {
  const text = mail(
    'See <20240101120000.1-2-ada@example.org>, https://lore.kernel.org/all/3@example.org/ and <20240101120000.1-1-ada@example.org>.',
  );

  it('is known by its id, and an address leads where it says', () => {
    expect(links(readText(text)).map(({ target, messageId, bare }) => [target, messageId, bare])).toEqual([
      ['https://lore.kernel.org/all/20240101120000.1-2-ada%40example.org/', '20240101120000.1-2-ada@example.org', true],
      ['https://lore.kernel.org/all/3@example.org/', '3@example.org', undefined],
      ['patchgloss:0', undefined, undefined],
    ]);
  });

  it('is named at its place', () => {
    const at = (words: string) => messageIdAt(readText(text), text.indexOf(words) + 2)?.messageId;
    expect([at('20240101120000.1-2'), at('lore.kernel'), at('See')]).toEqual([
      '20240101120000.1-2-ada@example.org',
      '3@example.org',
      undefined,
    ]);
  });
});

it('a link to a mail says who wrote it, when, and about what, and not as markup', () => {
  const hostile = mail('Hm.').replace(
    'Subject: tea',
    'Date: Mon, 8 Jan 2024 10:00:00 +0000\nSubject: [tea](command:x)',
  );
  const { tooltip = '' } = mailTarget(readText(hostile), 0) ?? {};
  expect(tooltip).toContain('Ada Example \u00b7 Mon, 8 Jan 2024 10:00:00 +0000 \u00b7 ');
  expect(mailTarget(readText(hostile), 1)).toBeUndefined();
});

test.each([
  ['letters of another script', 'https://lore.kern\u0435l.org/all/', 'xn--'],
  ['a stroke that is no stroke', 'https://lore.kernel.org\u2215all.example.org/x', 'xn--'],
  ['a user before the host', 'https://lore.kernel.org@evil.example/', '@evil.example'],
  ['wide letters', 'https://\uff45vil.example/', 'https://evil.example/'],
])('the whole host is shown in ASCII: %s', (_what, address, shown) => {
  const [found] = links(readText(mail(`See ${address} for more.`)));
  // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII is what is expected.
  expect(found?.tooltip).toMatch(/^[\x00-\x7f]*$/);
  expect(found?.tooltip).toContain(shown);
  expect(found?.target).toBe(found?.tooltip);
});

test.each(['javascript:alert(1)', 'command:workbench.action.quit', 'file:///etc/passwd', 'vscode://x/y'])(
  '%s is no link',
  (address) => {
    expect(links(readText(mail(`See ${address} for more.`)))).toEqual([]);
  },
);

describe('a trailer', () => {
  const text = mail(
    'Warm it.\n\nFixes: 0123456789ab ("tea: Warm the pot")\nReported-by: Bo <bo@example.org>\nCloses: https://lore.kernel.org/all/3@example.org/\nLink: <https://example.org/tea>.\nSigned-off-by: Ada <ada@example.org>',
  );

  it('leads to the commit that it fixes, and to what it links', () => {
    const found = links(readText(text)).map(({ place, target, messageId }) => [
      text.slice(place.start, place.end),
      target,
      messageId,
    ]);
    expect(found).toEqual([
      ['0123456789ab ("tea: Warm the pot")', 'https://git.kernel.org/torvalds/c/0123456789ab', undefined],
      ['https://lore.kernel.org/all/3@example.org/', 'https://lore.kernel.org/all/3@example.org/', '3@example.org'],
      ['https://example.org/tea', 'https://example.org/tea', undefined],
    ]);
  });

  it('names a commit at its place, and no person is one', () => {
    const at = (words: string) => commitAt(readText(text), text.indexOf(words) + 1)?.hash;
    expect([at('0123456'), at('tea: Warm'), at('Fixes:'), at('Bo <bo')]).toEqual([
      '0123456789ab',
      '0123456789ab',
      undefined,
      undefined,
    ]);
  });
});
