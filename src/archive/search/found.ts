/** A message that a search found, wherever it lies. */
export interface FoundMessage {
  messageId: string;
  subject: string;
  author: string;
  /** In milliseconds since 1970; absent where it is not said. */
  date?: number;
  /** The message that it answers, where the engine says so. */
  parentId?: string;
  /** Its address at a server. */
  url?: string;
  /** Where it lies: a file, and the index of the message in it, from 0. */
  file?: string;
  index?: number;
}

/** Messages of one thread, as far as they were found. */
export interface FoundThread {
  subject: string;
  messages: readonly FoundMessage[];
}

/** Groups what was found by thread: by the messages answered, then by subject without `Re:`. The newest thread first, its messages in the order of time. */
export function threadsOfFound(found: readonly FoundMessage[]): FoundThread[] {
  const rootById = new Map<string, string>();
  for (const { messageId, parentId } of found) rootById.set(messageId, parentId ?? messageId);
  const rootBySubject = new Map<string, string>();
  const threads = new Map<string, FoundMessage[]>();
  for (const message of [...found].sort((one, other) => (one.date ?? 0) - (other.date ?? 0))) {
    const subject = bareSubject(message.subject);
    const root = rootBySubject.get(subject) ?? rootOf(message.messageId, rootById);
    if (!rootBySubject.has(subject)) rootBySubject.set(subject, root);
    threads.set(root, [...(threads.get(root) ?? []), message]);
  }
  const newest = ({ messages }: FoundThread): number => messages.at(-1)?.date ?? 0;
  return [...threads.values()]
    .map((messages) => ({ subject: bareSubject(messages[0]?.subject ?? ''), messages }))
    .sort((one, other) => newest(other) - newest(one));
}

/** Follows answers upwards; a circle ends where it began. */
function rootOf(messageId: string, parents: ReadonlyMap<string, string>): string {
  const seen = new Set<string>();
  let at = messageId;
  for (let next = parents.get(at); next !== undefined && next !== at && !seen.has(next); next = parents.get(at)) {
    seen.add(at);
    at = next;
  }
  return at;
}

function bareSubject(subject: string): string {
  let bare = subject.trim();
  while (/^(?:re|fwd?|aw):\s*/i.test(bare)) bare = bare.replace(/^(?:re|fwd?|aw):\s*/i, '');
  return bare;
}
