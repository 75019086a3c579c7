/**
 * The locks around filling the first pages of a TD (Linux 6.16, 6.19, 7.0, the RFC of July 2025, and what was proposed beside it).
 *
 * Left out: everything but five locks: kvm->lock, vcpu->mutex, SRCU, the locks inside the TDX module, i_rwsem; more than one
 * page; signals, which can end a wait for mmap_lock; spinning and stealing, by which a task may get a free lock before its turn.
 */
import type { Step } from '../kit/simulator.ts';
import { remember } from './memory.ts';
import { isDone, move, nextEvent } from './move.ts';
import type { Event, State } from './state.ts';
import { tell } from './told.ts';
import { letter, shortLock } from './words.ts';

export function step(state: State, event: Event): Step<State> {
  const moved = isNext(state, event) ? move(state, event.task) : undefined;
  if (moved === undefined) {
    return { state, outcome: 'refused', rule: 'cannot-go', because: whyNot(state, event) };
  }
  const told = tell(state, moved, event.task);
  return { state: remember(moved.state, moved.op, event.task), ...told };
}

function isNext(state: State, event: Event): boolean {
  const next = nextEvent(state, event.task);
  return next !== undefined && describe(next) === describe(event);
}

function whyNot(state: State, event: Event): string {
  const who = letter(event.task);
  if (state.tasks[event.task] === undefined) return `There is no task ${who}.`;
  if (isDone(state, event.task)) return `${who} is done.`;
  if (!isNext(state, event)) return `This is not what ${who} does next.`;
  if (state.tasks[event.task]?.waits) return `${who} waits for a lock.`;
  return 'Tasks wait for each other in a ring; the rest no longer matters.';
}

export function describe(event: Event): string {
  const who = letter(event.task);
  switch (event.do) {
    case 'take':
      return `${who} asks for ${shortLock(event.lock, event.mode)}`;
    case 'drop':
      return `${who} drops ${event.lock}`;
    case 'work':
      return `${who}: ${event.what}`;
  }
}
