import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Host, startHost } from '../host/host.ts';
import { themes, type Workbench } from '../host/workbench.ts';

let host: Host;
let workbench: Workbench;

const mail = (
  who: string,
  id: number,
  subject: string,
  body: string,
) => `From ${who}@example.org Mon Jan  8 10:00:00 2024
From: ${who} Example <${who}@example.org>
Subject: ${subject}
Message-ID: <screen-${id}@example.org>
${id === 1 ? '' : `In-Reply-To: <screen-${id - 1}@example.org>\n`}Date: Mon, ${7 + id} Jan 2024 10:00:00 +0000

${body}
`;

const diff = `diff --git a/drivers/tea/pot.c b/drivers/tea/pot.c
--- a/drivers/tea/pot.c
+++ b/drivers/tea/pot.c
@@ -40,9 +40,12 @@ static int make_tea(struct pot *pot)
 {
 \tint cups = 2; /* one for the pot,
 \t\t\t not for us */
+\tint ret;
 
-\tpour(pot, "cold water");
-\treturn 0;
+\tret = warm(pot, 0x60);
+\tif (ret)
+\t\treturn ret;
+\tpour(pot, "water");
 
 \treturn cups;
 }`;

const thread = [
  mail(
    'ada',
    1,
    '[PATCH] tea: Warm the pot first',
    `A pot that is cold cools the water which we pour.\nSo warm it before anybody pours.\n\nSigned-off-by: ada Example <ada@example.org>\n---\n${diff}\n-- \n2.43.0\n`,
  ),
  mail(
    'bo',
    2,
    'Re: [PATCH] tea: Warm the pot first',
    `On Mon, 8 Jan 2024, ada Example wrote:\n> A pot that is cold warms the water which we pour.\n> So warm it before anybody pours.\n\nThree things:\n\n- it is late,\n- the cups are blue.\n\n>  \tint cups = 2; /* one for the pot,\n>  \t\t\t not for us */\n\nHow many is that?\n\n> -\treturn 0;\n> +\tret = warm(pot, 0x60);\n\nHow warm is that?`,
  ),
  mail(
    'ada',
    3,
    'Re: [PATCH] tea: Warm the pot first',
    `On Tue, 9 Jan 2024, bo Example wrote:\n>> -\treturn 0;\n>> +\tret = warm(pot, 0x60);\n>\n> How warm is that?\n\nGood point, warm enough.`,
  ),
  mail(
    'ada',
    4,
    '[PATCH v2] tea: Warm the pot first',
    `A pot that is cold cools the water which we pour.\nSo warm it before anybody pours.\n\nSigned-off-by: ada Example <ada@example.org>\n---\n${diff.replace('0x60', '0x61').replace('@@ -40,9 +40,12', '@@ -90,9 +90,12')}\n-- \n2.43.0\n`,
  ),
].join('\n');

beforeAll(async () => {
  host = await startHost({ files: { 'tea.mbox': thread } });
  workbench = await host.open({ open: 'tea.mbox' });
});
afterAll(() => host?.stop());

const line = (words: string) => thread.slice(0, thread.indexOf(words)).split('\n').length;

describe('a quoted diff', () => {
  test.each(themes)('has its colours in $id', async (theme) => {
    await workbench.showTheme(theme);
    await workbench.goTo(line('> -\treturn'), 6);
    await workbench.page.waitForTimeout(1200);
    await workbench.picture(`argument-diff-${theme.file}`);
  });

  test('says which line it is and what was cut above it, and peeks at that', async () => {
    await workbench.goTo(line('> -\treturn'), 6);
    expect(await workbench.hoverAtCaret(/cut above/)).toMatch(/pot\.c,\smake_tea\(\),\sline\s\d+/);
    await workbench.picture('argument-hover');
    await workbench.page
      .locator('.monaco-hover:visible a', { hasText: /cut above/ })
      .first()
      .click();
    await workbench.page
      .locator('.peekview-widget .view-line', { hasText: /int\sret/ })
      .first()
      .waitFor();
    for (const theme of themes) {
      await workbench.showTheme(theme);
      await workbench.picture(`argument-cut-${theme.file}`);
    }
    await workbench.page.keyboard.press('Escape');
  });

  test('leads to where it was said', async () => {
    await workbench.goTo(line('>> -\treturn'), 4);
    await workbench.page.keyboard.press('F12');
    await workbench.caretAt(line('-\treturn 0'), 1);
  });
});

describe('the review ledger', () => {
  test('lists remarks with what became of them, and leads to each', async () => {
    await workbench.page.locator('.activitybar .action-item a[aria-label^="Patchgloss"]').click();
    const header = workbench.page.locator('.pane-header[aria-label^="Review Ledger"]');
    if ((await header.getAttribute('aria-expanded')) !== 'true') await header.click();
    // In the middle of a narrow header stand its buttons.
    for (const name of ['Threads', 'Concepts', 'Annotations']) {
      const other = workbench.page.locator(`.pane-header[aria-label*="${name}"]`);
      if ((await other.getAttribute('aria-expanded')) === 'true') await other.click({ position: { x: 30, y: 10 } });
      await workbench.page.locator(`.pane-header[aria-label*="${name}"][aria-expanded="false"]`).waitFor();
    }
    const row = (text: RegExp) => workbench.page.locator('.pane .monaco-list-row', { hasText: text }).first();
    await row(/How many is that/).waitFor();
    expect(await row(/How many is that/).getAttribute('aria-label')).toMatch(/open\. bo Example: How many is that/);
    expect(await workbench.page.locator('.pane .message', { hasText: /remark/ }).innerText()).toMatch(
      /3 remarks, 1 open, 1 patch without review/,
    );
    // The rows are made anew while the thread is read on; a click meanwhile meets one that goes.
    await workbench.retry(async () => {
      const remark = row(/How warm is that/);
      if ((await remark.getAttribute('aria-expanded')) !== 'true') await remark.locator('.monaco-tl-twistie').click();
      await row(/warm enough/).waitFor({ timeout: 4000 });
    });
    for (const theme of themes) {
      await workbench.showTheme(theme);
      await workbench.picture(`argument-ledger-${theme.file}`);
    }
    await row(/warm enough/).click();
    await workbench.caretAt(line('Good point'), 1);
  });
});

describe('two versions of a patch', () => {
  test('are compared in the diff editor', async () => {
    await workbench.page.locator('.tab', { hasText: /tea\.mbox/ }).click();
    await workbench.goTo(line('A pot that is cold'), 1);
    await workbench.run('Patchgloss: Compare Versions...');
    await workbench.page
      .locator('.quick-input-list .monaco-list-row', { hasText: /1 changed/ })
      .first()
      .waitFor();
    await workbench.picture('argument-versions-pick');
    await workbench.pick(/v1/);
    await workbench.page.locator('.tab', { hasText: /v1 \u2192 v2: tea: Warm/ }).waitFor();
    await workbench.page.locator('.monaco-diff-editor .view-line', { hasText: /0x61/ }).first().waitFor();
    await workbench.picture('argument-versions');
    expect(await workbench.page.locator('.pane .message', { hasText: /3 remarks/ }).count()).toBe(1);
  });
});
