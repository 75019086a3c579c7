import { existsSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { packagePath } from '../../src/build/package.mjs';
import { type Host, startHost } from '../host/host.ts';
import { invented } from '../host/invented.ts';

const vsix = packagePath();
let host: Host;

beforeAll(async () => {
  if (!existsSync(vsix)) throw new Error('There is no package; run npm run package.');
  host = await startHost({ files: invented, extension: { vsix } });
});
afterAll(() => host?.stop());

test('the package, installed, explains a term and runs its simulator', async () => {
  const workbench = await host.open({ open: 'thread.mbox' });
  expect(await workbench.hover(/PAMT\sfor/, /Physical Address Metadata Table/)).toContain('PAMT');
  await workbench.page.locator('.monaco-hover:visible a', { hasText: /Run/ }).first().click();
  await workbench.webview.locator('svg.pg-scene').first().waitFor();
});
