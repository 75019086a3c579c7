import type { Phrasing, Position } from '#mailast';
import { commitAt } from './commit.ts';

type Place = (start: number, end: number) => Position;

/**
 * What may stand in a line of prose, found in one pass. Every alternative begins with a sign of its own and takes what it takes
 * without going back over it.
 *
 *     https://example.org/x   [1]  [*]   <20220118110621.62462-1-ada@example.org>   id:1@example.org   0123456789ab
 */
const CANDIDATE =
  /https?:\/\/[^\s<>"`]+|\[(?:\d{1,3}|\*{1,3})\]|<[^<>\s@]{1,200}@[^<>\s]{1,200}>|\b(?:id|mid):[^\s<>@"']{1,200}@[^\s<>@"']{1,200}|\b[0-9a-f]{7,40}\b/g;

/**
 * The children of the line [start, end): they lie side by side and cover it. Behind `most` of them the rest of the line is one text. `below` gives the
 * own text of the next lines of the same block: a commit's title may go on there.
 */
export function phrasing(
  text: string,
  start: number,
  end: number,
  place: Place,
  labels: ReadonlySet<string>,
  most: number,
  below: () => string,
): Phrasing[] {
  const line = text.slice(start, end);
  const children: Phrasing[] = [];
  let done = 0;
  if (/[:[<]|[0-9a-f]{7}/.test(line)) {
    for (const match of line.matchAll(CANDIDATE)) {
      if (children.length >= most) break;
      const node = match.index < done ? undefined : candidate(match[0], line, match.index, labels, below);
      if (!node) continue;
      const from = match.index;
      const to = from + node.value.length;
      if (from > done)
        children.push({ type: 'text', value: line.slice(done, from), position: place(start + done, start + from) });
      children.push({ ...node, position: place(start + from, start + to) });
      done = to;
    }
  }
  if (done < line.length) children.push({ type: 'text', value: line.slice(done), position: place(start + done, end) });
  return children;
}

type Unplaced = Phrasing extends infer Node ? (Node extends Phrasing ? Omit<Node, 'position'> : never) : never;

function candidate(
  found: string,
  line: string,
  at: number,
  labels: ReadonlySet<string>,
  below: () => string,
): Unplaced | undefined {
  if (found.startsWith('http')) {
    const url = withoutTrailing(found);
    return url.length > 8 ? { type: 'link', url, value: url } : undefined;
  }
  if (found.startsWith('[')) return footnote(found, line, at, labels);
  if (found.startsWith('<')) return messageReference(found, line, at);
  if (found.includes('@')) return calledId(found);
  const words = commitAt(line, at, found, below);
  if (!words) return undefined;
  const { hash, title, length } = words;
  return {
    type: 'commitReference',
    hash,
    ...(title === undefined ? {} : { title }),
    value: line.slice(at, at + length),
  };
}

/** `id:20230703.1@example.org`, as notmuch writes it, and `mid:` of RFC 2392. */
function calledId(found: string): Unplaced {
  const value = withoutTrailing(found);
  return { type: 'messageReference', messageId: value.slice(value.indexOf(':') + 1), value };
}

const TRAILING = ".,;:!?)]}'*|\u2019\u201d\u00bb\u2026\u3002\uff0c\u3001\uff09\u300d\u3011";

/** Punctuation at the end of a sentence is no part of a URL; a closing bracket is, as long as one was opened for it. */
function withoutTrailing(url: string): string {
  let open = 0;
  for (const sign of url) open += sign === '(' ? 1 : sign === ')' ? -1 : 0;
  let end = url.length;
  for (; end > 0; end--) {
    const last = url.charAt(end - 1);
    if (last === ')' && open >= 0) break;
    if (last === ')') open++;
    if (!TRAILING.includes(last)) break;
  }
  return url.slice(0, end);
}

/**
 * `[1]` glued to a word may be an array index: it is a mark only when the message defines that label, or the word is an acronym
 * (`SEAMCALL[3]`).
 */
function footnote(found: string, line: string, at: number, labels: ReadonlySet<string>): Unplaced | undefined {
  const label = found.slice(1, -1);
  const glued = /[\w\])]/.test(line.charAt(at - 1));
  const acronym = /(?:^|[^\w])[A-Z][A-Z-]+$/.test(line.slice(Math.max(0, at - 30), at));
  if (glued && !acronym && !label.startsWith('*') && !labels.has(label)) return undefined;
  return { type: 'footnoteReference', label, value: found };
}

/** An address is no message. An id has a long number in its local part, or is called one by the words before it. */
function messageReference(found: string, line: string, at: number): Unplaced | undefined {
  const messageId = found.slice(1, -1);
  const local = messageId.slice(0, messageId.indexOf('@'));
  const named = /(?:message-?id|msgid|in-reply-to)\W{0,4}$/i.test(line.slice(Math.max(0, at - 20), at));
  if (!named && !/\d{6}|[0-9a-f-]{20}/.test(local)) return undefined;
  return { type: 'messageReference', messageId, value: found };
}
