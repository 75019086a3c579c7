import { answerOf } from './answer.ts';
import type { Failure } from './failure.ts';
import { type Pace, takeTurn } from './pace.ts';
import { type Network, type Reply, type Request, type Silence, send } from './request.ts';
import { hostOf, isLoopback } from './servers.ts';
import { isGzip, unpackMail } from './unpack.ts';

/** How often a server may send us on. */
const MOST_REDIRECTS = 5;
/** How much is downloaded, and what it may unfold to, in bytes. */
const MOST_PACKED = 100 * 2 ** 20;
const MOST_MAIL = 200 * 2 ** 20;

/** What is kept of an earlier answer, to ask for what is newer only. */
export interface Condition {
  etag?: string;
  lastModified?: string;
}

/** Mail that was downloaded. `damage` says why it is not all of it. */
export interface GotMail extends Condition {
  url: string;
  mail: Uint8Array<ArrayBuffer>;
  damage?: string;
}

/** How servers are asked: the same for threads, searches and Patchwork. */
export interface Asking {
  network: Network;
  pace: Pace;
  signal: AbortSignal;
  /** Told what is done, line by line. */
  log?: (line: string) => void;
}

/** Downloads mail from one address, a mailbox that is compressed or not. */
export async function getMail(
  url: string,
  asking: Asking,
  known?: Condition,
  method: 'GET' | 'POST' = 'GET',
): Promise<GotMail | 'unchanged' | Failure> {
  const headers = {
    ...(known?.etag === undefined ? {} : { 'If-None-Match': known.etag }),
    ...(known?.lastModified === undefined ? {} : { 'If-Modified-Since': known.lastModified }),
  };
  const got = await ask({ url, headers, method, most: MOST_PACKED }, asking);
  if (!('reply' in got)) return got;
  const answer = answerOf(got.reply, asking.network.clock.now());
  if (answer.state === 'failed')
    return answer.failure.kind === 'slow' ? { ...answer.failure, detail: allSeconds(asking.network) } : answer.failure;
  if (answer.state === 'unchanged') return known ? 'unchanged' : { kind: 'not mail', url, detail: 'status 304' };
  if (answer.state === 'sent on') return { kind: 'sent on', url, detail: 'nowhere' };
  return unpackedMail(url, got.reply, asking.network);
}

async function unpackedMail(url: string, reply: Reply, network: Network): Promise<GotMail | Failure> {
  const { bytes, damage } = isGzip(reply.body) ? await unpackMail(reply.body, MOST_MAIL) : { bytes: reply.body };
  const failed = (kind: Failure['kind'], detail: string): Failure => ({ kind, url, detail });
  if (damage === 'too large') return failed('too large', `it unfolds to more than ${bytes.length >> 20} MB`);
  if (reply.cut === 'too large') return failed('too large', `more than ${MOST_PACKED >> 20} MB`);
  if (bytes.length === 0 && reply.cut === 'slow') return failed('slow', allSeconds(network));
  if (bytes.length === 0) return failed('not mail', 'the compressed data is damaged');
  if (!startsAsMailbox(bytes)) return failed('not mail', '');
  if (reply.cut === 'slow')
    return { url, mail: bytes, damage: `${hostOf(url)} did not send all of it within ${allSeconds(network)}` };
  if (damage !== undefined || reply.cut !== undefined)
    return { url, mail: bytes, damage: `${hostOf(url)} broke off behind ${bytes.length} bytes of mail` };
  const etag = reply.header('etag');
  const lastModified = reply.header('last-modified');
  return {
    url,
    mail: bytes,
    ...(etag === undefined ? {} : { etag }),
    ...(lastModified === undefined ? {} : { lastModified }),
  };
}

function allSeconds({ patience }: Network): string {
  return `${patience.all / 1000} s`;
}

function startsAsMailbox(bytes: Uint8Array): boolean {
  return new TextDecoder('latin1').decode(bytes.subarray(0, 5)) === 'From ';
}

/** Asks one address, when it is our turn, and goes where it sends us: to https, or from this machine to this machine. */
export async function ask(request: Request, asking: Asking): Promise<{ reply: Reply } | Failure> {
  let { url } = request;
  for (let steps = 0; steps <= MOST_REDIRECTS; steps++) {
    await turn(asking);
    asking.log?.(`${request.method ?? 'GET'} ${url}`);
    const reply = await send(asking.network, { ...request, url }, asking.signal);
    if ('silence' in reply) return silenceOf(reply, url, asking);
    asking.log?.(`${reply.status}, ${reply.body.length} bytes${reply.cut === undefined ? '' : `, ${reply.cut}`}`);
    const answer = answerOf(reply, asking.network.clock.now());
    if (answer.state !== 'sent on')
      return mayCome(url, reply.url)
        ? { reply }
        : { kind: 'sent on', url, detail: `${hostOf(reply.url)}, which is not safe` };
    const target = answer.to !== undefined && URL.canParse(answer.to, url) ? new URL(answer.to, url).href : undefined;
    if (target === undefined) return { kind: 'sent on', url, detail: 'nowhere' };
    if (!mayCome(url, target))
      return { kind: 'sent on', url, detail: `${hostOf(target)} by an address that is not safe` };
    if (hostOf(target) !== hostOf(url)) asking.log?.(`${hostOf(url)} sends on to ${hostOf(target)}`);
    url = target;
  }
  return { kind: 'sent on', url: request.url, detail: `other addresses more than ${MOST_REDIRECTS} times` };
}

/** From https to https, from http to either, and never from elsewhere to this machine. */
function mayCome(from: string, to: string): boolean {
  const [start, end] = [new URL(from), new URL(to)];
  if (isLoopback(end.hostname) && !isLoopback(start.hostname)) return false;
  return end.protocol === 'https:' || (end.protocol === 'http:' && start.protocol === 'http:');
}

function silenceOf({ silence, detail }: Silence, url: string, { network, log }: Asking): Failure {
  log?.(`${silence}${detail === undefined ? '' : `: ${detail}`}`);
  const said = silence === 'silent' ? `${network.patience.begin / 1000} s` : detail;
  return { kind: silence, url, ...(said === undefined ? {} : { detail: said }) };
}

async function turn({ network, pace, signal }: Asking): Promise<void> {
  const wait = takeTurn(pace, network.clock.now());
  if (wait === 0 || signal.aborted) return;
  await new Promise<void>((resolve) => {
    const callOff = network.clock.after(wait, resolve);
    signal.addEventListener('abort', () => {
      callOff();
      resolve();
    });
  });
}
