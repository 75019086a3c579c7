import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from '../../src/build/setup.mjs';
import { type Host, startHost } from '../host/host.ts';
import { invented } from '../host/invented.ts';
import { closing, opening, pseudoExtension, pseudoLanguage } from '../host/pseudo.ts';
import type { Workbench } from '../host/workbench.ts';

/** The extension with every word of its translations in marks: what stands on the screen without them reaches no translation. */
const extension = pseudoExtension();
let host: Host;
let workbench: Workbench;
beforeAll(async () => {
  host = await startHost({ files: invented, extension, language: pseudoLanguage });
  workbench = await host.open();
});
afterAll(async () => {
  await host?.stop();
  extension.remove();
});

const inMarks = (text: string) => `${opening}${text}${closing}`;
const marked = new RegExp(`${opening}[^${closing}]+${closing}`);

/** Every sentence of ours as a pattern: values that are filled in may be anything. Those of values alone are none. */
const english = Object.keys(JSON.parse(readFileSync(join(root, 'l10n/bundle.l10n.json'), 'utf8')))
  .filter((text) => /[A-Za-z]{3}/.test(text.replace(/\{\d\}/g, '')))
  .map((text) => new RegExp(`^${text.replace(/[.*+?^$()|[\]\\{}]/g, '\\$&').replace(/\\\{\d\\\}/g, '.{1,40}')}$`));

/** The pieces of a text that stand outside of marks and are sentences of ours all the same. */
function leftEnglish(text: string): string[] {
  let outside = text;
  // A value that was filled in has marks of its own.
  for (let before = ''; before !== outside; ) {
    before = outside;
    outside = outside.replace(new RegExp(`${opening}[^${opening}${closing}]*${closing}`, 'g'), ' \u00b7 ');
  }
  return outside
    .split(/ \u00b7 |[.,;]\s|\n/)
    .map((piece) => piece.trim())
    .filter((piece) => english.some((pattern) => pattern.test(piece)));
}

async function texts(of: Locator): Promise<string[]> {
  return (await of.allInnerTexts()).map((text) => text.replace(/\s+/g, ' ').trim()).filter((text) => text !== '');
}

const labels = (of: Locator): Promise<string[]> =>
  of.evaluateAll((all) => all.flatMap((one) => one.getAttribute('aria-label') ?? []));

test('the check itself finds English, and only outside of marks', () => {
  expect(leftEnglish(`Tea \u00b7 3 mails \u00b7 ${inMarks('not read')}`)).toEqual(['3 mails']);
  expect(leftEnglish(`${inMarks(`3 mails ${inMarks('new')} not read`)}. Kettles`)).toEqual([]);
});

test('views have translated names, and say in translated words what to do while they are empty', async () => {
  const { page } = workbench;
  await page.locator('.activitybar .action-label[aria-label^="Patchgloss"]').first().click();
  const panes = page.locator('.sidebar .pane-header');
  await panes.filter({ hasText: opening }).first().waitFor();
  for (const pane of await panes.all()) if ((await pane.getAttribute('aria-expanded')) !== 'true') await pane.click();
  const welcome = page.locator('.welcome-view-content > *');
  await expect.poll(() => welcome.count()).toBeGreaterThan(10);
  for (const text of [...(await texts(panes)), ...(await texts(welcome))]) expect(text).toMatch(marked);
});

test('rows, buttons, the status bar and what stands above a mail are translated', async () => {
  const { page } = workbench;
  await workbench.run(`Patchgloss: ${inMarks('Open Sample Thread')}`);
  await page.locator('.sidebar .monaco-list-row[aria-label*="TDMR"]').first().waitFor();
  await page.locator('.codelens-decoration a', { hasText: opening }).first().waitFor();
  await workbench.picture('language');
  const rows = await labels(page.locator('.sidebar .monaco-list-row'));
  expect(rows.filter((row) => marked.test(row)).length).toBeGreaterThan(8);
  const lenses = await texts(page.locator('.codelens-decoration a'));
  const status = await labels(page.locator('[id^="patchgloss.patchgloss"]'));
  expect(status).toHaveLength(1);
  for (const text of [...rows, ...lenses, ...status]) expect(leftEnglish(text)).toEqual([]);
  const ofTheEditor = /^(?:Collapse All|(?:Views and )?More Actions\.\.\.)$/;
  const buttons = (await labels(page.locator('.sidebar .action-label'))).filter((label) => !ofTheEditor.test(label));
  expect(buttons.length).toBeGreaterThan(5);
  for (const button of buttons) expect(button).toMatch(marked);
});

test('every command that the palette offers in a mail is translated', async () => {
  const { page } = workbench;
  await page.keyboard.press('F1');
  await page.locator('.quick-input-widget:visible input.input').first().fill('>Patchgloss: ');
  const rows = page.locator('.quick-input-list .monaco-list-row .label-name');
  const names = new Set<string>();
  for (let turn = 0; turn < 5; turn++) {
    await page.waitForTimeout(200);
    // Below each name stands what it is called in English.
    for (const name of await texts(rows)) if (name.startsWith('Patchgloss: ')) names.add(name);
    await page.keyboard.press('PageDown');
  }
  await page.keyboard.press('Escape');
  const translated = [...names].filter((name) => marked.test(name));
  expect(translated.length).toBeGreaterThan(12);
  const known = new Set(translated.map((name) => name.replaceAll(opening, '').replaceAll(closing, '')));
  for (const name of names) expect(marked.test(name) || known.has(name)).toBe(true);
});

test('the simulator panel is translated but for the words of the model', async () => {
  const { page, webview } = workbench;
  await workbench.run(`Patchgloss: ${inMarks('Open Simulator...')}`);
  const input = page.locator('.quick-input-widget:visible input.input').first();
  await expect.poll(() => input.getAttribute('placeholder')).toMatch(marked);
  await page.locator('.quick-input-list .monaco-list-row').first().click();
  await webview.locator('h1').waitFor();
  await webview.locator('.count', { hasText: opening }).waitFor();
  const said = await webview.locator('body *').evaluateAll((elements) =>
    elements.flatMap((element) => {
      const own = [...element.childNodes]
        .filter(({ nodeType }) => nodeType === 3)
        .map(({ textContent }) => textContent);
      return [...own, ...['aria-label', 'title', 'placeholder'].map((name) => element.getAttribute(name))];
    }),
  );
  const told = said.flatMap((text) => text?.trim() || []);
  expect(told.filter((text) => marked.test(text)).length).toBeGreaterThan(25);
  for (const text of told) expect(leftEnglish(text)).toEqual([]);
});
