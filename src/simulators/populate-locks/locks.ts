/** The five locks, and who gets one: readers share, writers are alone, nobody overtakes a writer that waits. */

export const LOCKS = ['S', 'F', 'M', 'U', 'f'] as const;
export type LockName = (typeof LOCKS)[number];

/** slots_lock and the folio lock know no readers: they are always taken to write. */
export type Mode = 'read' | 'write';

export type Claim = { task: number; mode: Mode };

/** `queue` in the order of asking. */
export type LockState = { held: readonly Claim[]; queue: readonly Claim[] };

export type Locks = Readonly<Record<LockName, LockState>>;

export const FREE: LockState = { held: [], queue: [] };

/** Who keeps a waiting task from a lock: a holder, or one that asked before it. */
export type Blocker = { task: number; mode: Mode; how: 'holds' | 'waits' };

/** The lock after `claim` asked for it: held, or with one more in the queue. */
export function ask(lock: LockState, claim: Claim): LockState {
  const free = lock.queue.length === 0 && !lock.held.some((held) => excludes(held, claim));
  return free ? { ...lock, held: [...lock.held, claim] } : { ...lock, queue: [...lock.queue, claim] };
}

/** The lock after `task` gave it up, and who got it thereby. */
export function drop(lock: LockState, task: number): { lock: LockState; granted: readonly Claim[] } {
  const last = lock.held.findLastIndex((held) => held.task === task);
  const left = { held: lock.held.filter((_, index) => index !== last), queue: lock.queue };
  const granted = next(left);
  return {
    lock: { held: [...left.held, ...granted], queue: left.queue.filter((claim) => !granted.includes(claim)) },
    granted,
  };
}

/** As in rwsem_mark_wake(): a writer at the head gets it alone; a reader at the head takes every waiting reader along. */
function next({ held, queue }: LockState): readonly Claim[] {
  const [head] = queue;
  if (head === undefined || held.some((claim) => excludes(claim, head))) return [];
  return head.mode === 'write' ? [head] : queue.filter((claim) => claim.mode === 'read');
}

/**
 * Everyone who must be gone before `task` gets the lock. One that waits and is not in the queue has no blockers. A reader waits
 * only for the writers in front of the first waiting reader, since that one takes it along.
 */
export function blockersOf({ held, queue }: LockState, task: number): Blocker[] {
  const place = queue.findIndex((claim) => claim.task === task);
  const claim = queue[place];
  if (claim === undefined) return [];
  const before = queue.slice(0, place);
  const firstReader = queue.findIndex((each) => each.mode === 'read');
  const ahead = claim.mode === 'write' ? before : before.slice(0, firstReader);
  return [
    ...held.filter((each) => excludes(each, claim)).map((each): Blocker => ({ ...each, how: 'holds' })),
    ...ahead.map((each): Blocker => ({ ...each, how: 'waits' })),
  ];
}

/** It makes no difference whether both are the same task: none of these locks is recursive. */
function excludes(one: Claim, other: Claim): boolean {
  return one.mode === 'write' || other.mode === 'write';
}
