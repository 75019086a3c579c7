import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addReply, changeStatus, emptyStore, formatStore } from '#annotations';
import { type Host, startHost } from '../host/host.ts';
import { invented } from '../host/invented.ts';
import { themes, type Workbench } from '../host/workbench.ts';
import { mailbox, noteOn } from './noted.ts';

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
  const names = readdirSync(folder).filter((name) => name.endsWith('.jsonld'));
  return names.map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')));
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
    await workbench.editor.locator('.comment-range-glyph[class*="comment-thread"]').first().click();
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

  test('is resolved from its head', async () => {
    await workbench.editor.locator('.comment-range-glyph[class*="comment-thread"]').first().click();
    await workbench.page.locator('.review-widget .action-label[aria-label^="Resolve Note"]').first().click();
    await expect.poll(() => JSON.stringify(stored()[0])).toContain('"patchgloss:status":"resolved"');
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

describe('the notes of a thread', () => {
  const pane = () =>
    workbench.page.locator('.pane', { has: workbench.page.locator('.pane-header[aria-label*="Annotations"]') });
  const row = (text: RegExp) => pane().locator('.monaco-list-row', { hasText: text });

  beforeAll(async () => {
    const folder = join(host.workspace, '.patchgloss/annotations');
    mkdirSync(folder, { recursive: true });
    for (const name of readdirSync(folder)) writeFileSync(join(folder, name), '');
    const question = noteOn(
      'Readers take no lock',
      'question',
      'What orders the flag? See [PAMT](concept:pamt). #locking',
    );
    const answer = {
      textId: 'urn:example:answer',
      now: '2024-03-07T09:00:00Z',
      text: 'A release store.',
      creator: 'Ada',
    };
    const notes = [
      addReply(question, answer),
      noteOn('+\tfill_table(&table);', 'todo', 'Look at the error path.'),
      noteOn('The table is filled once', 'insight', 'It is never written again.'),
      changeStatus(noteOn('Which flag?', 'remark', 'Answered in v2.'), 'resolved', '2024-03-08T09:00:00Z'),
      noteOn('A line that is said twice.', 'remark', 'Which of the two?', (mail) =>
        mail.replace(/What else\?\n.*twice\.\n/, ''),
      ),
      noteOn('It is filled at noon.', 'question', 'Who took it out?', (mail) =>
        mail.replace('at boot.', 'at boot.\nIt is filled at noon.'),
      ),
    ];
    writeFileSync(join(host.workspace, 'noted.mbox'), mailbox);
    const store = { ...emptyStore('noted.jsonld', '[PATCH 1/2] mm: fill the table'), annotations: notes };
    writeFileSync(join(folder, 'noted.jsonld'), formatStore(store));
    // Two windows at once would be two extension hosts.
    await workbench.page.close();
    workbench = await host.open({ open: 'noted.mbox' });
    await workbench.page.locator('.activitybar .action-item a[aria-label^="Patchgloss"]').click();
    await workbench.page.locator('.pane-header[aria-label*="Annotations"]').waitFor();
    for (const header of await workbench.page.locator('.sidebar .pane-header').all()) {
      const isOurs = (await header.getAttribute('aria-label'))?.includes('Annotations') === true;
      if (((await header.getAttribute('aria-expanded')) === 'true') !== isOurs)
        await header.click({ position: { x: 30, y: 10 } });
    }
    await row(/Unplaced/).waitFor();
  });

  test('are listed, those without a place first, with the reason and the places they may have', async () => {
    expect(
      await row(/Who took it out/)
        .first()
        .getAttribute('aria-label'),
    ).toMatch(/lost.*not in it any more/);
    expect(
      await row(/Which of the two/)
        .first()
        .getAttribute('aria-label'),
    ).toMatch(/ambiguous, places: 2/);
    expect(await row(/^line \d+.*twice/).count()).toBe(2);
    expect(
      await row(/Answered in v2/)
        .first()
        .getAttribute('aria-label'),
    ).toMatch(/Remark, resolved/);
  });

  test('stand in the reading view, with their answers', async () => {
    const widgets = workbench.page.locator('.review-widget', { hasText: /A release store/ });
    await workbench.goTo(1, 1);
    await workbench.page.keyboard.press('Alt+F9');
    await widgets.first().waitFor();
    await workbench.run('Patchgloss: Open Reading View');
    await workbench.page.locator('.tab', { hasText: /fill the table\.eml/ }).waitFor();
    await workbench.page.keyboard.press('Alt+F9');
    await expect.poll(() => widgets.count(), { timeout: 10_000 }).toBe(2);
    await workbench.picture('note-thread-reading');
  });

  test.each(themes)('are drawn in $id', async (theme) => {
    await workbench.showTheme(theme);
    await workbench.picture(`notes-unplaced-${theme.file}`);
  });

  test('get the place that a reader chooses', async () => {
    const candidates = row(/^line \d+.*twice/);
    await candidates.last().hover();
    await candidates.last().locator('.action-label[aria-label^="Place Here"]').click();
    await expect.poll(() => candidates.count()).toBe(0);
    await expect.poll(() => row(/Unplaced/).innerText()).toMatch(/\(1\)/);
  });
});
