import { expect, it } from 'vitest';
import { readText } from '#features';
import { briefOf, htmlBrief } from '#features/sharing';

const PATCH =
  'A cold pot cools the water.\n\nSigned-off-by: Ada Example <ada@example.org>\n---\ndiff --git a/tea.c b/tea.c\n--- a/tea.c\n+++ b/tea.c\n@@ -1,2 +1,3 @@ int make_tea(void)\n \tboil(kettle);\n+\twarm(pot, FOR_A_MINUTE);\n \tpour(kettle, pot);\n';
const REPLY = '> +\twarm(pot, FOR_A_MINUTE);\n\nWhy a minute?\n';

const mails = [
  ['Ada Example', '[PATCH] tea: warm the pot', PATCH],
  ['Ben Muster', 'Re: [PATCH] tea: warm the pot', REPLY],
].map(
  ([from, subject, body], at) =>
    `From x Mon Jan  1 00:00:00 2024\nFrom: ${from} <x${at}@example.org>\nSubject: ${subject}\nMessage-ID: <${at}@example.org>\n${at === 0 ? '' : 'In-Reply-To: <0@example.org>\n'}\n${body}`,
);
const files = [{ path: '/home/ada/mail/tea.mbox', reading: readText(mails.join('\n')) }];

it('a page says who holds what and what is open, and each of its links leads to a line that is there', () => {
  const page = [...htmlBrief(files)].join('');
  expect(page).toContain('<li><b>Ben Muster</b>: 1 remark: 1 asked and not answered. <a href="#m0:1-3">');
  expect(page).toContain('<p>Asked, and not answered:</p><ul><li>Ben Muster: Why a minute?');
  const targets = [...page.matchAll(/href="#(m[^"]+)"/g)].map(([, target]) => target);
  expect(targets.length).toBeGreaterThan(3);
  for (const target of targets) expect(page.split(`id="${target}"`)).toHaveLength(2);
});

it('a brief in Markdown names places by the file alone, where no other file is called so', () => {
  expect(briefOf(files)).toContain('## Positions\n\n* Ben Muster: 1 remark: 1 asked and not answered. (tea.mbox:26)');
  const twice = [...files, { path: '/home/ben/tea.mbox', reading: readText('From: x\n\nx\n') }];
  expect(briefOf(twice)).toContain('(/home/ada/mail/tea.mbox:26)');
});
