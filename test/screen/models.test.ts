import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { simulators } from '#simulators';
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

/** Opens a shared text as a reader does who was sent one. */
async function openShared(share: string, title: RegExp): Promise<void> {
  await workbench.run('Patchgloss: Open Simulator...');
  await workbench.page.locator('.quick-input-widget:visible input.input').first().fill(share);
  await workbench.pick(/Open the shared state/);
  await workbench.webview.locator('h1', { hasText: title }).waitFor();
}

afterEach(async () => {
  await workbench.page.keyboard.press('Escape');
  const panel = workbench.page.locator('.tab.active .codicon-close');
  if ((await workbench.page.locator('iframe.webview.ready').count()) === 0) return;
  await panel.last().click();
  await workbench.page.locator('iframe.webview.ready').first().waitFor({ state: 'detached' });
});

const [light, dark] = themes;

describe('every simulator has a panel that can be looked at', () => {
  test.each(simulators.map((simulator) => [simulator.id, simulator] as const))('%s', async (id, simulator) => {
    const scenario = simulator.scenarios[0];
    if (!scenario || !light || !dark) throw new Error(`${id} has no scenario`);
    await openShared(`${id}?scenario=${scenario.id}`, /./);
    for (const theme of [light, dark]) {
      await workbench.showTheme(theme);
      await workbench.picture(`model-${id}-${theme.look}`);
      expect(await workbench.auditWebview()).toEqual([]);
    }
    expect(await workbench.webview.locator('.canvas').first().getAttribute('aria-label')).toMatch(/Picture: .+/);
  });
});

describe('two policies side by side', () => {
  test('a value is chosen for the run beside, and both are stepped together to where they part', async () => {
    await openShared('memory-hotplug?scenario=approach-1&against.policy=merged', /Approach 1/);
    const { webview } = workbench;
    await webview.locator('.side.right svg, .side.right table').first().waitFor();
    expect(await webview.locator('.side-name').allInnerTexts()).toEqual([
      expect.stringMatching(/Approach 1/),
      expect.stringMatching(/Merged/),
    ]);
    expect(await webview.locator('.beside').innerText()).toMatch(/\d+ of \d+ steps differ/);
    await webview.locator('h1').click();
    await workbench.page.keyboard.press('Home');
    await workbench.page.keyboard.press('d');
    await webview.locator('.told.parted').waitFor();
    expect(await webview.locator('.told .because').count()).toBe(2);
    expect(await webview.locator('.tick.parted').count()).toBeGreaterThan(0);
    await workbench.picture('compare');
    expect(await workbench.auditWebview()).toEqual([]);
    // And put away again.
    await webview.locator('.beside-form vscode-single-select').first().click();
    await webview.locator('.beside-form .option', { hasText: 'Nothing beside it' }).click();
    await webview.locator('.pictures.compared').waitFor({ state: 'detached' });
  });
});

describe('a way to a state that is asked for', () => {
  test('the panel finds the shortest way to the deadlock, and walks it', async () => {
    await openShared('populate-locks?step=-1', /lock/i);
    const { webview } = workbench;
    await webview.locator('summary', { hasText: 'Every state within a bound' }).click();
    await webview
      .locator('.goals button', { hasText: /deadlock/i })
      .first()
      .click();
    await webview.locator('h1', { hasText: /shortest way/ }).waitFor();
    expect(await webview.locator('.token').first().textContent()).toMatch(/populate-locks\?goal=/);
    await workbench.picture('shortest-way');
    await webview.locator('.goals button', { hasText: 'which situations?' }).first().click();
    await webview
      .locator('.exploring', { hasText: /\d+ of \d+ situations within the bound lead to deadlock/ })
      .waitFor();
    await webview.locator('vscode-button', { hasText: 'Walk all states' }).click();
    await webview.locator('.exploring', { hasText: /\d+ states/ }).waitFor();
  });
});

describe('with the keyboard alone', () => {
  test('a panel is opened, stepped, changed and put beside another run', async () => {
    await openShared('page-pinning?scenario=refcount-is-not-a-pin&step=-1', /./);
    const { webview, page } = workbench;
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowRight');
    await webview.locator('.count', { hasText: /^Step 1 of/ }).waitFor();
    await page.keyboard.press('End');
    const select = webview.locator('[data-parameter="kernel"] vscode-single-select');
    for (let tabs = 0; tabs < 60; tabs++) {
      if (await select.evaluate((one) => one.matches(':focus-within') || one === document.activeElement)) break;
      await page.keyboard.press('Tab');
    }
    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await webview.locator('.unseen[role="status"]', { hasText: /Run again/ }).waitFor({ state: 'attached' });
  });
});

describe('a picture and a trace to keep', () => {
  test.each([
    ['Picture as SVG', 'svg', /^<svg[^>]+>[\s\S]*<\/svg>$/],
    ['Trace as Markdown', 'md', /^# [\s\S]*## Steps/],
    ['Picture as PNG', 'png', /^\u0089PNG/],
  ])('%s', async (label, ending, form) => {
    await openShared('tdmr-pamt?scenario=one-chunk&step=3', /chunk/);
    const { webview } = workbench;
    await webview.locator('summary', { hasText: 'Keep or share this state' }).click();
    await webview.locator('vscode-button', { hasText: label }).click();
    const input = workbench.page.locator('.quick-input-widget:visible input.input').first();
    await expect.poll(() => input.inputValue()).toMatch(new RegExp(`tdmr-pamt-one-chunk-step-4\\.${ending}$`));
    const path = await input.inputValue();
    await workbench.page.keyboard.press('Enter');
    const file = join(host.workspace, path.split('/').at(-1) ?? '');
    await expect.poll(() => existsSync(file) && readFileSync(file, 'latin1').length > 0).toBe(true);
    expect(readFileSync(file, 'latin1')).toMatch(form);
  });
});
