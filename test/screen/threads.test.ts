import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Host, startHost } from '../host/host.ts';
import { themes, type Workbench } from '../host/workbench.ts';

let host: Host;
let workbench: Workbench;

beforeAll(async () => {
  host = await startHost({ files: { 'list.mbox': list() } });
  workbench = await host.open({ open: 'list.mbox' });
  await workbench.page.locator('.activitybar .action-item a[aria-label^="Patchgloss"]').click();
  await row(/TDX host/).waitFor();
});
afterAll(() => host?.stop());

const pane = () =>
  workbench.page.locator('.pane', { has: workbench.page.locator('.pane-header[aria-label*="Threads"]') });
const row = (text: RegExp) => pane().locator('.monaco-list-row', { hasText: text }).first();
const message = () => pane().locator('.message');

/** A series with replies and other threads, so many that the list has a second page. */
function list(): string {
  const mails = [
    mail('cover', '[PATCH v12 00/03] TDX host kernel support', 'Kai Example'),
    mail('one', '[PATCH v12 01/03] x86/virt/tdx: Detect TDX during kernel boot', 'Kai Example', 'cover'),
    mail('two', '[PATCH v12 02/03] x86/virt/tdx: Add skeleton to enable TDX on demand', 'Kai Example', 'cover'),
    mail('three', '[PATCH v12 03/03] x86/virt/tdx: Allocate and set up PAMTs for TDMRs', 'Kai Example', 'cover'),
    mail('reply', 'Re: [PATCH v12 02/03] x86/virt/tdx: Add skeleton to enable TDX on demand', 'Bo Birk', 'two'),
    mail('answer', 'Re: [PATCH v12 02/03] x86/virt/tdx: Add skeleton to enable TDX on demand', 'Kai Example', 'reply'),
  ];
  for (let at = 0; at < 260; at++)
    mails.push(mail(`other${at}`, `[PATCH] mm: Keep page ${at} where it is`, `Person ${at % 7}`, undefined, 2019));
  return mails.join('\n');
}

function mail(id: string, subject: string, who: string, answers?: string, year = 2023): string {
  const address = `${who.toLowerCase().replaceAll(' ', '.')}@example.org`;
  const answer = answers === undefined ? '' : `In-Reply-To: <${answers}@example.org>\n`;
  return `From ${address} Mon Jan  9 10:00:00 ${year}\nFrom: ${who} <${address}>\nSubject: ${subject}\nDate: Mon, 9 Jan ${year} 10:00:00 +0000\nMessage-ID: <${id}@example.org>\n${answer}\nThe TDX module needs a PAMT for each TDMR.\n`;
}

describe('the Threads view', () => {
  test('lists threads with counts, author and age, and how many are not read', async () => {
    expect(await message().innerText()).toMatch(/261 threads, 266 messages, 266 not read/);
    const label = await row(/TDX host/).getAttribute('aria-label');
    expect(label).toMatch(/^TDX host kernel support · v12 · 3 patches · 6 mails · Kai Example · .* · not read/);
  });

  test('shows patches by number under their series, and replies under what they answer', async () => {
    await row(/TDX host/).click();
    await row(/2\s+Add skeleton/).waitFor();
    await row(/2\s+Add skeleton/)
      .locator('.monaco-tl-twistie')
      .click();
    await row(/^Bo Birk/).waitFor();
    await workbench.page.locator('.tab', { hasText: /TDX host kernel support\.mbox/ }).waitFor();
  });

  test.each(themes)('is drawn in $id', async (theme) => {
    await workbench.showTheme(theme);
    await workbench.picture(`threads-${theme.file}`);
  });

  test('reads the whole thread, in which terms are explained and lines lead back', async () => {
    await workbench.page.locator('.tab', { hasText: /TDX host kernel support\.mbox/ }).click();
    await workbench.line(/PATCH\sv12\s00/).waitFor();
    await expect.poll(() => message().innerText(), { timeout: 10_000 }).toMatch(/26\d not read/);
    await workbench.picture('threads-reading');
  });

  test('filters while somebody types', async () => {
    await workbench.run('Patchgloss: Filter Threads...');
    const input = workbench.page.locator('.quick-input-widget:visible input.input').first();
    await expect.poll(() => input.getAttribute('placeholder')).toMatch(/Words of the subject/);
    await input.pressSequentially('page 25', { delay: 30 });
    await expect.poll(() => message().innerText()).toMatch(/"page 25": 13 messages in 13 threads/);
    await workbench.picture('threads-filter');
    await workbench.page.keyboard.press('Enter');
    await workbench.run('Patchgloss: Clear Filter');
    await expect.poll(() => message().innerText()).toMatch(/261 threads/);
  });

  test('opens the next message that is not read', async () => {
    await workbench.run('Patchgloss: Next Unread Message');
    await expect.poll(() => pane().locator('.monaco-list-row.selected').count()).toBe(1);
    await workbench.picture('threads-next');
  });
});
