/** Messages and the ids that they name, as numbers: the same id has the same number everywhere. */
export interface NamedIds {
  /** How many messages there are. */
  count: number;
  /** How many different ids are numbered, from 0. */
  ids: number;
  /** The id of each message; -1 where it has none. */
  own: Int32Array;
  /** `named[starts[i]]` to `named[starts[i + 1]]`, exclusive, are the ids that message `i` names as messages before it, best first. */
  starts: Uint32Array;
  named: Int32Array;
}

/**
 * The ids that a header names as messages before it, the likeliest parent first: the last of References, then In-Reply-To, then the older references.
 * Where In-Reply-To names a single message that References names too, it is that one: some programs write References in another order.
 */
export function inOrder<Id>(references: readonly Id[], inReplyTo: readonly Id[]): Id[] {
  const [answered, second] = inReplyTo;
  const older = [...references].reverse();
  const [last, ...rest] = older;
  if (last === undefined) return [...inReplyTo];
  if (answered === undefined || answered === last) return older;
  if (second === undefined && references.includes(answered))
    return [answered, ...older.filter((id) => id !== answered)];
  return [last, ...inReplyTo, ...rest];
}

/** Who answers whom, by index. Linear in the messages and the ids that they name. */
export class Links {
  /** The message that each one answers; -1 where it answers none that is there. No way up goes round in a circle. */
  readonly parents: Int32Array;
  /** Of several messages with one id the first is meant; the others lead to it. -1 for all else. */
  readonly duplicateOf: Int32Array;
  /** Messages that lost their parent because it led round in a circle. */
  readonly circular = new Set<number>();
  #count: number;
  #sets: DisjointSets;
  #ids: number;

  constructor({ count, ids, own, starts, named }: NamedIds) {
    this.#count = count;
    this.#ids = ids;
    this.#sets = new DisjointSets(ids + count);
    this.parents = new Int32Array(count).fill(-1);
    const holders = holdersOf(own, ids);
    this.duplicateOf = Int32Array.from(own, (id, index) => {
      const holder = holders[id] ?? -1;
      return holder === index ? -1 : holder;
    });
    for (let index = 0; index < count; index++) {
      const mine = own[index] ?? -1;
      if (mine >= 0) this.#sets.join(ids + index, mine);
      for (let at = starts[index] ?? 0; at < (starts[index + 1] ?? 0); at++) {
        const id = named[at] ?? -1;
        // Messages that name a common one belong together also when that one is missing.
        this.#sets.join(ids + index, id);
        const holder = holders[id] ?? -1;
        if (id !== mine && holder >= 0 && this.parents[index] === -1) this.parents[index] = holder;
      }
    }
    this.#breakCircles();
  }

  /** Makes each child, which has no parent, an answer to its parent. */
  adopt(parents: ReadonlyMap<number, number>): void {
    for (const [child, parent] of parents) {
      this.parents[child] = parent;
      this.#sets.join(this.#ids + child, this.#ids + parent);
    }
    this.#breakCircles();
  }

  /** The number of the thread of each message; threads are numbered in the order of their first message. */
  threadNumbers(): { threads: Int32Array; count: number } {
    const numbers = new Int32Array(this.#ids + this.#count).fill(-1);
    const threads = new Int32Array(this.#count);
    let count = 0;
    for (let index = 0; index < this.#count; index++) {
      const top = this.#sets.top(this.#ids + index);
      if (numbers[top] === -1) numbers[top] = count++;
      threads[index] = numbers[top] ?? 0;
    }
    return { threads, count };
  }

  /** The messages of each thread, in their order; threads in the order of their first message. */
  threads(): number[][] {
    const { threads, count } = this.threadNumbers();
    const members: number[][] = Array.from({ length: count }, () => []);
    for (const [index, thread] of threads.entries()) members[thread]?.push(index);
    return members;
  }

  /** Forged or broken headers may go round in a circle; the message where the circle was entered then has no parent. */
  #breakCircles(): void {
    const seen = new Int32Array(this.#count).fill(-1);
    for (let index = 0; index < this.#count; index++) {
      let at = index;
      while (at !== -1 && seen[at] === -1) {
        seen[at] = index;
        at = this.parents[at] ?? -1;
      }
      if (at === -1 || seen[at] !== index) continue;
      this.parents[at] = -1;
      this.circular.add(at);
    }
  }
}

/** Which message has each id: the first one where several have it. */
function holdersOf(own: Int32Array, ids: number): Int32Array {
  const holders = new Int32Array(ids).fill(-1);
  for (let index = 0; index < own.length; index++) {
    const id = own[index] ?? -1;
    if (id >= 0 && holders[id] === -1) holders[id] = index;
  }
  return holders;
}

class DisjointSets {
  #above: Int32Array;

  constructor(count: number) {
    this.#above = new Int32Array(count);
    for (let one = 0; one < count; one++) this.#above[one] = one;
  }

  /** The one that stands for the set of `one`. Paths are halved on the way, so that later look-ups are short. */
  top(one: number): number {
    let at = one;
    for (let above = this.#above[at] ?? at; above !== at; above = this.#above[at] ?? at) {
      const next = this.#above[above] ?? above;
      this.#above[at] = next;
      at = next;
    }
    return at;
  }

  join(one: number, other: number): void {
    const a = this.top(one);
    const b = this.top(other);
    if (a !== b) this.#above[a] = b;
  }
}
