/** What a step says: the rule that acted, and why, with the tasks and locks in it. */
import type { Citation, Step } from '../kit/simulator.ts';
import { isDone, type Moved } from './move.ts';
import type { Op } from './paths.ts';
import { blockersIn, wantedBy } from './ring.ts';
import type { State } from './state.ts';
import { blockerInWords, deed, letter, listed, lockInWords } from './words.ts';

export type Told = Omit<Step<unknown>, 'state'>;

const RWSEM: Citation = {
  where: 'kernel/locking/rwsem.c rwsem_mark_wake(), rwsem_down_read_slowpath()',
  kernel: '6.16',
};

export function tell(before: State, { state, op, granted }: Moved, number: number): Told {
  if (state.tasks[number]?.waits === true) return tellWait(state, number, op);
  const end = isDone(state, number) ? ` ${letter(number)} is done.` : '';
  const done = { outcome: 'done' as const, source: op.source };
  const who = letter(number);
  if (op.do === 'work') return { ...done, rule: 'work', because: `${who}: ${op.why}.${end}` };
  if (op.do === 'drop') {
    const what = `${who} drops ${lockInWords(op.lock, modeHeld(before, number, op.lock)).split(' for ')[0]}: ${op.why}.`;
    if (granted.length === 0) return { ...done, rule: 'drop-lock', because: what + end };
    const next = granted.map(
      (claim) => `${letter(claim.task)} gets it ${claim.mode === 'write' ? 'to write' : 'to read'}`,
    );
    return { ...done, rule: 'hand-over', because: `${what} Now ${listed(next)}.${end}` };
  }
  const others = before.locks[op.lock].held.map((claim) => letter(claim.task));
  const beside = others.length === 0 ? '' : `, beside ${listed(others)}, since readers share`;
  return {
    ...done,
    rule: others.length === 0 ? 'take-lock' : 'share-lock',
    because: `${who} takes ${lockInWords(op.lock, op.mode)}${beside}: ${op.why}.`,
  };
}

function modeHeld(state: State, number: number, lock: keyof State['locks']): 'read' | 'write' {
  return state.locks[lock].held.findLast((claim) => claim.task === number)?.mode ?? 'write';
}

function tellWait(state: State, number: number, { why, source }: Op): Told {
  const wanted = wantedBy(state, number);
  if (wanted === undefined) return { outcome: 'done', rule: 'work', because: `${letter(number)} goes on.`, source };
  const blockers = blockersIn(state, number);
  const reasons = blockers.map((blocker) => blockerInWords(blocker, wanted.lock));
  const asks = `${letter(number)} asks for ${lockInWords(wanted.lock, wanted.mode)}: ${why}.`;
  if (state.ring.length === 1) {
    const because = `${asks} It holds this lock itself for writing, which is not recursive, and so waits for itself: one task is enough, every time.`;
    return { outcome: 'stuck', rule: 'self-deadlock', because, source };
  }
  const waits = `${asks} It must wait: ${listed(reasons)}.`;
  if (state.ring.length > 1) {
    return {
      outcome: 'stuck',
      rule: 'deadlock',
      because: `${waits} That closes a ring: ${ringInWords(state)}.`,
      source,
    };
  }
  if (wanted.mode === 'read' && blockers.every((blocker) => blocker.how === 'waits')) {
    const readers = listed(holders(state, wanted.lock));
    const because = `${waits} A reader does not overtake a waiting writer, though ${readers} would share.`;
    return { outcome: 'done', rule: 'wait-behind-writer', because, source: RWSEM };
  }
  return { outcome: 'done', rule: 'wait-for-lock', because: waits, source };
}

function holders(state: State, lock: keyof State['locks']): string[] {
  return state.locks[lock].held.map((claim) => letter(claim.task));
}

/** `A waits for M behind C, C waits for M that B holds, B waits for F that A holds`. */
export function ringInWords(state: State): string {
  const { ring } = state;
  const links = ring.map((number, index) => {
    const next = ring[(index + 1) % ring.length] ?? number;
    const wanted = wantedBy(state, number);
    const blocker = blockersIn(state, number).find((each) => each.task === next);
    const lock = wanted?.lock ?? 'F';
    const other = next === number ? 'it holds itself' : `${letter(next)} holds`;
    return blocker?.how === 'waits'
      ? `${letter(number)} waits for ${lock} behind ${letter(next)}`
      : `${letter(number)} waits for ${lock} that ${other}`;
  });
  return listed(links);
}

/** `A fills the TD, B faults on a page of the VMM and C calls mmap()`. */
export function tasksInWords(state: State): string {
  return listed(state.tasks.map((task, number) => `${letter(number)} ${deed(task.does)}`));
}
