import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasPublicInbox, mailOf, type PublicInbox, servePublicInbox } from '../archive/public-inbox.ts';
import { folderOf, program, type Said, withProgram } from './patchgloss.ts';

withProgram();

/** Runs `patchgloss fetch` in a folder, with what it remembers in there too. */
function fetchIn(folder: string, ...args: string[]): Promise<Said> {
  return new Promise((resolve) => {
    const env = { ...process.env, XDG_CACHE_HOME: join(folder, '.cache') };
    const child = spawn(process.execPath, [program, 'fetch', ...args], { cwd: folder, env, timeout: 60_000 });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (piece: string) => (stdout += piece));
    child.stderr.setEncoding('utf8').on('data', (piece: string) => (stderr += piece));
    child.on('close', (status) => resolve({ status, stdout, stderr }));
  });
}

const FIRST = 'one@example.org';
const reply = (id: string) =>
  mailOf(id, 'Re: valve: close it', { 'In-Reply-To': `<${FIRST}>`, References: `<${FIRST}>` }, 'Fine.\n');
const idsIn = (file: string) => [...readFileSync(file, 'utf8').matchAll(/^Message-ID: <(.*)>$/gm)].map(([, id]) => id);

describe.skipIf(!hasPublicInbox)('a thread of a real public-inbox server', () => {
  let inbox: PublicInbox;
  beforeAll(async () => {
    inbox = await servePublicInbox([
      mailOf(FIRST, 'valve: close it', {}, 'Closed.\n'),
      reply('two@example.org'),
      mailOf('else@example.org', 'tap: drip', {}, 'Drip.\n'),
    ]);
  });
  afterAll(() => inbox?.stop());

  test('comes into a file of its id, and again with what is new only', async () => {
    const folder = folderOf({});
    const file = join(folder, 'two@example.org.mbox');
    const args = ['<two@example.org>', '--base', inbox.server];
    expect(await fetchIn(folder, ...args)).toEqual({
      status: 0,
      stdout: 'two@example.org.mbox: 2 messages\n',
      stderr: '',
    });
    expect(idsIn(file)).toEqual([FIRST, 'two@example.org']);
    const before = readFileSync(file);
    expect((await fetchIn(folder, ...args)).stdout).toBe('two@example.org.mbox: nothing new, 2 messages\n');
    inbox.deliver(reply('three@example.org'));
    expect((await fetchIn(folder, ...args)).stdout).toBe('two@example.org.mbox: 1 new, 3 messages\n');
    expect(idsIn(file)).toEqual([FIRST, 'two@example.org', 'three@example.org']);
    expect(readFileSync(file).subarray(0, before.length)).toEqual(before);
    expect(readdirSync(folder).sort()).toEqual(['.cache', 'two@example.org.mbox']);
  });

  test('comes by its address, into the file that is named', async () => {
    const folder = folderOf({});
    const { status, stdout } = await fetchIn(folder, `${inbox.server}/${FIRST}/T/#u`, '-o', 'valve.mbox');
    expect({ status, stdout }).toEqual({ status: 0, stdout: expect.stringMatching(/^valve\.mbox: \d messages\n$/) });
    expect(idsIn(join(folder, 'valve.mbox'))[0]).toBe(FIRST);
  });

  test('does not overwrite another thread, or anything else', async () => {
    const folder = folderOf({ 'list.txt': 'milk\n' });
    await fetchIn(folder, 'else@example.org', '--base', inbox.server, '-o', 'tap.mbox');
    const said = await fetchIn(folder, FIRST, '--base', inbox.server, '-o', 'tap.mbox');
    expect(said).toMatchObject({
      status: 1,
      stdout: '',
      stderr: expect.stringMatching(/^patchgloss: .*tap\.mbox: it holds something else.*\n$/),
    });
    expect(idsIn(join(folder, 'tap.mbox'))).toEqual(['else@example.org']);
    expect((await fetchIn(folder, FIRST, '--base', inbox.server, '-o', 'list.txt')).status).toBe(1);
    expect(readFileSync(join(folder, 'list.txt'), 'utf8')).toBe('milk\n');
    expect(await fetchIn(folder, FIRST, '--base', inbox.server, '-o', '.')).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/^patchgloss: [^\n]*it is a folder[^\n]*\n$/),
    });
  });

  test('that is not there is one line and status 1, and no file', async () => {
    const folder = folderOf({});
    const said = await fetchIn(folder, 'nobody@example.org', '--base', inbox.server);
    expect(said).toMatchObject({ status: 1, stdout: '' });
    expect(said.stderr).toMatch(
      /^patchgloss: 127\.0\.0\.1:\d+ does not have it \(404\)\. [^\n]*open a downloaded mbox instead\.\n$/,
    );
    expect(readdirSync(folder)).toEqual(['.cache']);
  });
});

describe('a server that does not give a thread', () => {
  const server = createServer((request, response) => {
    if (request.url?.startsWith('/hang')) return;
    response
      .writeHead(200, { 'Content-Type': 'text/html' })
      .end("<!doctype html><title>Making sure you're not a bot!</title>");
  });
  let origin = '';
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  test('is said in one line, and mirrors are asked one after the other', async () => {
    const folder = folderOf({});
    const args = [FIRST, '--base', `${origin}/robots`, '--base', `${origin}/hang`, '--timeout', '0.5'];
    const { status, stdout, stderr } = await fetchIn(folder, ...args);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(
      /^patchgloss: [^\n]*tests for a browser; [^\n]*did not answer within 0\.5 s\. Open a downloaded mbox instead: [^\n]*\n$/,
    );
  });
});

describe('wrong usage of fetch', () => {
  test.each([
    ['no id', []],
    ['two ids', [FIRST, 'two@example.org']],
    ['no server', [FIRST, '--base', 'lore']],
    ['a password in a server', [FIRST, '--base', 'https://me:x@lore.kernel.org/all']],
    ['no time', [FIRST, '--timeout', 'long']],
  ])('%s', async (_, args) => {
    expect(await fetchIn(folderOf({}), ...args)).toMatchObject({
      status: 2,
      stdout: '',
      stderr: expect.stringMatching(/^patchgloss: .+\n\nUsage: /),
    });
  });

  test('an id that is none is an input that could not be read', async () => {
    const { status, stderr } = await fetchIn(folderOf({}), 'valve');
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: 'patchgloss: "valve" is no Message-ID and no address of a message.\n',
    });
  });
});

test('what is remembered of downloads is forgotten when that is asked for', async () => {
  const folder = folderOf({ '.cache/patchgloss/fetched.json': '{"threads":[]}' });
  const file = join(folder, '.cache/patchgloss/fetched.json');
  writeFileSync(join(folder, 'kept.mbox'), '');
  expect((await fetchIn(folder, '--forget')).stdout).toContain(file);
  expect(existsSync(file)).toBe(false);
  expect(existsSync(join(folder, 'kept.mbox'))).toBe(true);
});
