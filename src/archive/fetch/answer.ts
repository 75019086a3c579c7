import type { Failure } from './failure.ts';
import type { Reply } from './request.ts';
import { isGzip } from './unpack.ts';

/** What an answer is, by its status and its first bytes. */
export type Answer =
  | { state: 'mail' }
  | { state: 'unchanged' }
  | { state: 'sent on'; to: string | undefined }
  | { state: 'failed'; failure: Failure };

/** How much of a page is looked at, in bytes. */
const LOOKED_AT = 2 ** 16;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/**
 * Signs of a page that wants to see a browser think before it lets one in, in small letters. We do not answer such pages: whoever runs the server does not
 * want programs there.
 */
const CHALLENGES: readonly string[] = [
  '/.within.website/',
  'anubis',
  'making sure you&#39;re not a bot',
  "making sure you're not a bot",
  'challenge-platform',
  'cf-challenge',
  'cf_chl_',
  'g-recaptcha',
  'hcaptcha',
  'checking your browser',
];

/** Sorts an answer. Mail is compressed, or stands there as it is where something between us has unpacked it. */
export function answerOf(reply: Reply, now: number): Answer {
  const { status, url, body } = reply;
  const failed = (kind: Failure['kind'], detail?: string): Answer => ({
    state: 'failed',
    failure: { kind, url, ...(detail === undefined ? {} : { detail }) },
  });
  if (status === 304) return { state: 'unchanged' };
  // An archive that has the message nowhere proposes other places, with 300.
  if (status === 404 || status === 410 || status === 300) return failed('not there');
  if (REDIRECTS.has(status)) {
    const to = reply.header('location');
    return to?.includes('/.within.website/') ? failed('challenge') : { state: 'sent on', to };
  }
  if (status === 429) return failed('too many', pauseOf(reply.header('retry-after'), now));
  if (isChallenge(reply)) return failed('challenge');
  if (status >= 500) return failed('out of order', String(status));
  if (status >= 400) return failed('refused', String(status));
  if (isGzip(body) || startsWith(body, 'From ')) return { state: 'mail' };
  if (isPage(reply)) return failed('web page');
  return failed(reply.cut === 'slow' ? 'slow' : 'not mail', body.length === 0 ? 'nothing' : undefined);
}

/** Why an answer is not what was asked for, where it was no mail that was asked for; absent when it may be. */
export function pageFailure(reply: Reply, now: number): Failure | undefined {
  const answer = answerOf(reply, now);
  return answer.state === 'failed' && answer.failure.kind !== 'not mail' ? answer.failure : undefined;
}

/** A challenge comes with any status, some as a success. */
export function isChallenge(reply: Reply): boolean {
  if (reply.header('cf-mitigated') === 'challenge') return true;
  if (!isPage(reply)) return false;
  const text = new TextDecoder('latin1').decode(reply.body.subarray(0, LOOKED_AT)).toLowerCase();
  return CHALLENGES.some((sign) => text.includes(sign));
}

function isPage({ body, header }: Reply): boolean {
  if (isGzip(body)) return false;
  if (header('content-type')?.toLowerCase().includes('html')) return true;
  const first = new TextDecoder('latin1').decode(body.subarray(0, 200)).trimStart().toLowerCase();
  return first.startsWith('<!doctype html') || first.startsWith('<html');
}

function startsWith(body: Uint8Array, text: string): boolean {
  return body.length >= text.length && [...text].every((letter, at) => body[at] === letter.charCodeAt(0));
}

/** Retry-After is a number of seconds, or a date. */
function pauseOf(value: string | undefined, now: number): string | undefined {
  if (value === undefined) return undefined;
  const written = value.trim();
  const seconds = /^\d{1,9}$/.test(written) ? Number(written) : Math.ceil((Date.parse(written) - now) / 1000);
  if (!Number.isFinite(seconds) || seconds <= 0) return undefined;
  return seconds < 120 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`;
}
