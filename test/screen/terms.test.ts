import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Host, startHost } from '../host/host.ts';
import { themes, type Workbench } from '../host/workbench.ts';

let host: Host;
let workbench: Workbench;

beforeAll(async () => {
  host = await startHost({ files: ['media/samples'] });
  workbench = await host.open({ open: 'tdx-pamt-thread.mbox' });
});
afterAll(() => host?.stop());

const row = (text: RegExp) => workbench.page.locator('.pane .monaco-list-row', { hasText: text }).first();

/** How wide the dotted lines are that are on the screen, in characters. */
function underlined(): Promise<readonly number[]> {
  const measure = `(() => {
    const editor = document.querySelector('.editor-instance');
    const word = [...editor.querySelectorAll('.view-line span span')].find((one) => one.children.length === 0 && one.textContent.length > 8);
    const character = word.getBoundingClientRect().width / word.textContent.length;
    return [...editor.querySelectorAll('.view-overlays .cdr')]
      .filter((one) => getComputedStyle(one).borderBottomStyle === 'dotted')
      .map((one) => Math.round(one.getBoundingClientRect().width / character));
  })()`;
  return workbench.page.evaluate<readonly number[]>(measure);
}

async function showConcepts(): Promise<void> {
  await workbench.page.locator('.activitybar .action-item a[aria-label^="Patchgloss"]').click();
  await row(/^PAMT/).waitFor();
}

describe('the Concepts view', () => {
  test('lists the terms of the thread, the heaviest first, and says how many are explained', async () => {
    await showConcepts();
    expect(await workbench.page.locator('.pane .message', { hasText: /explained/ }).innerText()).toMatch(
      /terms explained/,
    );
    const label = await row(/^PAMT/).getAttribute('aria-label');
    expect(label).toMatch(
      /Physical Address Metadata Table\. TDX · host memory\. Mentions: \d+; messages: \d; people: \d/,
    );
    await workbench.picture('concepts-list');
  });

  test('leads to a mention', async () => {
    await row(/^TDMR/).click();
    await row(/times · |line \d+ · /).click();
    await workbench.status(/Ln \d+, Col \d+ \(4 selected\)/).waitFor();
    await workbench.picture('concepts-mention');
  });

  test('groups by field', async () => {
    await workbench.page.locator('.sidebar .action-label[aria-label^="Group by Field"]:visible').click();
    await row(/^TDX/).waitFor();
    await workbench.picture('concepts-by-field');
    await workbench.page.locator('.sidebar .action-label[aria-label^="Show as List"]:visible').click();
    await row(/^PAMT/).waitFor();
  });
});

describe('terms in the text', () => {
  test.each(themes)('are underlined in $id', async (theme) => {
    await workbench.showTheme(theme);
    await workbench.goTo(20, 1);
    await expect.poll(underlined).toContain('TDX module'.length);
    expect(await underlined()).toContain('alloc_contig_pages()'.length);
    await workbench.picture(`terms-${theme.file}`);
  });
});

describe('hovers that want a modifier', () => {
  const tooltip = () => workbench.page.locator('.monaco-hover:visible', { hasText: /Physical Address Metadata Table/ });
  const over = async (word: RegExp) => {
    const box = await workbench.line(word).boundingBox();
    if (!box) throw new Error(`${word} is not on the screen`);
    // The term begins with the fourth word of the line.
    await workbench.page.mouse.move(box.x + 170, box.y + box.height / 2);
    await workbench.page.mouse.move(box.x + 180, box.y + box.height / 2 + 1, { steps: 3 });
  };

  test('show nothing by themselves, the note with Ctrl, and the hover by key', async () => {
    workbench.settle({ 'patchgloss.hovers': 'withModifier' });
    await workbench.goTo(12, 14);
    await over(/Physical\sAddress/);
    await workbench.page.waitForTimeout(1500);
    expect(await tooltip().count()).toBe(0);
    await workbench.page.keyboard.down('Control');
    // The editor looks for the note with the first move, and shows it with one that comes later.
    const note = workbench.page.locator('.monaco-hover:visible', { hasText: /bookkeeping/ });
    const shown = async () => {
      await over(/Physical\sAddress/);
      await workbench.page.waitForTimeout(700);
      return note.count();
    };
    await expect.poll(shown, { timeout: 10_000 }).toBe(1);
    await workbench.picture('terms-modifier');
    await workbench.page.keyboard.up('Control');
    await workbench.leave();
    expect(await workbench.hoverAtCaret(/Physical Address Metadata Table/)).toContain('PAMT');
    await workbench.leave();
    workbench.settle({});
  });
});

describe('pages about terms', () => {
  const preview = () => workbench.page.frameLocator('iframe.webview.ready').last().frameLocator('iframe#active-frame');

  test('a list to read, each term after those it needs', async () => {
    await workbench.run("Patchgloss: Explain This Thread's Terms");
    await preview()
      .locator('h1', { hasText: /Terms of this thread/ })
      .waitFor();
    await workbench.picture('terms-reading-list');
    await preview()
      .locator('h3 a', { hasText: /^PAMT$/ })
      .click();
    await preview()
      .locator('h2', { hasText: /In this thread/ })
      .waitFor();
    await preview()
      .locator('h2', { hasText: /In this thread/ })
      .scrollIntoViewIfNeeded();
    await workbench.picture('note-backlinks');
  });
});
