import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Host, startHost } from '../host/host.ts';
import { invented } from '../host/invented.ts';
import type { Workbench } from '../host/workbench.ts';

let host: Host;
let workbench: Workbench;

beforeAll(async () => {
  host = await startHost({ files: invented });
  workbench = await host.open({ open: 'thread.mbox' });
  await workbench.hover(/PAMT\sfor/, /Physical Address Metadata Table/);
  await workbench.leave();
});
afterAll(() => host?.stop());

function stored(): { items: { body: { value: string }[] }[] }[] {
  const folder = join(host.workspace, '.patchgloss/annotations');
  return readdirSync(folder).map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')));
}

describe('a note in the margin', () => {
  test('is written beside a line, and kept in the workspace', async () => {
    const widget = await workbench.comment(
      /How\slarge\sis\sthe\sPAMT/,
      'About **1/256** of the memory.',
      /^Save\sNote$/,
    );
    expect(await widget.locator('.comment-body').innerText()).toContain('About 1/256 of the memory.');
    await workbench.picture('note-written');
    await expect.poll(() => stored()[0]?.items[0]?.body[0]?.value).toBe('About **1/256** of the memory.');
  });

  test('is there after the window was loaded anew, and so is the step of the simulator', async () => {
    await workbench.run('Patchgloss: Open Simulator...');
    await workbench.pick(/Three\sPAMTs\sin\sone\schunk/);
    await workbench.webview.locator('h1').click();
    await workbench.page.keyboard.press('Home');
    for (const step of [1, 2, 3]) {
      await workbench.page.keyboard.press('ArrowRight');
      await workbench.webview.locator('.count', { hasText: new RegExp(`^Step ${step} of`) }).waitFor();
    }
    const title = await workbench.webview.locator('h1').innerText();
    await workbench.reload();
    await workbench.webview.locator('h1', { hasText: title }).waitFor();
    await workbench.webview.locator('.count', { hasText: /^Step 3 of/ }).waitFor();
    await workbench.line(/How\slarge/).waitFor();
    const hover = await workbench.hover(/large\sis\sthe/, /Your\snote/);
    expect(hover.replaceAll('\u00a0', ' ')).toContain('Your note: About **1/256** of the memory.');
    await workbench.picture('note-after-reload');
    await workbench.leave();
  });

  test('can be changed and deleted, and the deletion undone', async () => {
    await workbench.editor.locator('.comment-thread, .comment-range-glyph.comment-thread').first().click();
    const widget = workbench.page.locator('.review-widget').first();
    await widget.locator('.comment-body').waitFor();
    await widget.locator('.action-label[aria-label^="Edit Note"]').click();
    const box = widget.locator('.edit-container .monaco-editor');
    await box.waitFor();
    await workbench.page.keyboard.press('Control+a');
    await workbench.page.keyboard.type('Less with Dynamic PAMT.');
    await widget.locator('.form-actions .monaco-button', { hasText: /^Save$/ }).click();
    await expect.poll(() => stored()[0]?.items[0]?.body[0]?.value).toBe('Less with Dynamic PAMT.');
    await widget.locator('.action-label[aria-label^="Delete Note"]').click();
    await workbench.page.locator('.notifications-toasts', { hasText: /The\snote\swas\sdeleted/ }).waitFor();
    await expect.poll(() => stored()[0]?.items.length).toBe(0);
    await workbench.page.locator('.notifications-toasts .monaco-button', { hasText: /^Undo$/ }).click();
    await expect.poll(() => stored()[0]?.items[0]?.body[0]?.value).toBe('Less with Dynamic PAMT.');
  });
});

describe('commands for mail', () => {
  test('are offered in a mail and not elsewhere', async () => {
    await workbench.editor.click({ position: { x: 200, y: 40 } });
    expect(await workbench.offers('Patchgloss: Open Reading View')).toBe(true);
    expect(await workbench.offers('Patchgloss: Go to Source Line')).toBe(false);
  });

  test('a note of the glossary opens in the preview', async () => {
    await workbench.run('Patchgloss: Open Concept Note...');
    await workbench.page.locator('.quick-input-widget input[placeholder^="A term"]').fill('Physical Address Metadata');
    await workbench.pick(/PAMT/);
    const preview = workbench.page.frameLocator('iframe.webview.ready').last().frameLocator('iframe#active-frame');
    await preview.locator('h1', { hasText: /PAMT/ }).waitFor();
    await workbench.picture('concept-note');
    await preview
      .locator('a', { hasText: /^TDMR$/ })
      .first()
      .click();
    await preview.locator('h1', { hasText: /TDMR/ }).waitFor();
  });
});
