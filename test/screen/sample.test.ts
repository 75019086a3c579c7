import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from '../../src/build/setup.mjs';
import { type Host, startHost } from '../host/host.ts';
import { themes, type Workbench } from '../host/workbench.ts';

/** The sample thread, as `npm start` opens it. The pictures of the README are taken here. */
const sample = 'tdx-pamt-thread.mbox';
let host: Host;
let workbench: Workbench;

beforeAll(async () => {
  host = await startHost({ files: [join(root, 'media/samples', sample)], settings: { 'editor.fontSize': 13 } });
  workbench = await host.open({ open: sample });
  // The page follows a change of theme; what the settings said before it loaded, it does not always.
  for (const look of ['vs', 'vs-dark']) {
    const theme = themes.find((one) => one.look === look);
    if (theme) await workbench.showTheme(theme);
  }
});
afterAll(() => host?.stop());

test('a term in the sample says what it means, who explains it, and offers to run it', async () => {
  await workbench.goTo(58, 1);
  const hover = await workbench.hover(/PAMTs,\sone\sfor/, /Physical Address Metadata Table/);
  expect(hover).toMatch(/Run: /);
  await workbench.picture('readme-hover');
});

test('its link opens the simulator in the scenario of the paragraph', async () => {
  await workbench.page.locator('.monaco-hover:visible a', { hasText: /Run/ }).first().click();
  await workbench.webview.locator('h1', { hasText: /chunk|256th/ }).waitFor();
  await workbench.leave();
  await workbench.webview.locator('.count', { hasText: /^Step \d+ of \d+/ }).waitFor();
  await workbench.picture('readme-panel');
});
