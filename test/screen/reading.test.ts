import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Host, startHost } from '../host/host.ts';
import { invented } from '../host/invented.ts';
import type { Workbench } from '../host/workbench.ts';

let host: Host;
let workbench: Workbench;

beforeAll(async () => {
  host = await startHost({ files: invented });
  workbench = await host.open({ open: 'thread.mbox' });
});
afterAll(() => host?.stop());

test('a hover on a term says what it means', async () => {
  expect(await workbench.hover(/PAMT\sfor/, /Physical Address Metadata Table/)).toContain('PAMT');
  await workbench.picture('hover');
  await workbench.leave();
});

test('the outline lists the messages, and leads to them', async () => {
  const outline = await workbench.outline();
  await outline
    .locator('.monaco-list-row', { hasText: /Bo Birk/ })
    .first()
    .click();
  // The subject is what names a message.
  await workbench.caretAt(15, 1);
});
