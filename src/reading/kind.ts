import { type Diffstat, type Message, walk } from '#mailast';
import type { MessageReading } from '#parse';
import { fieldsOf, messageIdsOf } from './header.ts';
import { type PullRequest, pullRequestOf } from './pull-request.ts';
import { saysReply } from './reply-prefix.ts';
import { seriesOf } from './series.ts';

export type MessageKind = 'patch' | 'cover' | 'reply' | 'pull' | 'other';

/** What a mail carries of its own; what stands in quotes is somebody else's. */
export interface Carried {
  diff: boolean;
  /** A diffstat with its sum. */
  diffstat: boolean;
  /** Somebody is quoted, or trailers stand there: it says something about another mail. */
  comments: boolean;
  pull?: PullRequest;
}

/** What a mail is for, by its subject, its header and what it carries. */
export function kindOf(reading: MessageReading, carried: Carried = carriedBy(reading)): MessageKind {
  const header = fieldsOf(reading.tree);
  const subject = header.get('subject')?.[0] ?? '';
  const answers = ['in-reply-to', 'references'].some((name) =>
    (header.get(name) ?? []).some((ids) => messageIdsOf(ids).length > 0),
  );
  return kindFrom(subject, answers, carried);
}

/** The rules of `kindOf`; `answers` is whether the header names a mail before this one. */
export function kindFrom(subject: string, answers: boolean, { diff, diffstat, comments, pull }: Carried): MessageKind {
  if (saysReply(subject)) return 'reply';
  const series = seriesOf(subject);
  if (series?.part === 0) return 'cover';
  if (pull || asksForPull(series?.prefixes ?? [])) return 'pull';
  if (diff) return 'patch';
  // A numbered patch whose diff is missing is no cover letter.
  if (series && diffstat) return series.part === undefined ? 'cover' : 'patch';
  return answers && comments ? 'reply' : 'other';
}

function asksForPull(prefixes: readonly string[]): boolean {
  return prefixes.some((prefix) => /^(?:pull|pull-request|gitpull|git-pull)$/i.test(prefix));
}

/** What a message carries, in one walk over its tree and one pass over its lines. */
export function carriedBy({ tree, text }: MessageReading): Carried {
  const carried: Carried = { diff: false, diffstat: false, comments: false };
  walk(tree, (node) => {
    if (node.type === 'header' || node.type === 'furniture') return 'skip';
    if (node.type === 'diff') carried.diff = true;
    if (node.type === 'diffstat') carried.diffstat ||= hasSum(node, text);
    if (node.type === 'quote' || node.type === 'trailers') carried.comments = true;
    // A mail in a mail speaks for itself.
    return ['part', 'body'].includes(node.type) || node === tree ? undefined : 'skip';
  });
  const pull = pullRequestOf(ownLines(tree, text));
  return pull ? { ...carried, pull } : carried;
}

function hasSum({ position }: Diffstat, text: string): boolean {
  return /\d files? changed/.test(text.slice(position.start.offset, position.end.offset).slice(-400));
}

function* ownLines(tree: Message, text: string): Generator<string> {
  const body = tree.children.find((child) => child.type === 'body');
  if (!body) return;
  for (let at = body.position.start.offset; at < body.position.end.offset; ) {
    const lf = text.indexOf('\n', at);
    const end = lf === -1 ? text.length : lf;
    yield text.slice(at, end);
    at = end + 1;
  }
}
