import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type FetchedThread, fetchThread, type Network, type Pace, readWanted } from '#archive/fetch';
import { hasPublicInbox, mailOf, type PublicInbox, servePublicInbox } from './public-inbox.ts';

const PATIENCE = { begin: 300, all: 900 };
const MAIL = `From mboxrd@z Thu Jan  1 00:00:00 1970\n${mailOf('one@example.org', 'valve: close it', {}, 'Closed.\n')}`;
const PAGE = { 'Content-Type': 'text/html; charset=UTF-8' };

/** A thread whose bytes are hard to compress, so that half of them are half of the mail. */
const LONG = Array.from({ length: 200 }, (_, at) =>
  MAIL.replace('one@', `m${at}@`).replace('Closed.', `${Math.sin(at)} ${Math.cos(at)}`),
).join('\n');

/** 130 KB that unfold to 128 MB. */
const BOMB = gzipSync(Buffer.alloc(128 * 2 ** 20, 'From ada\n'));

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** What stands behind `/NAME/one@example.org/t.mbox.gz`. */
const BEHAVIOURS: Readonly<Record<string, Handler>> = {
  good: (_, response) => response.writeHead(200, { ETag: '"v1"' }).end(gzipSync(MAIL)),
  plain: (_, response) => response.end(MAIL),
  missing: (_, response) => response.writeHead(404, PAGE).end('<html>Message-ID not found</html>'),
  busy: (_, response) => response.writeHead(429, { 'Retry-After': '30' }).end('Slow down'),
  anubis: (_, response) =>
    response
      .writeHead(200, PAGE)
      .end('<!doctype html><title>Making sure you&#39;re not a bot!</title><script src="/.within.website/x.js">'),
  cloud: (_, response) =>
    response.writeHead(403, { ...PAGE, 'cf-mitigated': 'challenge' }).end('<html>Just a moment...'),
  gate: (_, response) => response.writeHead(302, { Location: '/.within.website/x/cmd/anubis/api' }).end(),
  login: (_, response) => response.writeHead(200, PAGE).end('<html><form>Please log in</form></html>'),
  forbidden: (_, response) => response.writeHead(403).end('no'),
  broken: (_, response) => response.writeHead(502, PAGE).end('<html>Bad gateway</html>'),
  hang: () => undefined,
  drip(_, response) {
    response.writeHead(200).write(gzipSync(LONG).subarray(0, 2000));
  },
  still(_, response) {
    response.writeHead(200).flushHeaders();
  },
  cut(_, response) {
    const packed = gzipSync(LONG);
    response
      .writeHead(200, { 'Content-Length': packed.length })
      .write(packed.subarray(0, packed.length / 2), () => response.destroy());
  },
  short: (_, response) => response.end(gzipSync(LONG).subarray(0, 3000)),
  stub: (_, response) => response.end(gzipSync(MAIL).subarray(0, 12)),
  bomb: (_, response) => response.end(BOMB),
  cake: (_, response) => response.end(gzipSync('A recipe, and no mail.')),
  noise: (_, response) => response.end(Buffer.from([1, 2, 3, 4])),
  nothing: (_, response) => response.end(),
  moved: (_, response) => response.writeHead(301, { Location: '/good/one@example.org/t.mbox.gz' }).end(),
  circle: (_, response) => response.writeHead(302, { Location: '/circle/one@example.org/t.mbox.gz' }).end(),
  away: (_, response) => response.writeHead(302, { Location: 'ftp://example.org/x' }).end(),
  etag(request, response) {
    if (request.headers['if-none-match'] === '"v1"') response.writeHead(304).end();
    else response.writeHead(200, { ETag: '"v1"' }).end(gzipSync(MAIL));
  },
  agent: (request, response) => response.end(gzipSync(MAIL.replace('Closed.', `${request.headers['user-agent']}`))),
  api(_, response) {
    response
      .writeHead(200, { 'Content-Type': 'application/json' })
      .end('{"cover_letter": null, "patches": [{"msgid": "<one@example.org>"}]}');
  },
};

const asked: { name: string; at: number }[] = [];
const server = createServer((request, response) => {
  const name = request.url?.split('/')[1] ?? '';
  asked.push({ name, at: performance.now() });
  BEHAVIOURS[name]?.(request, response);
});
let origin = '';

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address() as AddressInfo;
  origin = `http://127.0.0.1:${address.port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const clock: Network['clock'] = {
  now: () => performance.now(),
  after(milliseconds, run) {
    const timer = setTimeout(run, milliseconds);
    return () => clearTimeout(timer);
  },
};
const network: Network = { fetch, clock, redirects: 'shown', agent: 'patchgloss/test', patience: PATIENCE };

interface Options {
  wanted?: string;
  etag?: string;
  signal?: AbortSignal;
  log?: (line: string) => void;
  /** The one that several requests share, which sets them apart. */
  pace?: Pace;
}

async function fetched(names: readonly string[], options: Options = {}): Promise<FetchedThread> {
  const wanted = readWanted(options.wanted ?? 'one@example.org');
  if ('wrong' in wanted) throw new Error(wanted.wrong);
  return fetchThread({
    wanted,
    servers: names.map((name) => `${origin}/${name}`),
    network,
    pace: options.pace ?? {},
    signal: options.signal ?? new AbortController().signal,
    known: () => (options.etag === undefined ? undefined : { etag: options.etag }),
    ...(options.log ? { log: options.log } : {}),
  });
}

const textOf = (thread: FetchedThread) => ('mail' in thread ? new TextDecoder().decode(thread.mail) : '');

describe('a server that does not give the thread', () => {
  test.each([
    ['missing', 'does not have it (404). Name another archive, or open a downloaded mbox instead.'],
    ['busy', 'asks for fewer requests (429); try again in 30 s. Open a downloaded mbox instead: '],
    ['anubis', 'answered with a page that tests for a browser. Open a downloaded mbox instead: '],
    ['cloud', 'answered with a page that tests for a browser. '],
    ['gate', 'answered with a page that tests for a browser. '],
    ['login', 'answered with a web page instead of mail. '],
    ['forbidden', 'refuses it (403). '],
    ['broken', 'is out of order (502). '],
    ['hang', 'did not answer within 0.3 s. '],
    ['still', 'sent nothing readable within 0.9 s. '],
    ['stub', 'sent something that is no mail: the compressed data is damaged. '],
    ['bomb', 'sent more than can be kept: it unfolds to more than '],
    ['cake', 'sent something that is no mail. '],
    ['noise', 'sent something that is no mail. '],
    ['nothing', 'sent something that is no mail: nothing. '],
    ['circle', 'sends on to other addresses more than 5 times. '],
    ['away', 'sends on to example.org by an address that is not safe. '],
  ])('%s', async (name, text) => {
    const begun = performance.now();
    const thread = await fetched([name]);
    const said = thread.state === 'failed' ? thread.text : thread.state;
    expect(said).toContain(`${origin.slice(7)} ${text}`);
    expect(said).toContain('pen a downloaded mbox instead');
    // Redirects wait for their turn, a second each.
    expect(performance.now() - begun).toBeLessThan(name === 'circle' ? 9000 : 3000);
  });

  test('and one that is not there at all', async () => {
    const thread = await fetched([], { wanted: 'http://127.0.0.1:1/x/one@example.org/' });
    expect(thread).toMatchObject({ state: 'failed', text: expect.stringContaining('127.0.0.1:1 cannot be asked: ') });
  });
});

describe('a thread that broke off', () => {
  test.each([
    ['cut', 'broke off behind'],
    ['short', 'broke off behind'],
    ['drip', 'did not send all of it within 0.9 s'],
  ])('%s: what came is kept, and it is said', async (name, damage) => {
    const thread = await fetched([name]);
    expect(thread).toMatchObject({ state: 'mail', damage: expect.stringContaining(damage) });
    const text = textOf(thread);
    expect(LONG.startsWith(text)).toBe(true);
    expect(text.length).toBeGreaterThan(2000);
  });
});

describe('a server that gives the thread', () => {
  test.each(['good', 'plain'])('%s', async (name) => {
    const thread = await fetched([name]);
    expect(thread).toMatchObject({
      state: 'mail',
      messageId: 'one@example.org',
      url: `${origin}/${name}/one@example.org/t.mbox.gz`,
    });
    expect(textOf(thread)).toBe(MAIL);
  });

  test('is the next one, when the first ones do not', async () => {
    const thread = await fetched(['missing', 'anubis', 'good']);
    expect(textOf(thread)).toBe(MAIL);
    const failed = await fetched(['missing', 'busy']);
    expect(failed).toMatchObject({
      text: expect.stringMatching(/does not have it \(404\); .* asks for fewer requests/),
    });
  });

  test('may send on to another place, which is logged', async () => {
    const log: string[] = [];
    expect(textOf(await fetched(['moved'], { log: (line) => log.push(line) }))).toBe(MAIL);
    expect(log.filter((line) => line.startsWith('GET'))).toEqual([
      `GET ${origin}/moved/one@example.org/t.mbox.gz`,
      `GET ${origin}/good/one@example.org/t.mbox.gz`,
    ]);
  });

  test('need not give it again when it has nothing new', async () => {
    const first = await fetched(['etag']);
    expect(first).toMatchObject({ state: 'mail', etag: '"v1"' });
    expect(await fetched(['etag'], { etag: '"v1"' })).toMatchObject({ state: 'unchanged' });
    expect(await fetched(['etag'], { etag: '"v0"' })).toMatchObject({ state: 'mail' });
  });

  test('is told who asks', async () => {
    expect(textOf(await fetched(['agent']))).toContain('\npatchgloss/test\n');
  });

  test('is found through Patchwork, which knows the id of a patch', async () => {
    const thread = await fetched(['good'], { wanted: `${origin}/api/project/valves/list/?series=12` });
    expect(textOf(thread)).toBe(MAIL);
  });
});

test('requests are a second apart', async () => {
  const pace: Pace = {};
  asked.length = 0;
  await Promise.all([fetched(['good'], { pace }), fetched(['good'], { pace }), fetched(['good'], { pace })]);
  const times = asked.map(({ at }) => at);
  expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThan(950);
  expect((times[2] ?? 0) - (times[1] ?? 0)).toBeGreaterThan(950);
});

test('asking can be cancelled at any time, and no further server is asked', async () => {
  for (const [name, after] of [
    ['hang', 50],
    ['drip', 200],
    ['good', 0],
  ] as const) {
    const stop = new AbortController();
    setTimeout(() => stop.abort(), after);
    if (after === 0) stop.abort();
    const begun = performance.now();
    asked.length = 0;
    expect(await fetched([name, 'good'], { signal: stop.signal })).toMatchObject({ state: 'failed', cancelled: true });
    expect(performance.now() - begun).toBeLessThan(290);
    expect(asked.filter((one) => one.name === 'good')).toEqual([]);
  }
});

describe.skipIf(!hasPublicInbox)('a real public-inbox server', () => {
  const first = 'one/a+b@example.org';
  const reply = (id: string, body: string) =>
    mailOf(
      id,
      'Re: valve: close it',
      { From: 'Bo Example <bo@example.org>', 'In-Reply-To': `<${first}>`, References: `<${first}>` },
      body,
    );
  let inbox: PublicInbox;
  beforeAll(async () => {
    inbox = await servePublicInbox([
      mailOf(first, 'valve: close it', {}, 'Closed.\nFrom here on.\n'),
      reply('two@example.org', 'Fine.\n'),
    ]);
  });
  afterAll(() => inbox?.stop());

  const ask = (wanted: string) => {
    const read = readWanted(wanted);
    if ('wrong' in read) throw new Error(read.wrong);
    return fetchThread({
      wanted: read,
      servers: [inbox.server],
      network: { ...network, patience: { begin: 5000, all: 30_000 } },
      pace: {},
      signal: new AbortController().signal,
    });
  };

  test.each([
    ['by an id', () => first],
    ['by the id of a reply', () => '<two@example.org>'],
    ['by an address', () => `${inbox.server}/one%2Fa+b@example.org/T/#u`],
  ])('gives its thread %s', async (_, wanted) => {
    const thread = await ask(wanted());
    const text = textOf(thread);
    expect(thread).toMatchObject({ state: 'mail' });
    expect(text.match(/^Message-ID: .*$/gm)).toEqual([`Message-ID: <${first}>`, 'Message-ID: <two@example.org>']);
    // A body line that begins with From is escaped.
    expect(text).toContain('\n>From here on.\n');
  });

  test('does not have what nobody sent', async () => {
    expect(await ask('nobody@example.org')).toMatchObject({
      state: 'failed',
      text: expect.stringContaining('does not have it (404)'),
    });
  });
});
