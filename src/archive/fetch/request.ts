import { joined } from './unpack.ts';

/** The time of a host, in milliseconds. */
export interface Clock {
  now(): number;
  /** Runs something later; what comes back calls it off. */
  after(milliseconds: number, run: () => void): () => void;
}

/** How this host reaches the network. */
export interface Network {
  fetch: typeof fetch;
  clock: Clock;
  /** Whether the host shows us where a server sends us on to, or goes there by itself, as browsers do. */
  redirects: 'shown' | 'followed';
  /** How we call ourselves; a browser does not let us. */
  agent?: string;
  /** In milliseconds: until an answer begins, and until all of it is there. */
  patience: { begin: number; all: number };
}

export const PATIENCE: Network['patience'] = { begin: 5000, all: 30_000 };

export interface Request {
  url: string;
  method?: 'GET' | 'POST';
  headers?: Readonly<Record<string, string>>;
  /** How much of the answer is read, in bytes. */
  most: number;
}

/** What a server answered, whatever it was. */
export interface Reply {
  status: number;
  /** Where the answer came from, which is not always whom we asked. */
  url: string;
  header(name: string): string | undefined;
  body: Uint8Array<ArrayBuffer>;
  /** Why the rest of the body is missing. */
  cut?: 'slow' | 'broken off' | 'too large';
}

/** No answer at all. */
export interface Silence {
  silence: 'cancelled' | 'silent' | 'unreachable';
  detail?: string;
}

/** Sends one request and reads the answer up to `most` bytes. Never throws; what came before the answer broke off is kept. */
export async function send(network: Network, asked: Request, signal: AbortSignal): Promise<Reply | Silence> {
  if (signal.aborted) return { silence: 'cancelled' };
  const stop = new AbortController();
  const cancel = (): void => stop.abort();
  signal.addEventListener('abort', cancel);
  let late = false;
  const expire = (): void => {
    late = true;
    stop.abort();
  };
  const beginning = network.clock.after(network.patience.begin, expire);
  const ending = network.clock.after(network.patience.all, expire);
  try {
    const response = await network.fetch(asked.url, {
      method: asked.method ?? 'GET',
      headers: { ...asked.headers, ...(network.agent === undefined ? {} : { 'User-Agent': network.agent }) },
      redirect: network.redirects === 'shown' ? 'manual' : 'follow',
      signal: stop.signal,
      credentials: 'omit',
    });
    beginning();
    const { body, cut } = await bodyOf(response, asked.most);
    if (signal.aborted) return { silence: 'cancelled' };
    const reason = cut === 'broken off' && late ? 'slow' : cut;
    return {
      status: response.status,
      url: response.url === '' ? asked.url : response.url,
      header: (name) => response.headers.get(name) ?? undefined,
      body,
      ...(reason === undefined ? {} : { cut: reason }),
    };
  } catch (error) {
    if (signal.aborted) return { silence: 'cancelled' };
    return late ? { silence: 'silent' } : { silence: 'unreachable', detail: reasonOf(error) };
  } finally {
    beginning();
    ending();
    signal.removeEventListener('abort', cancel);
  }
}

async function bodyOf(response: Response, most: number): Promise<Pick<Reply, 'body' | 'cut'>> {
  const pieces: Uint8Array[] = [];
  const reader = response.body?.getReader();
  let length = 0;
  try {
    for (;;) {
      const { done, value } = (await reader?.read()) ?? { done: true };
      if (done || value === undefined) return { body: joined(pieces) };
      const room = most - length;
      pieces.push(value.subarray(0, room));
      length += Math.min(value.length, room);
      if (value.length <= room) continue;
      await reader?.cancel();
      return { body: joined(pieces), cut: 'too large' };
    }
  } catch {
    return { body: joined(pieces), cut: 'broken off' };
  }
}

/** Why there was no connection, by the code of the system. */
const REASONS: ReadonlyMap<string, string> = new Map([
  ['ENOTFOUND', 'there is no server of this name, or no network'],
  ['EAI_AGAIN', 'its name could not be looked up; is there a network?'],
  ['ECONNREFUSED', 'it takes no connections'],
  ['ECONNRESET', 'it broke the connection off'],
  ['UND_ERR_SOCKET', 'it broke the connection off'],
  ['EHOSTUNREACH', 'there is no way to it'],
  ['ENETUNREACH', 'there is no way to it'],
]);

/** Browsers do not say why. */
const CLOSED = 'it cannot be reached, or does not let web pages ask it';

function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  if (code !== '') return REASONS.get(code) ?? code;
  return cause instanceof Error ? cause.message : CLOSED;
}
