import { type Failure, failureText } from './failure.ts';
import { type Asking, type Condition, type GotMail, getMail } from './get-mail.ts';
import { idAtPatchwork } from './patchwork.ts';
import { messageAddress, threadAddress } from './servers.ts';
import type { Wanted, WantedMessage } from './wanted.ts';

export interface ThreadRequest extends Asking {
  wanted: Exclude<Wanted, { wrong: string }>;
  /** Archives in the order they are asked, `https://lore.kernel.org/all`. */
  servers: readonly string[];
  /** What is known of the answer of an address. */
  known?: (url: string) => Condition | undefined;
}

/** A thread; word that nothing is new; or why there is none, as a sentence for the reader. */
export type FetchedThread =
  | ({ state: 'mail'; messageId: string } & GotMail)
  | { state: 'unchanged'; messageId: string; url: string }
  | { state: 'failed'; text: string; cancelled: boolean };

/** Asks one server after the other for the thread of a message. What was asked for by an address is asked there first. */
export async function fetchThread(request: ThreadRequest): Promise<FetchedThread> {
  const { wanted } = request;
  const message: WantedMessage | Failure =
    'question' in wanted ? await idAtPatchwork(wanted.question, request) : wanted;
  if ('kind' in message) return failed([message], undefined);
  const { messageId } = message;
  const servers = new Set([...(message.server === undefined ? [] : [message.server]), ...request.servers]);
  const failures: Failure[] = [];
  for (const server of servers) {
    const url = threadAddress(server, messageId);
    const got = await getMail(url, request, request.known?.(url));
    if (got === 'unchanged') return { state: 'unchanged', messageId, url };
    if ('mail' in got) return { state: 'mail', messageId, ...got };
    failures.push(got);
    if (got.kind === 'cancelled') break;
  }
  const [first] = servers;
  return failed(failures, first === undefined ? undefined : messageAddress(first, messageId));
}

function failed(failures: readonly Failure[], address: string | undefined): FetchedThread {
  if (failures.some(({ kind }) => kind === 'cancelled'))
    return { state: 'failed', text: 'Cancelled.', cancelled: true };
  const nowhere = failures.every(({ kind }) => kind === 'not there');
  return {
    state: 'failed',
    text: `${failureText(failures)}. ${insteadOf(nowhere ? undefined : address)}`,
    cancelled: false,
  };
}

/** What a reader can do: a browser may be let in where we are not. */
function insteadOf(address: string | undefined): string {
  if (address === undefined) return 'Name another archive, or open a downloaded mbox instead.';
  return `Open a downloaded mbox instead: ${address} offers it in a browser as mbox.gz.`;
}
