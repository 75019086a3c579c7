import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Host, startHost } from '../host/host.ts';
import { invented } from '../host/invented.ts';
import type { Workbench } from '../host/workbench.ts';

/** A folder that nobody trusts, behind a server that asks for its token, as `npm start` serves it. */
const token = 'a-token-for-this-test';
let host: Host;
let workbench: Workbench;

beforeAll(async () => {
  host = await startHost({ files: invented, trust: 'never', token });
  workbench = await host.open({ open: 'thread.mbox' });
});
afterAll(() => host?.stop());

test('without its token the server gives nothing', async () => {
  const answer = await fetch(`http://${host.server.authority}/?folder=${host.workspace}`);
  expect(answer.status).toBe(403);
});

test('a hover explains in Restricted Mode', async () => {
  await workbench.status(/Restricted Mode/).waitFor();
  expect(await workbench.hover(/PAMT\sfor/, /Physical Address Metadata Table/)).toContain('PAMT');
  await workbench.picture('restricted');
});
