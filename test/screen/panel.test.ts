import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Host, startHost } from '../host/host.ts';
import { invented } from '../host/invented.ts';
import { themes, type Workbench } from '../host/workbench.ts';

let host: Host;
let workbench: Workbench;

beforeAll(async () => {
  host = await startHost({ files: invented });
  workbench = await host.open({ open: 'thread.mbox' });
  await workbench.run('Patchgloss: Open Simulator...');
  await workbench.pick(/TDMR/);
  await workbench.webview.getByRole('heading', { level: 1 }).waitFor();
});
afterAll(() => host?.stop());

describe.each(themes)('the simulator panel in $id', (theme) => {
  test('has no fault that axe finds', async () => {
    await workbench.showTheme(theme);
    await workbench.picture(`panel-${theme.look}`);
    expect(await workbench.auditWebview()).toEqual([]);
  });
});
