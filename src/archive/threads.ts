/** What threading needs to know about a message: what its header says about itself and the messages before it. */
export interface ThreadMember {
  /** Stable name of the message, also where it has no Message-ID. */
  key: string;
  messageId?: string;
  /** Oldest first, as the header has them. */
  references: readonly string[];
  inReplyTo: readonly string[];
}

/** What a message answers. `key` is absent when that message is not among the members. */
export interface Parent {
  key?: string;
  messageId: string;
  by: 'references' | 'in-reply-to';
}

export interface Threads {
  /** By the key of the child. */
  parents: ReadonlyMap<string, Parent>;
  /** Keys of the members of each thread in the order given; the first one without a parent in it is its root. */
  threads: readonly { root: string; messages: readonly string[] }[];
}

/**
 * Threads by ids alone. The parent is the nearest message that the header names and that is there: the last of `References` first, then
 * `In-Reply-To`, then the older references. Messages that name a common one belong together also when that one is missing.
 * Where several members have the same Message-ID, the first one is meant. Linear in the members and their references.
 */
export function threadsOf(members: readonly ThreadMember[]): Threads {
  const keys = new Map<string, string>();
  for (const { key, messageId } of members) {
    if (messageId !== undefined && !keys.has(messageId)) keys.set(messageId, key);
  }
  const parents = new Map<string, Parent>();
  for (const member of members) {
    const parent = parentOf(member, keys);
    if (parent) parents.set(member.key, parent);
  }
  breakCircles(members, parents);
  return { parents, threads: together(members, parents) };
}

function parentOf(member: ThreadMember, keys: ReadonlyMap<string, string>): Parent | undefined {
  const named = candidates(member).filter(({ messageId }) => messageId !== member.messageId);
  for (const { messageId, by } of named) {
    const key = keys.get(messageId);
    if (key !== undefined && key !== member.key) return { key, messageId, by };
  }
  return named[0];
}

function candidates({ references, inReplyTo }: ThreadMember): Parent[] {
  const older = references.map((messageId): Parent => ({ messageId, by: 'references' })).reverse();
  const answered = inReplyTo.map((messageId): Parent => ({ messageId, by: 'in-reply-to' }));
  return [...older.slice(0, 1), ...answered, ...older.slice(1)];
}

/** Forged or broken headers may go round in a circle; the member where the circle was entered then has no parent. */
function breakCircles(members: readonly ThreadMember[], parents: Map<string, Parent>): void {
  const done = new Set<string>();
  for (const { key } of members) {
    const path = new Set<string>();
    let at: string | undefined = key;
    while (at !== undefined && !done.has(at) && !path.has(at)) {
      path.add(at);
      at = parents.get(at)?.key;
    }
    if (at !== undefined && path.has(at)) parents.delete(at);
    for (const one of path) done.add(one);
  }
}

/** Joins each member with every id it names: union-find over ids and keys. */
function together(members: readonly ThreadMember[], parents: ReadonlyMap<string, Parent>): Threads['threads'] {
  const sets = new DisjointSets();
  for (const { key, messageId, references, inReplyTo } of members) {
    const own = `key ${key}`;
    for (const id of [...(messageId === undefined ? [] : [messageId]), ...references, ...inReplyTo]) {
      sets.join(own, `id ${id}`);
    }
  }
  const groups = new Map<string, string[]>();
  for (const { key } of members) {
    const top = sets.top(`key ${key}`);
    const group = groups.get(top);
    if (group) group.push(key);
    else groups.set(top, [key]);
  }
  return [...groups.values()].map((messages) => ({ root: rootOf(messages, parents), messages }));
}

function rootOf(messages: readonly string[], parents: ReadonlyMap<string, Parent>): string {
  return messages.find((key) => parents.get(key)?.key === undefined) ?? messages[0] ?? '';
}

class DisjointSets {
  #above = new Map<string, string>();

  /** The one that stands for the set of `one`. Paths are halved on the way, so that later look-ups are short. */
  top(one: string): string {
    let at = one;
    for (let above = this.#above.get(at); above !== undefined; above = this.#above.get(at)) {
      const next = this.#above.get(above);
      if (next !== undefined) this.#above.set(at, next);
      at = next ?? above;
    }
    return at;
  }

  join(one: string, other: string): void {
    const a = this.top(one);
    const b = this.top(other);
    if (a !== b) this.#above.set(a, b);
  }
}
