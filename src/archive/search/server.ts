import {
  type Asking,
  ask,
  type Failure,
  failureText,
  type GotMail,
  getMail,
  hostOf,
  pageFailure,
} from '../fetch/index.ts';
import { readFeed } from './atom.ts';
import type { FoundMessage } from './found.ts';

/** How much of an answer is read, in bytes: 200 mails with their texts, which are not looked at. */
const MOST_FEED = 64 * 2 ** 20;
/** What a public-inbox server gives at once. */
const PAGE = 200;
const NOTHING = ' - search results</title>';

/** What a server found; `more` when it has more than it gives at once. Or why nothing was found, as a sentence for the reader. */
export type ServerAnswer = { found: FoundMessage[]; more: boolean } | { failed: string };

function searchAddress(server: string, query: string, format: 'A' | 'm'): string {
  return `${server}/?q=${encodeURIComponent(query)}&x=${format}`;
}

/** Asks the search of a public-inbox server, in its own words: `s:valve f:ada d:20240101..`. */
export async function searchServer(server: string, query: string, asking: Asking): Promise<ServerAnswer> {
  const url = searchAddress(server, query, 'A');
  const got = await ask({ url, most: MOST_FEED }, asking);
  if (!('reply' in got)) return { failed: `${failureText([got])}.` };
  const { reply } = got;
  const text = new TextDecoder().decode(reply.body);
  const found = reply.status === 200 ? readFeed(text) : undefined;
  if (found) return { found, more: found.length >= PAGE };
  // A server that finds nothing says so with a page, as it does for a query that it cannot read.
  if (reply.status === 404 && text.includes(NOTHING)) return { found: [], more: false };
  const failure: Failure = pageFailure(reply, asking.network.clock.now()) ?? {
    kind: 'not mail',
    url,
    detail: `${hostOf(url)} has no search, or does not understand the query`,
  };
  return { failed: `${failureText([failure])}.` };
}

/** Downloads the mails that a server finds, as one mailbox. */
export function downloadFound(server: string, query: string, asking: Asking): Promise<GotMail | 'unchanged' | Failure> {
  return getMail(searchAddress(server, query, 'm'), asking, undefined, 'POST');
}
