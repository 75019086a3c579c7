import type { Citation } from '../kit/simulator.ts';
import { named, type Result } from './kernel.ts';
import { type Action, firstQuestion, mapsKnownPage, type Question, type State } from './state.ts';

/** What a rule says: the door it took, why, and the kernel function it stands for. */
export type Told = {
  door: string;
  rule: string;
  because: string;
  source: Citation;
  refused?: true;
  log?: readonly string[];
};

/** A rule answers one question: it changes the copy of the state that it is given and says which question comes next. */
export type Rule = (state: State) => Told;

export function goOn(state: State, next: Question): void {
  state.next = next;
}

/** The MMU code is done with this pass; what its caller makes of that is asked next. */
export function leave(state: State, result: Result): void {
  state.mmu = result;
  if (result === 'RET_PF_EMULATE' && !mapsKnownPage(state)) state.next = 'emulable';
  else if (result === 'RET_PF_WRITE_PROTECTED' && state.situation.path === 'fault') state.next = 'unprotect';
  else state.next = 'answer';
}

/** The request is answered. When it is to come twice, the second one begins with the next question. */
export function finish(state: State, ret: string | null, action: Action): void {
  const another = state.round < state.rounds && action !== 'not_in_this_kernel';
  state.ret = ret;
  state.action = action;
  state.over = another ? 'round' : 'nothing';
  state.next = another ? firstQuestion(state.situation, state.kernel) : null;
}

/** An exit to the VMM is prepared that says which page and which view of it; -EFAULT or another error goes with it. */
export function leaveToVmm(state: State, error: `-${string}`): void {
  state.memoryFault = true;
  leave(state, error);
}

/** `RET_PF_FIXED (5)` in the kernel of the run. */
export function say(state: State, result: Result): string {
  return named(state.kernel, result);
}
