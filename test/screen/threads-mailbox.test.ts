import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Host, startHost } from '../host/host.ts';
import type { Workbench } from '../host/workbench.ts';

/** `PATCHGLOSS_LARGE=1` takes a mailbox that is too large for the editor itself; in megabytes. */
const isLarge = process.env.PATCHGLOSS_LARGE === '1';
const megabytes = isLarge ? 200 : 20;

let host: Host;
let workbench: Workbench;

beforeAll(async () => {
  host = await startHost({ files: { 'small.mbox': mail(0) } });
  write(join(host.workspace, 'large.mbox'));
  workbench = await host.open();
  await workbench.page.locator('.activitybar .action-item a[aria-label^="Patchgloss"]').click();
});
afterAll(() => host?.stop());

const pane = () =>
  workbench.page.locator('.pane', { has: workbench.page.locator('.pane-header[aria-label*="Threads"]') });
const row = (text: RegExp) => pane().locator('.monaco-list-row', { hasText: text }).first();

/** Each tenth one begins a thread; the latest is the last. */
function mail(number: number): string {
  const date = new Date(Date.UTC(2012, 0, 1) + number * 600_000).toUTCString().replace('GMT', '+0000');
  const root = number - (number % 10);
  const [subject, answer] =
    number === root
      ? [`[PATCH] mm: Keep page ${number} where it is`, '']
      : [`Re: [PATCH] mm: Keep page ${root} where it is`, `In-Reply-To: <m${root}@example.org>\n`];
  const body = 'The TDX module needs a PAMT for each TDMR, and the allocator keeps it.\n'.repeat(23);
  return `From ada@example.org Mon Jan  8 10:00:00 2024\nFrom: Person ${number % 90} <p${number % 90}@example.org>\nSubject: ${subject}\nDate: ${date}\nMessage-ID: <m${number}@example.org>\n${answer}\n${body}\n`;
}

function write(path: string): void {
  writeFileSync(path, '');
  let bytes = 0;
  for (let number = 0; bytes < megabytes * 2 ** 20; ) {
    let piece = '';
    while (piece.length < 2 ** 20) piece += mail(number++);
    appendFileSync(path, piece);
    bytes += piece.length;
  }
}

/** Opens the mailbox as a reader does: in the dialog of the editor. */
async function openLarge(): Promise<void> {
  await workbench.run('Patchgloss: Open Mailbox...');
  await workbench.pick(/^File/);
  // What is typed before the folder is listed is lost.
  await workbench.pick(/large\.mbox/);
}

describe('a mailbox that is opened by its path', () => {
  test('what to open is said where nothing is', async () => {
    await pane().getByText('Open Sample Thread').waitFor();
    await workbench.picture('threads-empty');
  });

  test.runIf(isLarge)('shows its progress, and can be cancelled', async () => {
    await openLarge();
    await workbench.page.locator('.notification-toast', { hasText: /large\.mbox/ }).waitFor();
    await workbench.page.locator('.notification-toast', { hasText: /percent/ }).waitFor();
    await workbench.picture('threads-progress');
    await workbench.page.locator('.notification-toast .monaco-button', { hasText: /Cancel/ }).click();
    await pane()
      .locator('.message', { hasText: /cancelled/ })
      .waitFor();
  });

  test('appears as a tree', async () => {
    const begun = performance.now();
    await openLarge();
    await row(/Keep page/).waitFor({ timeout: 60_000 });
    console.log(`the tree of ${megabytes} MB appeared after ${Math.round(performance.now() - begun)} ms`);
    expect(await pane().locator('.message').innerText()).toMatch(/[\d,.]+ threads, [\d,.]+ messages, [\d,.]+ not read/);
  });

  test('is read, with hovers', async () => {
    await row(/Keep page/).click();
    await workbench.line(/PATCH.*mm:\sKeep\spage/).waitFor();
    expect(await workbench.hover(/PAMT/, /Physical Address Metadata Table/)).toContain('PAMT');
    await workbench.picture('threads-large');
  });

  test('scrolls to its end without a pause', async () => {
    let begun = 0;
    // On a busy machine the message of the row may take the keyboard behind the click.
    await workbench.retry(async () => {
      await row(/Keep page|\d+ to \d+/).click();
      await workbench.page.keyboard.press('End');
      begun = performance.now();
      await row(/\d+ to \d+/).waitFor({ timeout: 4000 });
    });
    console.log(`the end of the first rows was there after ${Math.round(performance.now() - begun)} ms`);
    await workbench.page.keyboard.press('ArrowRight');
    await workbench.page.waitForTimeout(500);
    await workbench.picture('threads-end');
  });

  test('comes back to the same place after a reload', async () => {
    await workbench.reload();
    const begun = performance.now();
    await row(/Keep page/).waitFor({ timeout: 60_000 });
    console.log(`the tree was back after ${Math.round(performance.now() - begun)} ms`);
    await workbench.picture('threads-reloaded');
    await workbench.line(/PATCH.*mm:\sKeep\spage/).waitFor();
    await expect.poll(() => pane().locator('.monaco-list-row.selected').count(), { timeout: 10_000 }).toBe(1);
  });
});
