import { isChallenge } from './answer.ts';
import type { Failure } from './failure.ts';
import { type Asking, ask } from './get-mail.ts';
import { isMessageId } from './wanted.ts';

/** An answer about one patch or series is small, in bytes. */
const MOST_ANSWER = 4 * 2 ** 20;

/** Asks a Patchwork server for the Message-ID of a patch, a cover letter, or the first mail of a series. */
export async function idAtPatchwork(url: string, asking: Asking): Promise<{ messageId: string } | Failure> {
  const got = await ask({ url, headers: { Accept: 'application/json' }, most: MOST_ANSWER }, asking);
  if (!('reply' in got)) return got;
  const { reply } = got;
  if (isChallenge(reply)) return { kind: 'challenge', url };
  if (reply.status === 404) return { kind: 'not there', url };
  if (reply.status !== 200) return { kind: 'refused', url, detail: String(reply.status) };
  const messageId = idIn(new TextDecoder().decode(reply.body));
  return messageId === undefined ? { kind: 'not mail', url, detail: 'there is no Message-ID in it' } : { messageId };
}

/** `{"msgid": "<...>"}` of a patch; of a series the one of its cover letter, or of its first patch. */
function idIn(text: string): string | undefined {
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch {
    return undefined;
  }
  const patches = member(answer, 'patches');
  const first: unknown = Array.isArray(patches) ? patches[0] : undefined;
  const found = [answer, member(answer, 'cover_letter'), first].map((one) => member(one, 'msgid'));
  const messageId = found.find((id) => typeof id === 'string');
  const bare = typeof messageId === 'string' ? messageId.replace(/^<|>$/g, '') : '';
  return isMessageId(bare) ? bare : undefined;
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
