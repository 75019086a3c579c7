import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Host, startHost } from '../host/host.ts';
import { invented } from '../host/invented.ts';
import type { Workbench } from '../host/workbench.ts';

const note = (term: string, text: string) =>
  `---\ntitle: ${term}\nfield: strangers\nterms: [${term}]\nsources: ["Ada Ament, 8 Jan 2024"]\n---\n${text}\n`;

/** Notes that came with the folder, and a setting of the folder that names others elsewhere. */
const files = {
  ...invented,
  '.patchgloss/notes/guest.md': note('run a guest', 'What came with the folder.'),
  'elsewhere/pamt.md': note('PAMT', 'What a setting of strangers names.'),
  '.vscode/settings.json': JSON.stringify({
    'patchgloss.notes.folders': ['elsewhere'],
    'patchgloss.annotations.folder': 'elsewhere',
  }),
};

/** A folder that nobody trusts, behind a server that asks for its token, as `npm start` serves it. */
const token = 'a-token-for-this-test';
let host: Host;
let workbench: Workbench;

beforeAll(async () => {
  host = await startHost({ files, trust: 'never', token });
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

test('notes that a folder brings are read, and those that its settings name elsewhere are not', async () => {
  await workbench.hover(/run\sa\sguest/, /What came with the folder\./);
  const said = await workbench.hover(/PAMT\sfor/, /PAMT/);
  expect(said).toContain('Physical Address Metadata Table');
  expect(said).not.toContain('strangers');
});

test('a note in the margin is kept in the folder itself, and not where its settings say', async () => {
  await workbench.leave();
  await workbench.comment(/How\slarge\sis\sthe\sPAMT/, 'A note.', /^Save\sNote$/);
  const kept = () => readdirSync(join(host.workspace, '.patchgloss')).sort();
  await expect.poll(kept).toEqual(['annotations', 'notes']);
  expect(readdirSync(join(host.workspace, 'elsewhere'))).toEqual(['pamt.md']);
});
