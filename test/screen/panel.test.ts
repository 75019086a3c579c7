import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Host, startHost } from '../host/host.ts';
import { invented } from '../host/invented.ts';
import { themes, type Workbench } from '../host/workbench.ts';

let host: Host;
let workbench: Workbench;

beforeAll(async () => {
  host = await startHost({ files: invented });
  workbench = await host.open({ open: 'thread.mbox' });
});
afterAll(() => host?.stop());

const told = () => workbench.webview.locator('.told').innerText();
const count = () => workbench.webview.locator('.count').innerText();

async function countIs(text: RegExp): Promise<void> {
  await workbench.webview.locator('.count', { hasText: text }).waitFor();
}

describe('from a word in a mail to the simulator, and back', () => {
  test('the link of a hover opens the simulator beside the mail, and the mail keeps the keyboard', async () => {
    await workbench.hover(/PAMT\sfor/, /Physical Address Metadata Table/);
    await workbench.page.locator('.monaco-hover:visible a', { hasText: /Run/ }).first().click();
    await workbench.webview.locator('h1').waitFor();
    expect(await workbench.webview.locator('svg.pg-scene').count()).toBeGreaterThan(0);
    expect(await workbench.webview.locator('.lesson').innerText()).not.toBe('');
    // The caret's place is shown only while a text editor is the active one.
    expect(await workbench.status(/Ln \d+, Col \d+/).isVisible()).toBe(true);
    await workbench.picture('panel-opened');
  });

  test('the arrow keys step, Home and End go to the ends, R goes back', async () => {
    // The hover stays as long as the mouse is over it, and it reaches over the panel.
    await workbench.page.mouse.move(4, 400);
    await workbench.page.locator('.monaco-hover:visible').first().waitFor({ state: 'hidden' });
    await workbench.webview.locator('h1').click();
    await workbench.page.keyboard.press('Home');
    await countIs(/^Step 0 of \d+$/);
    await workbench.page.keyboard.press('ArrowRight');
    await countIs(/^Step 1 of/);
    const first = await told();
    await workbench.page.keyboard.press('ArrowRight');
    await countIs(/^Step 2 of/);
    expect(await told()).not.toBe(first);
    await workbench.page.keyboard.press('ArrowLeft');
    await countIs(/^Step 1 of/);
    expect(await told()).toBe(first);
    await workbench.page.keyboard.press('End');
    const last = /of (\d+)/.exec(await count())?.[1];
    await countIs(new RegExp(`^Step ${last} of`));
    await workbench.page.keyboard.press('r');
    await countIs(/^Step 0 of/);
  });

  test('a step says what happened, the rule and the kernel function', async () => {
    await workbench.page.keyboard.press('ArrowRight');
    await countIs(/^Step 1 of/);
    expect(await workbench.webview.locator('.because').innerText()).toMatch(/\.$/);
    expect(await workbench.webview.locator('.rule').innerText()).toMatch(/rule [a-z-]+ · .*\(\)/);
    expect(await workbench.webview.locator('.unseen[role="status"]').innerText()).toMatch(/^Step 1 of \d+\. /);
  });

  test('the picture has a text twin, and its pieces can be named by key', async () => {
    await workbench.webview.locator('.canvas').focus();
    await workbench.page.keyboard.press('ArrowDown');
    await workbench.webview.locator('.inspected-piece').waitFor();
    expect(await workbench.webview.locator('.inspected').innerText()).not.toBe('');
    await workbench.webview.locator('details.as-text summary').click();
    expect(await workbench.webview.locator('.twin').innerText()).toContain('node 0');
    await workbench.webview.locator('details.as-text summary').click();
  });

  test('a changed parameter runs anew, and a bad one is refused where it stands', async () => {
    const field = workbench.webview.locator('[data-parameter="nodes"] input');
    await field.fill('2');
    await field.press('Enter');
    await workbench.webview.locator('.unseen[role="status"]', { hasText: /Run again/ }).waitFor({ state: 'attached' });
    await field.fill('999');
    await field.press('Enter');
    await workbench.webview
      .locator('[data-parameter="nodes"] .problem:visible', { hasText: /from \d+ to \d+/ })
      .waitFor();
    await field.fill('1');
    await field.press('Enter');
    await workbench.webview.locator('[data-parameter="nodes"] .problem').waitFor({ state: 'hidden' });
  });

  test('the way back leads to the word in the mail', async () => {
    await workbench.webview.locator('.origin button').click();
    await workbench.status(/Ln 8, Col \d+ \(4 selected\)/).waitFor();
  });
});

describe('the panel in every theme', () => {
  test.each(themes)('$id: nothing that axe finds wrong', async (theme) => {
    await workbench.webview.locator('h1').click();
    await workbench.page.keyboard.press('End');
    await workbench.showTheme(theme);
    await workbench.picture(`panel-${theme.look}`);
    expect(await workbench.auditWebview()).toEqual([]);
  });

  test('the policy of the page lets nothing else in', async () => {
    const policy = await workbench.webview
      .locator('meta[http-equiv="Content-Security-Policy"]')
      .getAttribute('content');
    const rules = new Map(policy?.split('; ').map((rule) => [rule.split(' ')[0], rule] as const));
    expect(rules.get('default-src')).toBe("default-src 'none'");
    expect(rules.get('script-src')).toMatch(/^script-src 'nonce-[0-9a-f]{32}'$/);
    expect(policy).not.toMatch(/unsafe|https: |\*(?!\.)/);
    expect(rules.get('img-src')).toBe('img-src data:');
    expect([...rules.keys()].sort()).toEqual([
      'base-uri',
      'default-src',
      'form-action',
      'img-src',
      'script-src',
      'style-src',
    ]);
  });
});

describe('between the note, the panel and the mail', () => {
  const preview = () => workbench.page.frameLocator('iframe.webview.ready').last().frameLocator('iframe#active-frame');

  test('the panel leads to a note that explains it, and the note says from which line it was asked', async () => {
    await workbench.webview.locator('.notes button', { hasText: /^PAMT$/ }).click();
    await preview().locator('h1', { hasText: /PAMT/ }).waitFor();
    await preview()
      .locator('p', { hasText: /Opened from \[PATCH 1\/2\] .*Allocate PAMTs, line 8\./ })
      .waitFor();
    await workbench.picture('note-from-panel');
  });

  test('the note leads to the simulator', async () => {
    expect(await preview().locator('a[href*="run/tdmr-pamt"]').count()).toBeGreaterThan(0);
  });
});
