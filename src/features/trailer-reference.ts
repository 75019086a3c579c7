import type { CommitReference, Link, Trailer } from '#mailast';

/** What a trailer names, as the text of a paragraph would: offsets of the readable text. */
export interface TrailerReference {
  node: Pick<CommitReference, 'type' | 'hash' | 'title'> | Pick<Link, 'type' | 'url'>;
  start: number;
  end: number;
}

/** Units of a trailer that are looked at. */
const MOST = 1000;
const COMMIT = /^(\s{0,20}(?:commit\s)?)([0-9a-f]{7,64})\b(?:\s{0,4}\(["\u201c]([^"\u201d\n]{1,400})["\u201d]\))?/i;
const ADDRESS = /^\s{0,20}<?(https?:\/\/[^\s<>"]+)/i;

/** `Fixes: 0123456789ab ("tea: Warm the pot")`, `Link: https://example.org/x`; a trailer of people names none. */
export function trailerReference({ token, position }: Trailer, text: string): TrailerReference | undefined {
  const [start, end] = [position.start.offset, Math.min(position.end.offset, position.start.offset + MOST)];
  const whole = text.slice(start, end);
  const colon = whole.indexOf(':') + 1;
  const value = whole.slice(colon);
  const from = start + colon;
  const commit = /^(?:fixes|reverts?|commit|upstream(?:-commit)?)$/i.test(token) ? COMMIT.exec(value) : undefined;
  if (commit) {
    const [all, before = '', hash = '', title] = commit;
    const node = { type: 'commitReference' as const, hash, ...(title === undefined ? {} : { title }) };
    return { node, start: from + before.length, end: from + all.length };
  }
  const found = ADDRESS.exec(value);
  // The sentence may end there, and not the address.
  const url = found?.[1]?.replace(/[.,;:!?)\]]{1,8}$/, '');
  if (!found || url === undefined) return undefined;
  const at = from + found[0].length - (found[1]?.length ?? 0);
  return { node: { type: 'link', url }, start: at, end: at + url.length };
}
